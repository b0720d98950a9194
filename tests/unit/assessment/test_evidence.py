"""When evidence is out of date, and what is a link."""

from datetime import date

import pytest

from lsp_assess.assessment.evidence import Stale, check_days, check_link, staleness
from lsp_assess.kernel.errors import Invalid


@pytest.mark.parametrize(
    ("effective_on", "expires_on", "found"),
    [
        (date(2024, 6, 16), None, None),
        (date(2024, 6, 15), None, Stale.OLD),
        (date(2026, 6, 15), None, None),
        (date(2026, 1, 1), date(2026, 6, 15), None),
        (date(2026, 1, 1), date(2026, 6, 14), Stale.EXPIRED),
        (date(2020, 1, 1), date(2030, 1, 1), Stale.OLD),
        (date(2020, 1, 1), date(2021, 1, 1), Stale.EXPIRED),
    ],
)
def test_evidence_is_out_of_date_after_its_last_day_or_at_the_age_that_the_round_sets(
    effective_on: date, expires_on: date | None, found: Stale | None
) -> None:
    assert staleness(effective_on, expires_on, on=date(2026, 6, 15), months=24) is found


def test_what_is_of_the_last_of_february_is_a_year_old_on_the_first_of_march() -> None:
    for day, found in ((date(2025, 2, 28), None), (date(2025, 3, 1), Stale.OLD)):
        assert staleness(date(2024, 2, 29), None, on=day, months=12) is found


def test_evidence_cannot_speak_from_a_day_to_come_nor_end_before_it_begins() -> None:
    today = date(2026, 6, 15)
    check_days(today, today, today=today)
    for effective_on, expires_on, field in (
        (date(2026, 6, 16), None, "effective_on"),
        (date(2026, 6, 10), date(2026, 6, 9), "expires_on"),
    ):
        with pytest.raises(Invalid) as refused:
            check_days(effective_on, expires_on, today=today)
        assert [each.place.question for each in refused.value.problems] == [field]


@pytest.mark.parametrize(
    "link", ["https://example.org/a?b=c#d", "http://xn--fa-hia.example/", "HTTPS://E.org"]
)
def test_an_address_of_a_page_is_a_link(link: str) -> None:
    check_link(link)


@pytest.mark.parametrize(
    "link",
    [
        *(
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "ftp://a.b",
        ),
        *("//example.org/x", "example.org", "https://", "https:///x", "mailto:a@b.c", "http://[1:2/x"),
        *(
            "https://bank.example@evil.example/",
            "https://a.b/ c",
            "https://a.b/\u202egpj",
            "https://a.b/\x00",
        ),
    ],
)
def test_all_else_is_none(link: str) -> None:
    # trust B4
    with pytest.raises(Invalid):
        check_link(link)
