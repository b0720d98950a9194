from decimal import Decimal

import pytest

from lsp_assess.kernel.errors import Invalid
from lsp_assess.outcomes.indicators import Measurement, NoValue, Tolerance, ToleranceKind
from lsp_assess.partnerships.periods import PeriodType, year

Y2020 = year(PeriodType.CALENDAR_YEAR, 2020)


def codes(refused: pytest.ExceptionInfo[Invalid]) -> list[str]:
    return [each.code for each in refused.value.problems]


@pytest.mark.parametrize("bad", ["NaN", "Infinity", "-Infinity"])
def test_what_is_not_a_number_is_no_measurement(bad: str) -> None:
    with pytest.raises(Invalid) as refused:
        Measurement(period=Y2020, value=Decimal(bad))
    assert codes(refused) == ["measurement_not_a_number"]


def test_a_measurement_has_a_value_or_the_reason_why_not() -> None:
    with pytest.raises(Invalid):
        Measurement(period=Y2020, value=None)
    with pytest.raises(Invalid) as refused:
        Measurement(period=Y2020, value=Decimal(1), missing=NoValue.SUPPRESSED)
    assert codes(refused) == ["measurement_value_or_reason"]


def test_an_interval_has_two_ends_around_its_value() -> None:
    with pytest.raises(Invalid) as half:
        Measurement(period=Y2020, value=Decimal(1), low=Decimal(0))
    assert codes(half) == ["interval_half_open"]
    with pytest.raises(Invalid) as elsewhere:
        Measurement(period=Y2020, value=Decimal(1), low=Decimal(2), high=Decimal(3))
    assert codes(elsewhere) == ["interval_without_value"]


@pytest.mark.parametrize("amount", ["-0.05", "NaN"])
def test_a_tolerance_is_nought_or_more(amount: str) -> None:
    with pytest.raises(Invalid):
        Tolerance(ToleranceKind.RELATIVE, relative=Decimal(amount))
