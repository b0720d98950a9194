from uuid import uuid4

from lsp_assess.disclosure.tables import Column, Kind, Purpose, RawCell, Role, Unit
from lsp_assess.disclosure.values import (
    Bound,
    Caution,
    Colour,
    Estimate,
    Light,
    Missing,
    Number,
    StoryReference,
    Strip,
    Verdict,
    VerdictCode,
)
from lsp_assess.rendering.cells import Look, ShownCell
from lsp_assess.rendering.fitting import PAGE_WIDTH, Intervals, fit
from lsp_assess.rendering.tables import show_table
from tests.unit.rendering import sample_tables as sample


def one_cell(value: object, kind: Kind, role: Role = Role.DETAIL, **look: object) -> ShownCell:
    held = value if isinstance(value, RawCell) else RawCell(value)  # type: ignore[arg-type]
    columns = (sample.LABEL, sample.column("it", kind, role, **look))  # type: ignore[arg-type]
    return show_table(sample.table(Purpose.NONE, columns, [sample.row("row", held)])).rows[0].cells[1]


def test_an_estimate_stands_with_its_interval_beside_it() -> None:
    cell = one_cell(Estimate(60.4, 55, 65), Kind.ESTIMATE, unit=Unit.PERCENT)
    assert (cell.text, cell.beside, cell.look) == ("60", "55 to 65", Look.FIGURE)


def test_a_change_has_its_sign_and_a_smallest_change_has_none() -> None:
    assert one_cell(Number(4), Kind.NUMBER, Role.CHANGE, unit=Unit.POINTS).text == "+4"
    assert one_cell(Number(-4), Kind.NUMBER, Role.CHANGE, unit=Unit.POINTS).text == "−4"
    assert one_cell(Number(4), Kind.NUMBER, Role.DELTA, unit=Unit.POINTS).text == "4"


def test_no_decimals_are_shown_that_the_gate_has_taken_away() -> None:
    columns = (sample.LABEL, sample.column("x", Kind.NUMBER, Role.DETAIL, decimals=1))
    shown = show_table(sample.table(Purpose.NONE, columns, [sample.row(str(x), Number(x)) for x in (4, 5)]))
    assert [row.cells[1].text for row in shown.rows] == ["4", "5"]
    shown = show_table(sample.table(Purpose.NONE, columns, [sample.row(str(x), Number(x)) for x in (4, 5.5)]))
    assert [row.cells[1].text for row in shown.rows] == ["4.0", "5.5"]


def test_a_p_has_two_decimals_or_stands_below_the_least() -> None:
    assert one_cell(Number(0.2), Kind.P, Role.P).text == "0.20"
    assert one_cell(Number(0.0004), Kind.P, Role.P).text == "<0.01"
    assert one_cell(Number(3, Bound.BELOW), Kind.NUMBER).text == "<3"


def test_a_light_says_its_word_and_what_it_cannot_tell_apart() -> None:
    assert one_cell(Light(Colour.AMBER), Kind.LIGHT, Role.LIGHT).text == "amber"
    open_ = one_cell(Light(Colour.CANNOT_TELL, (Colour.GREEN, Colour.AMBER)), Kind.LIGHT, Role.LIGHT)
    assert open_.text == "cannot tell: green or amber"


def test_an_inconclusive_verdict_says_what_would_have_been_found() -> None:
    cell = one_cell(Verdict(VerdictCode.INCONCLUSIVE, 6.0), Kind.VERDICT, Role.VERDICT)
    assert (cell.text, cell.beside) == ("inconclusive", "from 6")


def test_a_strip_says_every_score_and_how_many_gave_it() -> None:
    assert one_cell(Strip(((50, 3), (25, 1))), Kind.STRIP, Role.SCORES).text == "25, 50×3"


def test_what_is_withheld_is_explained_where_it_stands() -> None:
    shown = show_table(sample.areas())
    assert "[c]" in {cell.text for row in shown.rows for cell in row.cells}
    assert shown.notes[0].startswith("[c]")
    columns = (sample.LABEL, sample.column("x", Kind.NUMBER, Role.DETAIL))
    without = show_table(sample.table(Purpose.NONE, columns, [sample.row("a", Number(1))]))
    assert not any(note.startswith("[c]") for note in without.notes)


def test_what_is_missing_says_why() -> None:
    assert one_cell(RawCell(missing=Missing.NOT_ASKED), Kind.NUMBER).text == "not asked"


def test_no_remark_is_no_gap_but_no_number_is_one() -> None:
    assert one_cell(RawCell(), Kind.TEXT).text == ""
    assert one_cell(RawCell(), Kind.NUMBER).text == "[x]"


def test_a_doubt_gets_a_letter_and_a_note() -> None:
    shown = show_table(sample.areas())
    small = next(row for row in shown.rows if row.cells[0].text == "Beckside")
    assert shown.mark(small.cells[1]) == "a"
    assert shown.marks[0][0] is Caution.SMALL_BASE
    assert shown.marks[0][2].startswith("Small base")


def test_a_story_is_known_by_its_id_until_it_is_printed() -> None:
    story = uuid4()
    assert one_cell(StoryReference(story), Kind.STORY).story == story


def test_the_day_that_serves_the_chart_is_not_a_column_to_read() -> None:
    assert "ends" not in {column.heading for column in show_table(sample.series()).columns}


def _estimates(columns: int, heading: str = "Ward") -> list[Column]:
    named = (
        sample.column(f"c{i}", Kind.ESTIMATE, Role.DETAIL, unit=Unit.PERCENT, heading=heading)
        for i in range(columns)
    )
    return [sample.LABEL, *named]


def fitted(columns: int):
    rows = [sample.row("A row", *[Estimate(55, 45, 65)] * columns)]
    return fit(show_table(sample.table(Purpose.NONE, _estimates(columns), rows)))


def test_a_narrow_table_keeps_its_intervals_beside_its_values() -> None:
    assert (fitted(3).points, fitted(3).intervals, len(fitted(3).parts)) == (9.0, Intervals.BESIDE, 1)


def test_a_wider_table_puts_them_below_then_shrinks_then_is_parted() -> None:
    fits = [fitted(n) for n in range(1, 40)]
    assert [f.points for f in fits if len(f.parts) == 1] == sorted(
        (f.points for f in fits if len(f.parts) == 1), reverse=True
    )
    assert fits[-1].points == 8.0
    assert len(fits[-1].parts) > 1


def test_every_part_of_a_parted_table_repeats_the_labels_and_no_column_is_lost() -> None:
    parts = fitted(39).parts
    assert all(part[0] == 0 for part in parts)
    assert sorted(i for part in parts for i in part if i) == list(range(1, 40))


def test_a_word_that_fills_a_column_may_be_parted() -> None:
    columns = (sample.LABEL, sample.column("x", Kind.TEXT, Role.DETAIL))
    rows = [sample.row("Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch", None)]
    found = fit(show_table(sample.table(Purpose.NONE, columns, rows)), room=PAGE_WIDTH)
    assert found.breakable == {0}
