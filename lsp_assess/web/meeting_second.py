"""A second scoring as the pages of the room show it: how far it is, and what was revealed."""

from dataclasses import dataclass

from lsp_assess.actions.meeting import Meeting
from lsp_assess.actions.rescoring import Counted, counted
from lsp_assess.actions.second_scores import Second
from lsp_assess.actions.work import Work
from lsp_assess.assessment.rescoring import RescoringStatus
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say_value
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.meeting_shown import ShownSpread, ShownStep, number, range_of, shown_spread


@dataclass(frozen=True, slots=True)
class ShownSecond:
    """`counted` says how many have scored, while it is open; `moved` how far the median went."""

    is_open: bool
    is_revealed: bool
    counted: str
    spread: ShownSpread | None
    range: str
    median: str
    moved: str
    at: str


def shown_second(doing: Work, meeting: Meeting, part: str) -> ShownSecond | None:
    """None where the part is not scored again, or that was taken back."""
    second = meeting.second.get(part)
    if second is None or second.status is RescoringStatus.TAKEN_BACK:
        return None
    is_open = second.status is RescoringStatus.OPEN
    return ShownSecond(
        is_open=is_open,
        is_revealed=not is_open,
        counted=in_words(counted(doing, meeting.held.collection.id, part)) if is_open else "",
        spread=shown_spread(second.spread) if second.spread else None,
        range=range_of(second.spread) if second.spread else "",
        median=number(second.spread.summary.median, "") if second.spread else "",
        moved=_moved(meeting, part, second),
        at=say_value(second.revealed_at, "moment", language()) if second.revealed_at else "",
    )


def as_step(second: ShownSecond) -> ShownStep:
    """In the record, beside what was agreed."""
    told = "meeting.second_told" if second.spread else "meeting.second_not_told"
    words = message(told, median=second.median, range=second.range)
    return ShownStep(spoken(message("meeting.scored_again")), spoken(words), (), (), second.at, "")


def in_words(found: Counted) -> str:
    """The same for everybody who waits, whoever has scored."""
    return spoken(message("rescoring.counted", n=found.scored, asked=found.asked))


def _moved(meeting: Meeting, part: str, second: Second) -> str:
    first = meeting.spreads[part]
    if first is None or second.spread is None:
        return ""
    before, after = first.summary.median, second.spread.summary.median
    if before is None or after is None:
        return ""
    return number(after - before, "signed_tenth" if (after - before).denominator > 1 else "signed")
