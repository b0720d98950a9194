import pytest

from lsp_assess.partnerships.addresses import one_address
from lsp_assess.partnerships.look_alikes import looks


@pytest.mark.parametrize(
    "other",
    ["\u0421ouncil", "Coun\u200bcil", "C0uncil", "\uff23ouncil", "Counci1", "Co\u0301uncil"],
)
def test_names_that_the_eye_does_not_tell_apart_look_alike(other: str) -> None:
    assert looks(other) == looks("Council")  # trust E


@pytest.mark.parametrize("other", ["Police", "Councils", "Coun cil", "\u0645\u0631\u062d\u0628\u0627"])
def test_other_names_do_not(other: str) -> None:
    assert looks(other) != looks("Council")


@pytest.mark.parametrize("other", ["\uff41nn@example.org", " ANN@example.org", "ann@EXAMPLE.org"])
def test_ways_to_write_an_address_are_one_address(other: str) -> None:
    assert one_address(other) == "ann@example.org"  # trust E
