"""The panel's work follows the life of the collection: partners vote, then the panel meets and sees how the
votes lie, then nothing changes any more."""

from lsp_assess.disclosure.rules import SmallGroup
from lsp_assess.kernel.errors import Conflict, problem
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.stories.grades import GradeSummary

VOTING = frozenset({CollectionStatus.OPEN, CollectionStatus.CLOSED})
DECIDING = frozenset({CollectionStatus.CLOSED, CollectionStatus.IN_CONSENSUS})
VOTED = frozenset({CollectionStatus.IN_CONSENSUS, CollectionStatus.FINAL})


def check_voting(status: CollectionStatus) -> None:
    """Raises Conflict once the panel meets: what it has seen is not voted on again."""
    if status not in VOTING:
        raise Conflict(problem("voting_is_over"))


def check_deciding(status: CollectionStatus) -> None:
    """Raises Conflict while stories may still change, and once the collection is final."""
    if status not in DECIDING:
        code = "panel_waits" if status in VOTING or status is CollectionStatus.DRAFT else "panel_is_over"
        raise Conflict(problem(code))


def spread_may_show(status: CollectionStatus, grades: GradeSummary, *, threshold: int) -> bool:
    """Only of votes that no longer change, so that no two looks differ by one vote; never of a few people,
    nor where nearly all voted alike."""
    if status not in VOTED or grades.raters == 0:
        return False
    fullest = max(*grades.contributions, *grades.evidences)
    return not SmallGroup(grades.raters, threshold, fullest / grades.raters).forbids
