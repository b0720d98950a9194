from fractions import Fraction

import pytest

from lsp_assess.assessment.agreement import part_agreement
from lsp_assess.assessment.scores import NotScored
from lsp_assess.instruments.scales import Point, Scale, Steps
from lsp_assess.instruments.text import Text

RADAR = Scale("radar", (), Steps(0, 100, 5))


def test_rwg_on_0_to_100_in_fives_is_measured_against_916_7() -> None:
    # 40, 50, 60: s² = 100, σ²ᵤ = 25 · (21² − 1)/12 = 916.67, so rwg = 1 − 100/916.67
    found = part_agreement([Fraction(40), Fraction(50), Fraction(60)], RADAR)
    assert found is not None
    assert found.rwg == pytest.approx(1 - 12 / 110)
    assert found.average_deviation == pytest.approx(20 / 3)


def test_two_camps_agree_less_than_chance_and_the_negative_is_shown() -> None:
    found = part_agreement([Fraction(0), Fraction(100)], RADAR)
    assert found is not None
    assert found.rwg == pytest.approx(1 - 5000 / (11000 / 12))


def test_nobody_scored_nobody_agrees() -> None:
    assert part_agreement([], RADAR) is None


def test_points_that_lie_unequally_far_apart_have_no_uniform_to_compare_with() -> None:
    uneven = Scale("uneven", tuple(Point(value, Text((("en", str(value)),))) for value in (0, 10, 50)))
    with pytest.raises(NotScored):
        part_agreement([Fraction(10)], uneven)
