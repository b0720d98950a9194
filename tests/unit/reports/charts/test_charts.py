"""What each chart draws of its table. Words are those of the English catalogue."""

from datetime import date

import pytest

from lsp_assess.disclosure.tables import Kind, Purpose, RawCell, Role, SafeTable, Unit
from lsp_assess.disclosure.values import Estimate, Missing, Moment, Number
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts import chart_of, charts_of
from lsp_assess.reports.charts.marks import height_of
from lsp_assess.reports.charts.theme import WIDTH
from tests.unit.rendering import sample_tables as sample


def spec(table: SafeTable) -> dict:
    made = chart_of(table, say)
    assert made is not None
    return made


def marks(made: dict, type_: str, **look: object) -> list[dict]:
    return [
        each
        for each in made["layer"]
        if each["mark"]["type"] == type_ and all(each["mark"].get(k) == v for k, v in look.items())
    ]


def values(layers: list[dict]) -> list[dict]:
    return [value for each in layers for value in each["data"]["values"]]


def words(made: dict) -> list[str]:
    return [str(value["words"]) for value in values(marks(made, "text")) if "words" in value]


@pytest.mark.parametrize("purpose", sample.MAKERS)
def test_a_chart_is_as_wide_as_the_page_whatever_its_names(purpose: Purpose) -> None:
    for names in (("A",), (sample.LONG,), tuple(f"{i} {sample.LONG}" for i in range(30))):
        made = spec(sample.MAKERS[purpose](*names))
        assert made["padding"]["left"] + made["width"] + made["padding"]["right"] == pytest.approx(WIDTH)
        assert made["width"] >= 150


@pytest.mark.parametrize("purpose", sample.COLUMNS)
def test_nothing_is_drawn_where_all_is_withheld_or_there_is_nothing(purpose: Purpose) -> None:
    assert chart_of(sample.all_withheld(purpose), say) is None
    assert chart_of(sample.no_rows(purpose), say) is None


@pytest.mark.parametrize("purpose", [Purpose.CHANGE, Purpose.AREAS, Purpose.SCORES, Purpose.DISTRIBUTION])
def test_a_tall_chart_is_cut_into_pieces_that_fit_a_page_on_one_scale(purpose: Purpose) -> None:
    names = [f"{i} {sample.LONG}" for i in range(60)]
    pieces = charts_of(sample.MAKERS[purpose](*names), say, tallest=760)
    assert len(pieces) > 1
    assert all(height_of(piece) <= 780 for piece in pieces)
    scales = {
        str(marks(piece, "point", opacity=0)[0]["encoding"]["x"]["scale"]["domain"]) for piece in pieces
    }
    assert len(scales) == 1
    drawn = " ".join(word.replace("\n", " ") for piece in pieces for word in words(piece))
    assert all(name in drawn for name in names)


def test_a_table_without_a_purpose_has_no_chart() -> None:
    assert chart_of(sample.table(Purpose.NONE, sample.AREAS_COLUMNS, []), say) is None


def test_every_partner_is_a_dot_and_a_withheld_part_shows_none() -> None:
    made = spec(sample.scores())
    circles = [each for each in marks(made, "point", shape="circle") if len(each["data"]["values"]) > 1]
    assert [len(each["data"]["values"]) for each in circles] == [7, 7]
    assert all(0 <= value["y"] < 1 for value in values(circles))
    assert words(made).count("[c]") == 3  # in the row, and for the median and the agreed score


def test_partners_with_one_score_do_not_hide_each_other() -> None:
    circles = marks(spec(sample.scores()), "point", shape="circle")
    places = [(value["x"], value["y"]) for value in values(circles) if "x" in value]
    assert len(set(places)) == len(places) == 14


def test_criteria_stand_in_the_order_of_the_model_and_the_total_is_not_a_dumbbell() -> None:
    made = spec(sample.criteria("Strategy", "Leadership", "People"))
    bars = values(marks(made, "rule", strokeWidth=4))
    assert [(bar["x"], bar["x2"]) for bar in bars] == [(40, 60)] * 3
    assert [w for w in words(made) if w in ("Strategy", "Leadership", "People", "Total")] == [
        "Strategy",
        "Leadership",
        "People",
    ]
    assert words(made).count("+20") == 3


def test_points_are_measured_from_nought() -> None:
    (axis,) = [e for e in marks(spec(sample.criteria()), "point") if e["encoding"]["x"].get("axis")]
    assert axis["encoding"]["x"]["scale"]["domain"][0] == 0


def test_a_distribution_parts_at_the_middle_of_the_neutral_answer() -> None:
    made = spec(sample.distribution())
    bars = values(marks(made, "rect"))
    assert [(bar["x"], bar["x2"]) for bar in bars] == [(-45, -35), (-35, -15), (-15, 15), (15, 40), (40, 55)]
    assert words(made).count("[c]") == 2
    assert "+10" in words(made)


def test_those_who_did_not_say_stand_apart_from_the_scale() -> None:
    silent = sample.column("answer:missing:dont_know", Kind.PERCENT, Role.CATEGORY, unit=Unit.PERCENT)
    columns = (*sample.DISTRIBUTION_COLUMNS[:6], silent, *sample.DISTRIBUTION_COLUMNS[6:])
    rows = [sample.row("2025", *[Number(x) for x in (10, 20, 20, 25, 15, 10)], Number(10))]
    bars = values(marks(spec(sample.table(Purpose.DISTRIBUTION, columns, rows)), "rect"))
    assert [(bar["x"], bar["x2"]) for bar in bars][2:] == [(-10, 10), (10, 35), (35, 50), (53, 63)]
    assert bars[-1]["fill"] not in {bar["fill"] for bar in bars[:-1]}


def test_answers_without_a_better_end_begin_at_nought() -> None:
    rows = [sample.row("2025", *[Number(20)] * 5, RawCell(missing=Missing.NOT_APPLICABLE))]
    made = spec(sample.table(Purpose.DISTRIBUTION, sample.DISTRIBUTION_COLUMNS, rows))
    bars = values(marks(made, "rect"))
    assert [bar["x"] for bar in bars] == [0, 20, 40, 60, 80]
    assert len({bar["fill"] for bar in bars}) == 5
    assert "Net balance" not in words(made)


def test_more_answers_than_an_eye_can_tell_apart_are_left_to_the_table() -> None:
    many = [
        sample.column(f"a{i}", Kind.PERCENT, Role.CATEGORY, unit=Unit.PERCENT, heading=f"a{i}")
        for i in range(8)
    ]
    table = sample.table(Purpose.DISTRIBUTION, (sample.LABEL, *many), [sample.row("r", *[Number(12)] * 8)])
    assert chart_of(table, say) is None


def test_an_area_with_a_small_base_is_hollow() -> None:
    made = spec(sample.areas())
    hollow = [v for v in values(marks(made, "point", fill="#ffffff")) if "x" in v]
    assert [v["x"] for v in hollow] == [50]
    assert "60 (55 to 65)" in words(made)
    assert "All: 58" in words(made)


def test_a_change_is_drawn_about_nought_with_the_band_that_does_not_matter() -> None:
    made = spec(sample.change())
    bands = [v for v in values(marks(made, "rect")) if "x2" in v]
    assert [(band["x"], band["x2"]) for band in bands] == [(-4, 4), (-4, 4)]
    (axis,) = [e for e in marks(made, "point") if e["encoding"].get("x", {}).get("axis")]
    low, high = axis["encoding"]["x"]["scale"]["domain"]
    assert low == -high
    assert {"+9.1 (+4.0 to +14.2)", "material change", "inconclusive"} <= set(words(made))


def test_a_break_parts_the_line_and_is_named() -> None:
    made = spec(sample.series())
    (line,) = marks(made, "line", strokeWidth=2.2)
    parts = [value["part"] for value in line["data"]["values"]]
    assert parts == [0, 0, 0, 1, 1, 1]
    assert "break in the series" in words(made)


def test_the_light_at_the_end_has_its_shape_and_its_word() -> None:
    red, open_ = spec(sample.series(5)), spec(sample.series(6))
    assert marks(red, "point", shape="square")
    assert any(w.replace("\n", " ").endswith(", red") for w in words(red))
    assert marks(open_, "point", shape="diamond")
    assert any("cannot tell" in w.replace("\n", " ") for w in words(open_))


def test_the_names_at_the_ends_of_lines_do_not_touch() -> None:
    made = spec(sample.series())
    ends = [
        each["encoding"]["y"]["value"]
        for each in marks(made, "text", align="left")
        if each["encoding"]["x"] == {"value": made["width"] + 26}
    ]
    assert len(ends) == 3
    assert all(later - earlier >= 15 for earlier, later in zip(sorted(ends), sorted(ends)[1:], strict=False))


def test_small_multiples_share_one_scale() -> None:
    made = spec(sample.multiples("A", "B", "C", "D"))
    lines = marks(made, "line", strokeWidth=2)
    heights = [[value["y"] for value in line["data"]["values"]] for line in lines]
    assert len(lines) == 4
    assert heights[0] == heights[1] == heights[2]
    assert [y - heights[0][0] for y in heights[0]] == pytest.approx([y - heights[3][0] for y in heights[3]])


def test_integrated_lies_at_the_hub_and_separate_at_the_rim() -> None:
    made = spec(sample.wheel())
    dots = [
        [(v["x"] ** 2 + v["y"] ** 2) ** 0.5 for v in each["data"]["values"]]
        for each in marks(made, "point", shape="circle")
        if len(each["data"]["values"]) == 3
    ]
    before, now = dots
    assert before == pytest.approx([150] * 3)
    assert now == pytest.approx([14] * 3)


def test_items_at_one_place_are_set_apart_and_every_name_is_listed() -> None:
    made = spec(sample.feasibility("One", "Two", "Three"))
    places = [(v["x"], v["y"]) for v in values(marks(made, "point", size=230))]
    assert len(set(places)) == 3
    assert {"One", "Two", "Three"} <= set(words(made))


def test_the_map_has_the_whole_scale_of_the_votes_whatever_was_voted() -> None:
    for impact in (1, 3, 5):
        rows = [sample.row("One", Number(impact), Number(2))]
        made = spec(sample.table(Purpose.FEASIBILITY, sample.FEASIBILITY_COLUMNS, rows))
        (drawn,) = (one for one in marks(made, "point", size=230))
        for axis in ("x", "y"):
            assert drawn["encoding"][axis]["scale"]["domain"] == [0.7, 5.3]
            assert drawn["encoding"][axis]["axis"]["values"] == [1, 2, 3, 4, 5]


def counts(england: float) -> SafeTable:
    columns = [
        sample.LABEL,
        sample.column("ends", Kind.TIME, Role.TIME),
        sample.column("Borough", Kind.ESTIMATE, Role.VALUE, unit=Unit.PLAIN),
        sample.column("England", Kind.ESTIMATE, Role.COMPARATOR, unit=Unit.PLAIN),
    ]
    rows = [
        sample.row(str(year), Moment(date(year, 12, 31)), Estimate(40), Estimate(england))
        for year in (2024, 2025)
    ]
    return sample.table(Purpose.SERIES, columns, rows)


def test_a_comparator_that_would_press_the_line_flat_is_named_and_not_drawn() -> None:
    said = words(spec(counts(12_000)))
    assert not any(word.startswith("England") for word in said)
    assert "Not drawn, being on another scale: England. See the table." in said
    assert any(word.startswith("England") for word in words(spec(counts(150))))


def test_thousands_on_an_axis_are_parted_as_in_a_text() -> None:
    made = spec(counts(150))
    assert "\\u202f" in made["config"]["axis"]["labelExpr"].encode("unicode_escape").decode()


def test_on_paper_areas_without_a_figure_are_left_to_a_note() -> None:
    drawn = words(charts_of(sample.areas(), say, tallest=760)[0])
    assert "[c]" not in drawn
    assert "[c]" in words(spec(sample.areas()))
    assert charts_of(sample.all_withheld(Purpose.AREAS), say, tallest=760) == ()


def test_the_change_beside_the_criteria_is_the_one_that_the_finding_tells() -> None:
    columns = (
        *sample.CRITERIA_COLUMNS[:3],
        sample.column("change1", Kind.SCORE, Role.CHANGE, unit=Unit.PLAIN, round_="r1", heading="Since 2023"),
        sample.column("change2", Kind.SCORE, Role.CHANGE, unit=Unit.PLAIN, round_="r2", heading="Since 2024"),
    )
    rows = [sample.row("Vision", Number(40), Number(60), Number(20), Number(5))]
    said = words(spec(sample.table(Purpose.CRITERIA, columns, rows)))
    assert "Since 2023" in said
    assert "Since 2024" not in said
