"""How a table gets smaller on paper without losing a figure."""

from functools import partial

from lsp_assess.disclosure.tables import Kind, Purpose, RawCell, RawRow, Role, RowRole, Unit
from lsp_assess.disclosure.values import Estimate, Number, StoryReference, Strip, Verdict, VerdictCode, Words
from lsp_assess.kernel.messages import given, message
from lsp_assess.rendering.condensing import condensed
from lsp_assess.rendering.exhibits import exhibit_of
from lsp_assess.rendering.folding import by_round
from lsp_assess.rendering.merging import bases_below, verdicts_below
from lsp_assess.rendering.tables import ShownTable, show_table
from lsp_assess.rendering.wording import speak
from tests.unit.rendering import sample_tables as sample

SAY = partial(speak, language="en")
WITHHELD = sample.withheld()


def small(*columns, rows) -> ShownTable:
    return condensed(show_table(sample.table(Purpose.NONE, (sample.LABEL, *columns), rows)), SAY)


def texts(table: ShownTable) -> list[str]:
    return [cell.text for row in table.rows for cell in row.cells]


COUNT = sample.column("n", Kind.COUNT, Role.DETAIL, unit=Unit.PEOPLE, heading="Scored")
OTHER = sample.column("m", Kind.COUNT, Role.DETAIL, unit=Unit.PEOPLE, heading="Refused")


def test_rows_that_are_all_withheld_are_named_in_one_line() -> None:
    rows = [sample.row("Moor", Number(9)), sample.row("Beck", WITHHELD), sample.row("Dale", WITHHELD)]
    table = small(COUNT, rows=rows)
    assert texts(table) == ["Moor", "9"]
    assert table.notes[0] == "[c] in every column, and therefore not listed (2): Beck; Dale."
    assert any(note.startswith("[c] withheld to protect") for note in table.notes)


def test_a_row_of_which_anything_is_shown_stays() -> None:
    rows = [sample.row("Moor", Number(9), Number(8)), sample.row("Beck", WITHHELD, Number(8))]
    assert texts(small(COUNT, OTHER, rows=rows)) == ["Moor", "9", "8", "Beck", "[c]", "8"]


def test_a_table_of_nothing_else_keeps_its_rows() -> None:
    rows = [sample.row("Moor", WITHHELD), sample.row("Beck", WITHHELD)]
    assert texts(small(COUNT, rows=rows)) == ["Moor", "[c]", "Beck", "[c]"]


def test_columns_that_are_all_withheld_are_named_in_one_line() -> None:
    rows = [sample.row("Moor", Number(9), WITHHELD), sample.row("Beck", Number(7), WITHHELD)]
    table = small(COUNT, OTHER, rows=rows)
    assert texts(table) == ["Moor", "9", "Beck", "7"]
    assert table.notes[0] == "[c] in every row, and therefore without a column: Refused."


def test_what_is_the_same_for_every_question_is_a_note() -> None:
    delta = sample.column("d", Kind.NUMBER, Role.DELTA, unit=Unit.POINTS, heading="Smallest change")
    rows = [sample.row("One", Number(9), Number(5)), sample.row("Two", Number(7), Number(5))]
    table = small(COUNT, delta, rows=rows)
    assert [column.heading for column in table.columns] == ["Item", "Scored"]
    assert table.notes[0] == "Smallest change: 5 percentage points, in every row."
    rows[1] = sample.row("Two", Number(7), Number(3))
    assert len(small(COUNT, delta, rows=rows).columns) == 3


def test_a_long_table_has_no_column_of_noughts() -> None:
    rows = [sample.row(f"Part {i}", Number(i), Number(0)) for i in range(6)]
    table = small(COUNT, OTHER, rows=rows)
    assert [column.heading for column in table.columns] == ["Item", "Scored"]
    assert table.notes[0] == "0 in every row: Refused."
    assert len(small(COUNT, OTHER, rows=rows[:5]).columns) == 3


def grid_row(row: str) -> RawRow:
    label = Words(message("residents.grid_row", grid=given("How bad is each?"), row=given(row)))
    return RawRow(key=row, cells=(RawCell(label), RawCell(Number(9))))


def test_the_question_of_a_grid_stands_once_above_its_rows() -> None:
    rows = [grid_row("Noise"), grid_row("Litter"), grid_row("Dogs"), sample.row("Alone", Number(8))]
    shown = show_table(sample.table(Purpose.NONE, (sample.LABEL, COUNT), rows))
    assert shown.rows[0].cells[0].text == "How bad is each? – Noise"
    table = condensed(shown, SAY)
    assert [row.heading for row in table.rows] == ["How bad is each?"] * 3 + [""]
    assert [row.cells[0].text for row in table.rows] == ["Noise", "Litter", "Dogs", "Alone"]


def test_how_many_answered_stands_below_what_they_answered() -> None:
    value = sample.column("v", Kind.ESTIMATE, Role.VALUE, unit=Unit.PERCENT, round_="r1")
    base = sample.column("b", Kind.COUNT, Role.BASE, unit=Unit.PEOPLE, round_="r1")
    rows = [sample.row("Moor", Estimate(60, 55, 65), Number(410)), sample.row("Beck", WITHHELD, WITHHELD)]
    table = bases_below(show_table(sample.table(Purpose.NONE, (sample.LABEL, value, base), rows)), SAY)
    assert [row.cells[1].below for row in table.rows] == [("n 410",), ()]
    assert len(table.columns) == 2
    assert table.notes[0] == "n: how many answered."


def test_a_base_that_belongs_to_no_one_value_keeps_its_column() -> None:
    value = sample.column("v", Kind.ESTIMATE, Role.VALUE, unit=Unit.PERCENT, round_="r1")
    base = sample.column("b", Kind.COUNT, Role.BASE, unit=Unit.PEOPLE, round_="r2")
    shown = show_table(
        sample.table(Purpose.NONE, (sample.LABEL, value, base), [sample.row("A", Estimate(6), Number(41))])
    )
    assert bases_below(shown, SAY) is shown


def test_a_verdict_stands_below_its_change_with_what_could_have_been_found() -> None:
    change = sample.column("c", Kind.ESTIMATE, Role.CHANGE, unit=Unit.POINTS, decimals=1, round_="r1")
    verdict = sample.column("w", Kind.VERDICT, Role.VERDICT, round_="r1")
    rows = [
        sample.row("Moor", Estimate(2.5, -1, 6), Verdict(VerdictCode.INCONCLUSIVE, 5.0)),
        sample.row("All", Estimate(2.5, -1, 6), RawCell()),
    ]
    shown = show_table(sample.table(Purpose.NONE, (sample.LABEL, change, verdict), rows))
    assert [row.cells[1].below for row in verdicts_below(shown, SAY).rows] == [("inconclusive (from 5)",), ()]


def test_columns_of_every_round_become_a_line_for_every_round() -> None:
    shown = show_table(sample.folding())
    table = by_round(shown, SAY)
    assert [column.heading for column in table.columns] == ["Round", "Scores", "Median", "Answers"]
    assert {(row.heading, row.heading_told) for row in table.rows} == {("Vision", "2025: Agreement: 0.9")}
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["2024", "40×6", "40", "6"],
        ["2025", "50×7", "50", "7"],
    ]


def test_an_estimate_rounded_to_whole_numbers_shows_no_tenths_beside_one_that_has_them() -> None:
    change = sample.column("c", Kind.ESTIMATE, Role.CHANGE, unit=Unit.POINTS, decimals=1)
    rows = [sample.row("All", Estimate(2.5, -1.2, 6.1)), sample.row("Beck", Estimate(2, -10, 14))]
    shown = show_table(sample.table(Purpose.NONE, (sample.LABEL, change), rows))
    assert [(row.cells[1].text, row.cells[1].beside) for row in shown.rows] == [
        ("+2.5", "−1.2 to +6.1"),
        ("+2", "−10 to +14"),
    ]


def test_a_story_goes_by_its_title_and_a_withdrawn_one_has_none() -> None:
    story = sample.column("story", Kind.STORY, Role.DETAIL)
    told, gone = sample.uuid(1), sample.uuid(2)
    rows = [
        RawRow(key=str(one), cells=(RawCell(StoryReference(one)), RawCell(Number(3)))) for one in (told, gone)
    ]
    both = sample.table(Purpose.NONE, (story, COUNT), rows)
    table = exhibit_of(both, "en", titles={told: "The flood"}).table
    assert [row.cells[0].text for row in table.rows] == ["The flood", "[withdrawn]"]


def test_a_row_of_the_whole_is_never_left_out() -> None:
    total = RawRow(key="all", cells=(RawCell(Words(given("All"))), WITHHELD), role=RowRole.TOTAL)
    assert "All" in texts(small(COUNT, rows=[total, sample.row("Moor", Number(9))]))


def test_scores_of_three_rounds_fit_one_table_on_paper() -> None:
    strip = Strip(tuple((5.0 * i, 2) for i in range(12)))
    assert len(exhibit_of(sample.folding(rounds=3, strip=strip), "en").fit.parts) == 1
