"""What partners think was added, and the wheel: round beside round, each person counted and nobody told."""

import json
from functools import partial

from lsp_assess.disclosure.narrowing import only_rounds
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.tables import Purpose, SafeTable, State
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.kernel.messages import given
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts import chart_of
from lsp_assess.reports.draft import gated
from lsp_assess.reports.survey_asked import AnswerPoint
from lsp_assess.reports.tables_panel import Drawn, Panel, PanelItem, PanelRound, panel_table
from tests.unit.reports.drivers import FIRST, SECOND, THIRD

POINTS = tuple(AnswerPoint(i, given(name)) for i, name in enumerate(("No", "Partly", "Yes"), start=1))


def answered(of: RoundStated, *values: int) -> PanelRound:
    return PanelRound(of, {"faster": values})


def panel(*rounds: PanelRound, drawn: Drawn = Drawn.COUNTS) -> SafeTable:
    made = Panel(
        id="level_three.value_added.agreement",
        title=given("Value added"),
        drawn=drawn,
        items=(PanelItem("faster", given("Things got done sooner"), POINTS),),
        rounds=rounds,
        source=given("Partners"),
        threshold=5,
    )
    return next(iter(gated(panel_table(made)).tables))


def test_rounds_stand_below_each_other_with_how_many_gave_each_answer() -> None:
    table = panel(answered(FIRST, 1, 1, 2, 2, 3), answered(SECOND, 2, 3, 3, 3, 1, 3))
    assert [row.key for row in table.rows] == ["faster:r1", "faster"]
    labels = [value.message for row in table.rows if isinstance(value := row.cells[0].value, Words)]
    assert [say(label) for label in labels] == ["Things got done sooner 2024", "Things got done sooner 2025"]
    counts = [[table.cell(row.key, f"answer:{i}").value for i in (1, 2, 3)] for row in table.rows]
    assert counts == [[Number(2), Number(2), Number(1)], [Number(1), Number(1), Number(4)]]


def test_they_are_drawn_as_bars_of_people_and_not_of_per_cent() -> None:
    table = panel(answered(FIRST, 1, 1, 2, 2, 3), answered(SECOND, 2, 3, 3, 3, 1, 3))
    assert table.heading.purpose is Purpose.DISTRIBUTION
    drawn = json.dumps(chart_of(table, partial(say, language="en")))
    assert "Things got done sooner" in drawn
    assert '"4"' in drawn
    assert "%" not in drawn


def test_a_round_of_four_is_withheld_and_the_other_is_drawn() -> None:
    table = panel(answered(FIRST, 1, 1, 2, 2), answered(SECOND, 2, 3, 3, 3, 1, 3))
    assert table.cell("faster:r1", "answer:1").state is State.WITHHELD
    assert chart_of(table, partial(say, language="en")) is not None


def test_a_report_that_leaves_a_round_out_leaves_its_line_out() -> None:
    table = panel(answered(FIRST, 1, 1, 2, 2, 3), answered(SECOND, 2, 3, 3, 3, 1, 3))
    narrowed = only_rounds(table, {"r2"})
    assert narrowed is not None
    assert [row.key for row in narrowed.rows] == ["faster"]


def test_the_wheel_has_an_outline_for_each_of_three_rounds() -> None:
    rounds = (answered(FIRST, 1, 1, 2, 2, 3), answered(SECOND, 1, 2, 2, 2, 3), answered(THIRD, 2, 3, 3, 3, 1))
    table = panel(*rounds, drawn=Drawn.WHEEL)
    values = [table.cell("faster", f"value:{one.round.key}").value for one in rounds]
    assert values == [Number(50), Number(50), Number(100)]
    drawn = json.dumps(chart_of(table, partial(say, language="en")))
    assert all(name in drawn for name in ("2024", "2025", "2026"))
