"""A part scored again at the meeting, blind as the first time: opened, scored by each partner, revealed."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from lsp_assess.instruments.scales import Scale
from lsp_assess.kernel.errors import Conflict, Invalid, Place, problem
from lsp_assess.partnerships.rounds import CollectionStatus


class RescoringStatus(StrEnum):
    OPEN = "open"
    TAKEN_BACK = "taken_back"
    REVEALED = "revealed"


class Step(StrEnum):
    OPEN = "open"
    TAKE_BACK = "take_back"
    REVEAL = "reveal"


# A step that has been taken may be taken again: of two facilitators who press at once the second finds it so.
STEPS: Mapping[tuple[RescoringStatus | None, Step], RescoringStatus] = MappingProxyType(
    {
        (None, Step.OPEN): RescoringStatus.OPEN,
        (RescoringStatus.TAKEN_BACK, Step.OPEN): RescoringStatus.OPEN,
        (RescoringStatus.OPEN, Step.OPEN): RescoringStatus.OPEN,
        (RescoringStatus.OPEN, Step.TAKE_BACK): RescoringStatus.TAKEN_BACK,
        (RescoringStatus.TAKEN_BACK, Step.TAKE_BACK): RescoringStatus.TAKEN_BACK,
        (RescoringStatus.OPEN, Step.REVEAL): RescoringStatus.REVEALED,
        (RescoringStatus.REVEALED, Step.REVEAL): RescoringStatus.REVEALED,
    }
)


def moved_on(
    collection: CollectionStatus, status: RescoringStatus | None, step: Step, *, scored: int, threshold: int
) -> RescoringStatus:
    """The status after `step`. Raises Conflict outside the meeting, after the reveal, and where fewer than
    the threshold have scored what is to be revealed."""
    if collection is not CollectionStatus.IN_CONSENSUS:
        raise Conflict(problem("meeting_not_in_session"))
    after = STEPS.get((status, step))
    if after is None:
        was_revealed = status is RescoringStatus.REVEALED
        raise Conflict(problem("rescoring_was_revealed" if was_revealed else "rescoring_not_open"))
    if after is RescoringStatus.REVEALED and after is not status and scored < threshold:
        raise Conflict(problem("rescoring_too_few", n=scored, threshold=threshold))
    return after


def check_scoring(collection: CollectionStatus, status: RescoringStatus) -> None:
    """Raises Conflict once it is revealed, taken back, or the meeting is closed."""
    if status is RescoringStatus.REVEALED:
        raise Conflict(problem("rescoring_is_over"))
    if status is RescoringStatus.TAKEN_BACK or collection is not CollectionStatus.IN_CONSENSUS:
        raise Conflict(problem("rescoring_is_closed"))


def check_score(score: int, scale: Scale) -> None:
    """Raises Invalid where it does not stand on the scale."""
    if score not in scale.values:
        raise Invalid(problem("agreed_score_off_scale", Place(question="score"), score=score))
