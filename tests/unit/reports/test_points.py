"""How the points are made up, by hand: part of criterion of total, and the attributes below a part."""

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from lsp_assess.assessment.consensus import AgreedScore
from lsp_assess.assessment.scores import Respondent
from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Missing, Number
from lsp_assess.instruments.scoring import Attribute, Element, GroupElements
from lsp_assess.reports.draft import gated
from lsp_assess.reports.partners import Driver
from lsp_assess.reports.tables_level_one import level_one_tables
from tests.unit.reports.drivers import MODEL, driver, people, person

ELEMENTS = GroupElements(
    "enabler", (Element("approach", None, (Attribute("sound"), Attribute("integrated"))),), cap="sound"
)


def tables(of: Driver) -> dict[str, SafeTable]:
    return {table.id: table for table in gated(level_one_tables(of)).tables}


def held() -> list[Respondent]:
    """Medians 40, 60, 40 and 60."""
    return [
        person(i, 20 + 10 * (i - 1), 40 + 10 * (i - 1), 20 + 10 * (i - 1), 40 + 10 * (i - 1))
        for i in range(1, 6)
    ]


def amounts(table: SafeTable, row: str, *columns: str) -> list[float]:
    values = [table.cell(row, column).value for column in columns]
    return [value.amount for value in values if isinstance(value, Number)]


def test_points_go_from_the_part_to_the_criterion_to_the_total() -> None:
    """Vision 40 and trust 60 at half of 100 points each give 20 and 30; 6a at 40 and 6b at 60 give 60 and 30
    of 200: 140 of 300."""
    shown = tables(driver(held()))["level_one.points"]
    made = ("score", "points", "possible", "share")
    assert amounts(shown, "vision", *made) == [40, 20, 50, 50]
    assert amounts(shown, "trust", *made) == [60, 30, 50, 50]
    assert amounts(shown, "perceptions", *made) == [40, 60, 150, 75]
    assert amounts(shown, "measures", *made) == [60, 30, 50, 25]
    assert amounts(shown, "criterion:leadership", "score", "points", "possible") == [50, 50, 100]
    assert amounts(shown, "criterion:resident_results", "score", "points", "possible") == [45, 90, 200]
    assert amounts(shown, "total", "points", "possible") == [140, 300]


def test_the_agreed_scores_go_the_same_way_beside() -> None:
    agreed = tuple(AgreedScore(item, 80, "So") for item in ("vision", "trust"))
    shown = tables(driver(held(), agreed=agreed))["level_one.points"]
    assert amounts(shown, "vision", "agreed_score", "agreed_points") == [80, 40]
    assert amounts(shown, "criterion:leadership", "agreed_score", "agreed_points") == [80, 80]
    assert shown.cell("perceptions", "agreed_points").missing is Missing.NO_DATA
    assert shown.cell("total", "agreed_points").missing is Missing.TOO_LITTLE_COVERED


def test_where_nobody_scored_a_part_the_other_gives_all_points_of_the_criterion() -> None:
    unknown = [replace(one, scores={k: v for k, v in one.scores.items() if k != "trust"}) for one in held()]
    shown = tables(driver(unknown))["level_one.points"]
    assert amounts(shown, "vision", "score", "points", "possible") == [40, 40, 50]
    assert shown.cell("trust", "points").state is State.WITHHELD
    assert amounts(shown, "criterion:leadership", "points") == [40]


def test_a_part_that_is_withheld_takes_the_points_of_its_criterion_and_the_total_with_it() -> None:
    alike = [person(i, 50, 10 * i, 10 * i, 10 * i) for i in range(1, 11)]
    shown = tables(driver(alike))["level_one.points"]
    for row in ("vision", "criterion:leadership", "total"):
        assert shown.cell(row, "points").state is State.WITHHELD
    assert shown.cell("trust", "points").state is State.SHOWN
    assert amounts(shown, "criterion:resident_results", "points") == [110]


def by_attributes(people: Sequence[Respondent], *, of: int) -> Driver:
    """The first `of` people scored vision by its attributes: sound as the part, integrated 10 above."""
    detailed = [
        replace(
            one,
            attributes={"vision": {"sound": one.scores["vision"], "integrated": one.scores["vision"] + 10}},
        )
        if place < of
        else one
        for place, one in enumerate(people)
    ]
    return replace(driver(detailed), model=replace(MODEL, elements=(ELEMENTS,)))


def test_attributes_stand_below_their_part_with_how_many_scored_by_them() -> None:
    shown = tables(by_attributes(people(20, 30, 40, 50, 60, 70), of=6))["level_one.attributes.leadership"]
    assert [row.key for row in shown.rows] == ["vision/sound", "vision/integrated"]
    assert amounts(shown, "vision/sound", "median:r1", "base:r1") == [45, 6]
    assert amounts(shown, "vision/integrated", "median:r1", "base:r1") == [55, 6]


def test_two_who_scored_the_part_itself_do_not_follow_by_subtraction() -> None:
    shown = tables(by_attributes(people(20, 30, 40, 50, 60, 70, 80, 90), of=6))
    attributes = shown["level_one.attributes.leadership"]
    assert attributes.cell("vision/sound", "median:r1").state is State.WITHHELD
    assert shown["level_one.scores.leadership"].cell("vision", "median:r1").state is State.SHOWN


def test_without_attributes_there_is_no_table_of_them() -> None:
    assert not [id_ for id_ in tables(driver(held())) if id_.startswith("level_one.attributes.")]


def test_a_score_of_a_third_keeps_its_precision_until_it_is_shown() -> None:
    thirds = [
        replace(one, scores={**one.scores, "vision": Fraction(100, 3) * i}) for i, one in enumerate(held())
    ]
    shown = tables(driver(thirds))["level_one.points"]
    assert amounts(shown, "vision", "score", "points") == [66.7, 33.3]
