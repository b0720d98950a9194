from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import MissingWording, say, say_value, saying
from lsp_assess.rendering.wording import catalogue as catalogue_module


@pytest.fixture
def wording(monkeypatch: pytest.MonkeyPatch):
    def provide(**languages: dict[str, str]) -> None:
        monkeypatch.setattr(saying, "texts", lambda language: languages.get(language, {}))

    return provide


def test_a_date_is_written_with_its_month_in_words() -> None:
    assert say_value(date(2026, 3, 14), "", "en") == "14 March 2026"
    assert say_value(date(2026, 3, 14), "month", "en") == "March 2026"


def test_a_date_in_welsh_follows_the_welsh_locale() -> None:
    assert say_value(date(2026, 3, 14), "", "cy") == "14 Mawrth 2026"


def test_an_instant_is_shown_in_british_summer_time() -> None:
    assert say_value(datetime(2026, 7, 1, 22, 30, tzinfo=UTC), "", "en") == "1 July 2026, 23:30"
    assert say_value(datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "day", "en") == "2 July 2026"


@pytest.mark.parametrize(
    ("value", "spec", "shown"),
    [
        (1200, "", "1\N{NARROW NO-BREAK SPACE}200"),
        (2014, "plain", "2014"),
        (-3, "", "−3"),
        (-1234567.5, "", "−1\N{NARROW NO-BREAK SPACE}234\N{NARROW NO-BREAK SPACE}567.5"),
        (43.5, "percent", "44%"),
        (0.5, "percent", "1%"),
        (Decimal("2.5"), "whole", "3"),
        (6.1, "signed_percent", "+6%"),
        (-6.1, "signed", "−6"),
        (-0.4, "signed", "0"),
        (0.04, "signed_tenth", "0.0"),
        (12, "signed", "+12"),
        (0, "signed", "0"),
        (47.25, "tenth", "47.3"),
        (1 / 3, "", "0.33"),
        (float("nan"), "tenth", "–"),
        (None, "", "–"),
    ],
)
def test_numbers_have_thin_separators_a_true_minus_and_whole_percentages(value, spec, shown) -> None:
    assert say_value(value, spec, "en") == shown


def test_a_specification_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="cannot be shown"):
        say_value(3, "month", "en")
    with pytest.raises(ValueError, match="cannot be shown"):
        say_value("ward", "percent", "en")


def test_parameters_fill_the_sentence(wording) -> None:
    wording(en={"x": "{share:percent} of {n} households in {area}"})
    spoken = say(message("x", share=40, n=1200, area="Ash {ward}"))
    assert spoken == "40% of 1\N{NARROW NO-BREAK SPACE}200 households in Ash {ward}"


def test_a_message_within_a_message_is_said_too(wording) -> None:
    wording(en={"outer": "It is {verdict:lower}.", "inner": "Inconclusive"})
    assert say(message("outer", verdict=message("inner"))) == "It is inconclusive."


def test_one_and_many_are_chosen_by_n(wording) -> None:
    wording(en={"s.one": "{n} story", "s.other": "{n} stories"})
    assert [say(message("s", n=n)) for n in (0, 1, 2)] == ["0 stories", "1 story", "2 stories"]


def test_welsh_has_its_own_plural_forms(wording) -> None:
    wording(cy={"s.two": "{n} stori (dwy)", "s.other": "{n} stori"}, en={"s.other": "{n} stories"})
    assert [say(message("s", n=n), "cy") for n in (2, 7)] == ["2 stori (dwy)", "7 stori"]


def test_what_welsh_lacks_is_said_in_english(wording) -> None:
    wording(en={"x": "Said on {day}"}, cy={"y": "…"})
    assert say(message("x", day=date(2026, 3, 14)), "cy") == "Said on 14 March 2026"


def test_a_code_without_words_is_an_error_that_names_it(wording) -> None:
    wording(en={"x": "{area}"})
    with pytest.raises(MissingWording, match="no_such"):
        say(message("no_such"))
    with pytest.raises(MissingWording, match="area"):
        say(message("x"))


def test_a_code_written_twice_in_one_file_is_refused() -> None:
    with pytest.raises(Exception, match="there twice"):
        catalogue_module._read("en", "t.yaml", 'a: "1"\na: "2"\n')
