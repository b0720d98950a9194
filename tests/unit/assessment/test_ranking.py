"""Votes on findings: counted by hand, never of a few, and the ranking goes one way only."""

import pytest

from lsp_assess.assessment.consensus import FindingKind, MeetingFinding, ranked
from lsp_assess.assessment.ranking import (
    RankingStatus,
    Tally,
    Vote,
    check_gathering,
    check_opening,
    check_voting,
    tally,
)
from lsp_assess.kernel.errors import Conflict, Invalid
from lsp_assess.partnerships.rounds import CollectionStatus

FIVE = [Vote(5, 1), Vote(5, 2), Vote(4, 3), Vote(1, 5), Vote(2, 4)]


def test_impact_and_feasibility_are_medians_of_what_the_partners_gave() -> None:
    assert tally(FIVE, threshold=5) == Tally(5, 4.0, 3.0)


def test_of_an_even_number_of_votes_the_median_may_lie_halfway() -> None:
    assert tally([*FIVE, Vote(5, 5)], threshold=5) == Tally(6, 4.5, 3.5)


def test_of_four_votes_there_is_no_figure() -> None:
    assert tally(FIVE[:4], threshold=5) == Tally(4)


@pytest.mark.parametrize("vote", [(0, 3), (3, 6), (-1, 1)])
def test_a_vote_stands_on_the_scale(vote: tuple[int, int]) -> None:
    with pytest.raises(Invalid):
        Vote(*vote)


def test_a_finding_without_figures_comes_last_as_it_was_written() -> None:
    rated = MeetingFinding(FindingKind.STRENGTH, "rated", impact=1.5, feasibility=1)
    few = [MeetingFinding(FindingKind.STRENGTH, words, None, None, voters=4) for words in "ab"]
    assert [one.words for one in ranked([*few, rated])] == ["rated", "a", "b"]


@pytest.mark.parametrize("collection", CollectionStatus)
@pytest.mark.parametrize("ranking", RankingStatus)
def test_each_step_is_possible_at_its_time_alone(
    collection: CollectionStatus, ranking: RankingStatus
) -> None:
    def possible(check: object) -> bool:
        try:
            check()  # type: ignore[operator]
        except Conflict:
            return False
        return True

    scored = collection in ("closed", "in_consensus", "final")
    revealed = collection in ("in_consensus", "final")
    begins = ranking is RankingStatus.GATHERING
    assert possible(lambda: check_gathering(collection, ranking)) is (scored and begins)
    assert possible(lambda: check_opening(collection, ranking, findings=1)) is (revealed and begins)
    assert not possible(lambda: check_opening(collection, ranking, findings=0))
    assert possible(lambda: check_voting(collection, ranking)) is (revealed and ranking is RankingStatus.OPEN)
