"""The ratio trap: how much of a ratio's move came from its numerator, how much from its denominator.

Exact split (Kitagawa 1955): numerator part (n₂ − n₁)(1/d₁ + 1/d₂)/2, denominator part
(n₁ + n₂)/2 · (1/d₂ − 1/d₁); they sum to n₂/d₂ − n₁/d₁. Long-term unemployed
over all unemployed falls when a factory closes.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.outcomes.indicators import Measurement


class Driver(StrEnum):
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    BOTH = "both"
    NONE = "none"


class TrapFlag(StrEnum):
    CLEAR = "clear"
    FALL_DRIVEN_BY_DENOMINATOR = "fall_driven_by_denominator"


@dataclass(frozen=True, slots=True)
class RatioChange:
    """In the ratio's own terms (n ÷ d, before any factor such as per 100 000)."""

    change: Fraction
    from_numerator: Fraction
    from_denominator: Fraction

    @property
    def driver(self) -> Driver:
        """The part that moves the ratio the way it went, and further than the other part does."""
        if self.change == 0:
            return Driver.NONE
        way = 1 if self.change > 0 else -1
        numerator, denominator = way * self.from_numerator, way * self.from_denominator
        if numerator == denominator:
            return Driver.BOTH
        return Driver.NUMERATOR if numerator > denominator else Driver.DENOMINATOR

    @property
    def flag(self) -> TrapFlag:
        trapped = self.change < 0 and self.driver is Driver.DENOMINATOR
        return TrapFlag.FALL_DRIVEN_BY_DENOMINATOR if trapped else TrapFlag.CLEAR


def split_change(
    *, numerators: tuple[Decimal, Decimal], denominators: tuple[Decimal, Decimal]
) -> RatioChange:
    """Earlier and later numerator, earlier and later denominator. Raises `Invalid` on a denominator of 0."""
    if 0 in denominators:
        raise Invalid(problem("denominator_zero"))
    n1, n2 = (Fraction(n) for n in numerators)
    d1, d2 = (Fraction(d) for d in denominators)
    return RatioChange(
        change=n2 / d2 - n1 / d1,
        from_numerator=(n2 - n1) * (1 / d1 + 1 / d2) / 2,
        from_denominator=(n1 + n2) / 2 * (1 / d2 - 1 / d1),
    )


def ratio_change(earlier: Measurement, later: Measurement) -> RatioChange | None:
    """None where a value came without its numerator and denominator."""
    if earlier.numerator is None or later.numerator is None:
        return None
    if not earlier.denominator or not later.denominator:
        return None
    return split_change(
        numerators=(earlier.numerator, later.numerator),
        denominators=(earlier.denominator, later.denominator),
    )
