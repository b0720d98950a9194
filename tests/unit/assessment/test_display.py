from decimal import Decimal
from fractions import Fraction

import pytest

from lsp_assess.assessment.display import display


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(7, 2), 0, "4"),  # not to the even neighbour
        (Fraction(249999, 100000), 0, "2"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1005, 1000), 2, "1.01"),  # binary 1.005 lies below the half
        (Fraction(2, 3), 1, "0.7"),
        (Fraction(500), 0, "500"),
    ],
)
def test_a_half_is_rounded_up_and_only_once(value: Fraction, places: int, shown: str) -> None:
    assert display(value, places=places) == Decimal(shown)
