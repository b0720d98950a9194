from datetime import date

import pytest

from lsp_assess.kernel.errors import Invalid
from lsp_assess.partnerships.areas import Area, AreaType


def test_an_area_stands_from_its_first_to_its_last_day() -> None:
    ward = Area("W01", "Elmfield", AreaType.WARD, date(2004, 5, 1), date(2014, 5, 21))
    days = [date(2004, 4, 30), date(2004, 5, 1), date(2014, 5, 21), date(2014, 5, 22)]
    assert [ward.valid_on(day) for day in days] == [False, True, True, False]


def test_an_area_without_dates_always_stands() -> None:
    assert Area("E92000001", "England", AreaType.COUNTRY).valid_on(date(1950, 1, 1))


def test_an_area_cannot_end_before_it_begins() -> None:
    with pytest.raises(Invalid) as refused:
        Area("W01", "Elmfield", AreaType.WARD, date(2014, 5, 2), date(2014, 5, 1))
    assert refused.value.problems[0].what.params["area"] == "W01"
