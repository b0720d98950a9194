from collections.abc import Mapping

import pytest

from lsp_assess.demonstration.interviews import Interview, interviews
from lsp_assess.demonstration.panel import Issued, Panel, draw_panel
from lsp_assess.demonstration.questionnaires import SURVEY, Shipped, read_shipped
from lsp_assess.demonstration.timetable import OPEN_ROUND

Rounds = Mapping[int, tuple[tuple[Issued, ...], list[Interview]]]


@pytest.fixture(scope="package")
def shipped() -> Mapping[str, Shipped]:
    return read_shipped()


@pytest.fixture(scope="package")
def panel() -> Panel:
    return draw_panel(OPEN_ROUND)


@pytest.fixture(scope="package")
def survey(panel: Panel, shipped: Mapping[str, Shipped]) -> Rounds:
    """Households interviewed in each round that is over, with what was answered."""
    found = {}
    for number, issued in enumerate(panel.rounds[:-1], start=1):
        done = tuple(one for one in issued if one.is_interviewed)
        found[number] = (done, interviews(number, done, shipped[SURVEY].instrument))
    return found
