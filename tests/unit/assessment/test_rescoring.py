"""The life of a second scoring: opened, taken back, revealed; a step twice is a step once."""

from itertools import product

import pytest

from lsp_assess.assessment.rescoring import RescoringStatus, Step, check_scoring, moved_on
from lsp_assess.kernel.errors import Conflict
from lsp_assess.partnerships.rounds import CollectionStatus

MEETING = CollectionStatus.IN_CONSENSUS
ALLOWED = {
    (None, Step.OPEN),
    (RescoringStatus.TAKEN_BACK, Step.OPEN),
    (RescoringStatus.OPEN, Step.OPEN),
    (RescoringStatus.OPEN, Step.TAKE_BACK),
    (RescoringStatus.TAKEN_BACK, Step.TAKE_BACK),
    (RescoringStatus.OPEN, Step.REVEAL),
    (RescoringStatus.REVEALED, Step.REVEAL),
}


@pytest.mark.parametrize(("status", "step"), list(product((None, *RescoringStatus), Step)))
def test_what_is_not_allowed_is_refused_and_a_reveal_is_never_undone(
    status: RescoringStatus | None, step: Step
) -> None:
    if (status, step) in ALLOWED:
        after = moved_on(MEETING, status, step, scored=5, threshold=5)
        assert moved_on(MEETING, after, step, scored=5, threshold=5) is after
    else:
        with pytest.raises(Conflict):
            moved_on(MEETING, status, step, scored=5, threshold=5)


@pytest.mark.parametrize("collection", [one for one in CollectionStatus if one is not MEETING])
def test_outside_the_meeting_nothing_moves_and_nobody_scores(collection: CollectionStatus) -> None:
    for step in Step:
        with pytest.raises(Conflict):
            moved_on(collection, RescoringStatus.OPEN, step, scored=5, threshold=5)
    with pytest.raises(Conflict):
        check_scoring(collection, RescoringStatus.OPEN)


def test_fewer_than_the_threshold_are_not_revealed() -> None:
    # trust C5
    with pytest.raises(Conflict) as refused:
        moved_on(MEETING, RescoringStatus.OPEN, Step.REVEAL, scored=4, threshold=5)
    assert refused.value.problems[0].code == "rescoring_too_few"


def test_people_scored_while_it_is_open_only() -> None:
    check_scoring(MEETING, RescoringStatus.OPEN)
    for status in (RescoringStatus.TAKEN_BACK, RescoringStatus.REVEALED):
        with pytest.raises(Conflict):
            check_scoring(MEETING, status)
