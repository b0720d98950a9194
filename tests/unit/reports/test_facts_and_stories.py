"""Lights, stories, actions, response and the line, as they are told."""

from dataclasses import replace

import pytest

from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Colour, Estimate, Light, Number, StoryReference, Words
from lsp_assess.kernel.messages import given, message
from lsp_assess.outcomes.indicators import Kind
from lsp_assess.rendering.tables import show_table
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts import chart_of
from lsp_assess.reports.draft import gated
from lsp_assess.reports.evidence import Evidence, tables_of
from lsp_assess.reports.outcomes import Comparator
from lsp_assess.reports.tables_actions import ActionStatus
from lsp_assess.reports.tables_response import Asked, InstrumentResponse
from lsp_assess.reports.tables_stories import Story
from tests.unit.reports.surveys import SECOND
from tests.unit.reports.worlds import action, candidate, evidence, stories, story_text, waste


def tables(of: Evidence) -> dict[str, SafeTable]:
    return {table.id: table for table in gated(tables_of(of)).tables}


@pytest.fixture(scope="module")
def whole() -> dict[str, SafeTable]:
    return tables(evidence())


@pytest.mark.parametrize(
    ("value", "colour"), [("50", Colour.GREEN), ("47.5", Colour.AMBER), ("47.4", Colour.RED)]
)
def test_the_light_of_the_table_is_that_of_the_line_and_its_tolerance(value: str, colour: Colour) -> None:
    shown = tables(evidence(outcomes=(waste("48", value),), survey=None, driver=None))
    lights = shown["level_two.outcomes.lights"]
    assert lights.cell("waste", "light").value == Light(colour)


def test_the_series_carries_plan_and_light_at_its_end(whole: dict[str, SafeTable]) -> None:
    series = whole["level_two.outcomes.series.waste"]
    states = [row.cells[series.column("light")].state for row in series.rows]
    assert states == [State.NOT_AVAILABLE, State.NOT_AVAILABLE, State.SHOWN]
    assert say(series.finding) == "2025: 51.5%, against 50% planned."


def test_a_plan_that_is_just_missed_does_not_look_met() -> None:
    series = replace(waste("48", "49", "50", plan="50.4"), decimals=0)
    shown = tables(evidence(outcomes=(series,), survey=None, driver=None))
    for name in ("level_two.outcomes.lights", "level_two.outcomes.series.waste"):
        table = shown[name]
        row = table.rows[-1]
        assert (row.cells[table.column("value")].value, row.cells[table.column("expected")].value) == (
            Estimate(50),
            Estimate(50.4),
        )


def test_each_indicator_keeps_its_own_decimals() -> None:
    whole = replace(waste("48", "1250", plan="1240"), decimals=0)
    other = replace(
        waste("4.8", "5.1", plan="5"), indicator=replace(whole.indicator, code="other"), decimals=1
    )
    shown = show_table(
        tables(evidence(outcomes=(whole, other), survey=None, driver=None))["level_two.outcomes.lights"]
    )
    assert [row.cells[3].text for row in shown.rows] == ["1\N{NARROW NO-BREAK SPACE}250", "5.1"]


@pytest.mark.parametrize(("kind", "drawn"), [(Kind.COUNT, False), (Kind.RATIO, True)])
def test_counts_of_other_areas_stand_in_the_table_and_not_in_the_drawing(kind: Kind, drawn: bool) -> None:
    own = waste("38", "41")
    others = tuple(replace(one, value=one.value * 3) for one in own.measurements if one.value is not None)
    series = replace(
        own,
        is_percent=False,
        indicator=replace(own.indicator, kind=kind),
        comparators=(Comparator(given("England"), others),),
    )
    table = tables(evidence(outcomes=(series,), survey=None, driver=None))["level_two.outcomes.series.waste"]
    assert [row.cells[table.column("comparator:0")].value for row in table.rows] == [
        Estimate(114),
        Estimate(123),
    ]
    notes = [say(note) for note in table.heading.footnotes]
    assert ("Counts of other areas are in the table" in " ".join(notes)) is not drawn
    assert ("England" in str(chart_of(table, say))) is drawn


def test_an_indicator_without_any_value_has_no_light() -> None:
    shown = tables(evidence(outcomes=(waste(),), survey=None, driver=None))
    lights = shown["level_two.outcomes.lights"]
    assert lights.cell("waste", "light").value == Light(Colour.GREY)
    assert lights.cell("waste", "remark").value == Words(message("outcomes.grey.missing"))
    assert say(shown["level_two.outcomes.series.waste"].finding) == "There is no value yet."


def test_stories_are_counted_by_standing_and_the_rest_keep_their_reasons(
    whole: dict[str, SafeTable],
) -> None:
    counts = whole["level_three.stories.counts"]
    assert counts.cell("gathered", "n").value == Number(2)
    assert counts.cell("value_added", "n").value == Number(1)
    reasons = whole["level_three.stories.not_selected"]
    assert reasons.rows[0].cells[0].value == Words(given("Little evidence"))
    assert say(counts.finding) == "1 of 2 stories count as value added."


def test_grades_show_their_disagreement_and_name_the_story_by_reference(
    whole: dict[str, SafeTable],
) -> None:
    grades = whole["level_three.stories.grades"]
    row = grades.rows[0]
    assert isinstance(row.cells[0].value, StoryReference)
    assert row.cells[grades.column("contributions")].value.points == ((1, 1), (3, 5))
    assert "The bus that waits" not in repr(grades)


def test_four_raters_show_no_grade() -> None:
    told = replace(stories(), stories=(Story(candidate(77, raters=4), story_text()),))
    grades = tables(evidence(stories=told))["level_three.stories.grades"]
    states = [cell.state for cell in grades.rows[0].cells[1:6]]
    assert set(states) == {State.WITHHELD}


def test_an_action_that_is_done_without_a_word_on_what_changed_is_said() -> None:
    shown = tables(evidence(actions=(action(ActionStatus.DONE, changed=None),)))["last_actions.r1"]
    assert say(shown.finding) == "1 of 1 action is done, without a word on what changed."


def test_response_rates_count_as_aapor_does(whole: dict[str, SafeTable]) -> None:
    assert whole["response.rates"].cell("rr1", "rate:r2").value == Number(84.0)
    fieldwork = whole["response.fieldwork"]
    assert fieldwork.cell("complete", "n:r2").value == Number(420)
    assert fieldwork.cell("partial", "n:r2").state is State.ZERO


def test_four_partners_who_answered_are_not_counted_out() -> None:
    asked = InstrumentResponse("driver", given("Driver"), (Asked(SECOND, 9, 4),), False)
    shown = tables(evidence(responses=(asked,)))["response.instruments"]
    assert shown.cell("driver", "answered:r2").state is State.WITHHELD
    assert shown.cell("driver", "invited:r2").value == Number(9)


def test_the_line_shows_which_way_each_strand_went_and_how_often_they_agree(
    whole: dict[str, SafeTable],
) -> None:
    directions = whole["line.directions.clean"]
    went = {row.key: row.cells[2].value for row in directions.rows}
    improved = Words(message("outcomes.direction.improved"))
    assert went == {
        "indicator:waste": improved,
        "residents:satisfied": improved,
        "driver_part:vision": improved,
    }
    agreement = whole["line.agreement.clean"]
    assert say(agreement.finding) == "3 of 3 comparable steps went the same way, over 3 links."


def test_the_line_tells_no_direction_of_a_part_that_is_withheld() -> None:
    driver = evidence().driver
    assert driver is not None
    few = replace(driver, rounds=tuple(replace(r, people=r.people[:4]) for r in driver.rounds))
    shown = tables(evidence(driver=few))
    row = shown["line.directions.clean"].row("driver_part:vision")
    assert row.cells[2].state is State.WITHHELD
    pair = shown["line.agreement.clean"].row("indicator:waste/driver_part:vision")
    assert {cell.state for cell in pair.cells[1:]} == {State.WITHHELD}
