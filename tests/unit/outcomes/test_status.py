from decimal import Decimal
from fractions import Fraction

import pytest

from lsp_assess.disclosure.values import Colour
from lsp_assess.kernel.errors import Invalid
from lsp_assess.outcomes.status import Child, Importance, objective_status

GREEN, AMBER, RED = Child("g", Colour.GREEN), Child("a", Colour.AMBER), Child("r", Colour.RED)
GREY, CANNOT_TELL = Child("grey", Colour.GREY), Child("ct", Colour.CANNOT_TELL)


@pytest.mark.parametrize(
    ("children", "score", "colour"),
    [
        ([GREEN, AMBER], 75, Colour.GREEN),
        ([GREEN, GREEN, RED, AMBER], Fraction(125, 2), Colour.AMBER),
        ([GREEN, GREEN, RED, RED, RED], 40, Colour.AMBER),
        ([GREEN, RED, RED], Fraction(100, 3), Colour.RED),
    ],
)
def test_an_objective_is_green_from_75_and_amber_from_40(
    children: list[Child], score: int | Fraction, colour: Colour
) -> None:
    status = objective_status(children)
    assert (status.score, status.colour) == (score, colour)


def test_weights_count() -> None:
    status = objective_status([Child("g", Colour.GREEN, Decimal(3)), RED])
    assert (status.score, status.worst) == (75, RED)


def test_an_average_cannot_hide_its_worst_child() -> None:
    assert objective_status([GREEN, GREEN, GREEN, RED]).worst == RED
    assert objective_status([GREEN, GREEN, GREEN, RED]).colour is Colour.GREEN


def test_a_critical_red_caps_at_amber_and_says_so() -> None:
    critical = Child("c", Colour.RED, Decimal(1), Importance.CRITICAL)
    status = objective_status([GREEN, GREEN, GREEN, critical])
    assert (status.score, status.colour, status.capped_by) == (75, Colour.AMBER, critical)
    red_anyway = objective_status([RED, RED, critical])
    assert (red_anyway.colour, red_anyway.capped_by) == (Colour.RED, None)


def test_under_two_thirds_of_the_weight_there_is_no_status() -> None:
    enough = objective_status([GREEN, GREEN, GREY])
    assert (enough.coverage, enough.colour) == (Fraction(2, 3), Colour.GREEN)
    short = objective_status([GREEN, GREEN, GREY, CANNOT_TELL])
    assert (short.coverage, short.score, short.colour) == (Fraction(1, 2), None, None)


def test_an_objective_without_measures_has_no_status() -> None:
    assert objective_status([]).colour is None


def test_a_weight_of_nought_is_refused() -> None:
    with pytest.raises(Invalid) as refused:
        objective_status([Child("g", Colour.GREEN, Decimal(0))])
    assert refused.value.problems[0].what.params["measure"] == "g"
