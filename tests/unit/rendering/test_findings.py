"""What page two says of a change, in every shipped language."""

import pytest

from lsp_assess.disclosure.tables import Column, Kind, Role, Unit
from lsp_assess.disclosure.values import Verdict, VerdictCode
from lsp_assess.kernel.messages import given
from lsp_assess.rendering.wording import speak
from lsp_assess.reports.charts.words import verdict_told


def column(unit: Unit) -> Column:
    return Column(key="change", kind=Kind.ESTIMATE, heading=given("Change"), role=Role.CHANGE, unit=unit)


@pytest.mark.parametrize(
    ("unit", "language", "told"),
    [
        (Unit.POINTS, "en", "Inconclusive: a change smaller than 6.2 percentage points could not be relied"),
        (Unit.SCORE, "en", "Inconclusive: a change smaller than 6.2 could not be relied on to show."),
        (Unit.POINTS, "cy", "Amhendant: ni ellid dibynnu ar weld newid llai na 6.2 o bwyntiau canran."),
        (Unit.SCORE, "cy", "Amhendant: ni ellid dibynnu ar weld newid llai na 6.2."),
    ],
)
def test_what_is_inconclusive_says_how_small_a_change_could_have_been_missed(
    unit: Unit, language: str, told: str
) -> None:
    said = speak(verdict_told(Verdict(VerdictCode.INCONCLUSIVE, 6.2), column(unit)), language)
    assert said.startswith(told)


@pytest.mark.parametrize("code", list(VerdictCode))
def test_every_verdict_is_told_in_a_sentence(code: VerdictCode) -> None:
    english, welsh = (speak(verdict_told(Verdict(code), column(Unit.POINTS)), x) for x in ("en", "cy"))
    assert english.endswith(".")
    assert welsh.endswith(".")
    assert english != welsh
