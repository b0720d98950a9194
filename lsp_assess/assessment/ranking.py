"""Findings ranked by the partners: each rates impact and feasibility, the votes are counted once, when the
ranking is closed, and nobody's vote is shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from lsp_assess.assessment.consensus import check_on_scale
from lsp_assess.kernel.errors import Conflict, problem
from lsp_assess.partnerships.rounds import CollectionStatus


class RankingStatus(StrEnum):
    """From one to the next and never back: what was shown once is not counted anew, since the difference
    would tell of single votes."""

    GATHERING = "gathering"
    OPEN = "open"
    CLOSED = "closed"


SCORED = frozenset({CollectionStatus.CLOSED, CollectionStatus.IN_CONSENSUS, CollectionStatus.FINAL})
REVEALED = frozenset({CollectionStatus.IN_CONSENSUS, CollectionStatus.FINAL})
"""From when partners may see what was found; a facilitator has seen it since scoring closed."""


@dataclass(frozen=True, slots=True)
class Vote:
    impact: int
    feasibility: int

    def __post_init__(self) -> None:
        check_on_scale(self.impact)
        check_on_scale(self.feasibility)


@dataclass(frozen=True, slots=True)
class Tally:
    """Medians, which may lie halfway; None where fewer than the threshold voted."""

    voters: int
    impact: float | None = None
    feasibility: float | None = None


def tally(votes: Iterable[Vote], *, threshold: int) -> Tally:
    votes = list(votes)
    if len(votes) < threshold:
        return Tally(len(votes))
    return Tally(
        len(votes),
        float(median(vote.impact for vote in votes)),
        float(median(vote.feasibility for vote in votes)),
    )


def check_gathering(collection: CollectionStatus, ranking: RankingStatus) -> None:
    """Raises Conflict while people score, and once partners vote on the words."""
    if collection not in SCORED:
        raise Conflict(problem("findings_wait"))
    if ranking is not RankingStatus.GATHERING:
        raise Conflict(problem("findings_are_ranked"))


def check_opening(collection: CollectionStatus, ranking: RankingStatus, *, findings: int) -> None:
    check_gathering(collection, ranking)
    if collection not in REVEALED:
        raise Conflict(problem("ranking_waits"))
    if not findings:
        raise Conflict(problem("nothing_to_rank"))


def check_voting(collection: CollectionStatus, ranking: RankingStatus) -> None:
    """Also before closing: only what is open is closed."""
    if ranking is RankingStatus.CLOSED:
        raise Conflict(problem("ranking_is_closed"))
    if ranking is RankingStatus.GATHERING or collection not in REVEALED:
        raise Conflict(problem("ranking_not_open"))
