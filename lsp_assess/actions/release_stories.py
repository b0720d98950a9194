"""Stories as publishing sees them: standing from consents, grades and the panel's decision, and the text
that the teller agreed to have used."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from lsp_assess.actions.release_reading import Answered, Collected, Read
from lsp_assess.database import release_records
from lsp_assess.database.models.responses import Consent
from lsp_assess.database.release_records import StoryRecord
from lsp_assess.disclosure.release import StoryText
from lsp_assess.disclosure.tables import RoundLabel
from lsp_assess.instruments import Answered as Given
from lsp_assess.instruments import Instrument
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.instrument import Kind
from lsp_assess.instruments.items import (
    ConsentTo,
    MultipleItem,
    Purpose,
    Question,
    ScaleItem,
    Sensitivity,
    SingleItem,
)
from lsp_assess.kernel.messages import Message, Parameter, given, message
from lsp_assess.reports.spoken import said
from lsp_assess.reports.tables_stories import TOLD, Stories, Story
from lsp_assess.stories.consents import ConsentRecord, Said, allows
from lsp_assess.stories.grades import Contribution, Evidence, Grade, summarise
from lsp_assess.stories.selection import Candidate, Choice, Decision, standing

TITLE, ORGANISATION, AREA = "story_title", "teller_organisation", "story_area"
"""Items of the story questionnaire that name it; all else is its body."""


def stories_of(session: Session, read: Read) -> Stories | None:
    """Of the published round; None where stories were not asked for."""
    collected = [one for one in read.in_round(read.now.id) if one.instrument.kind is Kind.STORY]
    if not collected:
        return None
    told = [(one, answered) for one in collected for answered in read.answered(one)]
    records = release_records.story_records(session, [answered.row.id for _, answered in told])
    now = read.stated()[-1]
    return Stories(
        round=RoundLabel(now.key, now.name),
        stories=tuple(_story(one, answered, records[answered.row.id]) for one, answered in told),
        source=message("residents.source", survey=said(collected[0].instrument.title), by=read.name),
        threshold=read.threshold,
    )


def _story(collected: Collected, answered: Answered, record: StoryRecord) -> Story:
    candidate = Candidate(
        story=answered.row.id,
        consents=tuple(consent_records(record.consents)),
        grades=summarise(
            [Grade(g.rater_id, Contribution(g.contribution), Evidence(g.evidence)) for g in record.grades]
        ),
        decision=_decision(record),
    )
    if standing(candidate) not in TOLD:
        return Story(candidate, None)
    return Story(candidate, _text(collected.instrument, answered.answers, candidate))


def _decision(record: StoryRecord) -> Decision | None:
    story = record.story
    if story is None or story.decision is None:
        return None
    return Decision(Choice(story.decision), story.decision_reason or "")


def consent_records(rows: Sequence[Consent]) -> Iterator[ConsentRecord]:
    for row in rows:
        to = ConsentTo(row.kind)
        yield ConsentRecord(to, Said.GIVEN if row.given else Said.REFUSED, row.at)
        if row.withdrawn_at is not None:
            yield ConsentRecord(to, Said.WITHDRAWN, row.withdrawn_at)


def _text(instrument: Instrument, answers: Answers, candidate: Candidate) -> StoryText:
    """Without leave to quote there is the title, and no word of the body."""
    title = _words(instrument.question(TITLE), answers) or message("stories.untitled")
    quoted = allows(candidate.consents, ConsentTo.QUOTATION)
    parts = tuple(_parts(instrument, answers)) if quoted else ((title, message("stories.not_quoted")),)
    return StoryText(
        story=candidate.story,
        standing=standing(candidate).value,
        title=title,
        byline=_byline(instrument, answers),
        grades=message(f"stories.standing.{standing(candidate).value}"),
        parts=parts,
    )


def _byline(instrument: Instrument, answers: Answers) -> Message:
    organisation = _words(instrument.question(ORGANISATION), answers)
    area = _words(instrument.question(AREA), answers)
    known: dict[str, Parameter] = {"organisation": organisation, "area": area}
    named = {key: value for key, value in known.items() if value is not None}
    return message(f"stories.byline.{'_'.join(named) or 'unknown'}", **named)


def _parts(instrument: Instrument, answers: Answers) -> Iterator[tuple[Message, Message]]:
    for question in instrument.questions:
        if question.sensitivity is not Sensitivity.ORDINARY or question.purpose is not Purpose.MEASURE:
            continue
        words = None if question.name == TITLE else _words(question, answers)
        if words is not None:
            yield said(question.text), words


def _words(question: Question | None, answers: Answers) -> Message | None:
    """An answer as it reads: the label of what was chosen, the text that was written."""
    answer = None if question is None else answers.get(question.name)
    if question is None or not isinstance(answer, Given):
        return None
    value = answer.value
    match question:
        case SingleItem(choices=choices):
            return next((said(choice.label) for choice in choices if choice.value == value), None)
        case ScaleItem(scale=scale) if isinstance(value, int):
            point = scale.point(value)
            return given(str(value)) if point is None else said(point.label)
        case MultipleItem(choices=choices) if isinstance(value, tuple):
            labels = [said(choice.label) for choice in choices if choice.value in value]
            return _listed(labels)
    if isinstance(value, date):
        return message("stories.date", day=value)
    if isinstance(value, int):
        return message("stories.number", n=value)
    return given(str(value)) if str(value).strip() else None


def _listed(labels: Sequence[Message]) -> Message | None:
    listed: Message | None = None
    for label in labels:
        listed = label if listed is None else message("stories.listed", first=listed, then=label)
    return listed


def texts(stories: Stories | None) -> tuple[StoryText, ...]:
    """Those that count as value added first."""
    found = [story.text for story in (stories.stories if stories else ()) if story.text is not None]
    return tuple(sorted(found, key=lambda text: [one.value for one in TOLD].index(text.standing)))
