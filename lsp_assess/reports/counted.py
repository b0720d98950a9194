"""Which answers a share counts, in words: a percentage that does not say so tells nothing."""

from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.headings_residents import COUNTED
from lsp_assess.reports.survey_asked import SurveyQuestion


def counted_answers(question: SurveyQuestion) -> Message | None:
    """None where the question's own words say it: a choice, an index, a mean."""
    if not question.is_share:
        return None
    said: Message | None = None
    for point in question.points:
        if point.value in question.favourable:
            quoted = message("reports.quoted", words=point.label)
            said = quoted if said is None else message("reports.either", first=said, then=quoted)
    return said


def counted_note(question: SurveyQuestion) -> tuple[Message, ...]:
    """Under a table of several questions."""
    answers = counted_answers(question)
    return () if answers is None else (message(COUNTED, question=question.title, answers=answers),)


def counted_here(question: SurveyQuestion) -> tuple[Message, ...]:
    """Under a table of this question alone."""
    answers = counted_answers(question)
    return () if answers is None else (message("residents.note.counted_here", answers=answers),)
