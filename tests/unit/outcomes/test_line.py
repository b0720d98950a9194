import pytest

from lsp_assess.kernel.errors import Invalid
from lsp_assess.outcomes.direction import Direction
from lsp_assess.outcomes.line import AgreementCode, Strand, StrandKind, agreements_of, direction_agreement

UP, DOWN = Direction.IMPROVED, Direction.WORSENED
BURGLARY = Strand(StrandKind.INDICATOR, "Burglary", (UP, UP, DOWN))
SAFETY = Strand(StrandKind.RESIDENTS, "Feel safe", (DOWN, UP, UP))
PROTOCOLS = Strand(StrandKind.DRIVER_PART, "4a", (UP, Direction.NO_CLEAR_CHANGE, Direction.NOT_COMPARABLE))


def test_only_steps_at_which_both_moved_clearly_are_pairs() -> None:
    found = direction_agreement(BURGLARY, PROTOCOLS)
    assert (found.pairs, found.same, found.unclear, found.code) == (1, 1, 2, AgreementCode.SAME_WAY)


def test_perceptions_that_lag_by_a_round_are_compared_a_round_later() -> None:
    at_once, later = (direction_agreement(BURGLARY, SAFETY, lag=lag) for lag in (0, 1))
    assert (at_once.pairs, at_once.same, at_once.code) == (3, 1, AgreementCode.MIXED)
    assert (later.pairs, later.same, later.code) == (2, 2, AgreementCode.SAME_WAY)


def test_nothing_is_said_where_no_pair_is_left() -> None:
    assert direction_agreement(BURGLARY, SAFETY, lag=3).code is AgreementCode.NOTHING_TO_COMPARE


def test_moves_against_each_other_are_called_so() -> None:
    against = Strand(StrandKind.RESIDENTS, "Worry", (DOWN, DOWN, UP))
    assert direction_agreement(BURGLARY, against).code is AgreementCode.OPPOSITE_WAYS


def test_every_link_between_two_levels_is_examined_once_and_none_within_a_level() -> None:
    vehicle = Strand(StrandKind.INDICATOR, "Vehicle crime", (UP, UP, UP))
    found = agreements_of([BURGLARY, vehicle, SAFETY, PROTOCOLS])
    assert len(found) == 5
    assert all(each.first.kind is not each.second.kind for each in found)


def test_a_lag_never_looks_backwards() -> None:
    with pytest.raises(Invalid):
        direction_agreement(BURGLARY, SAFETY, lag=-1)
