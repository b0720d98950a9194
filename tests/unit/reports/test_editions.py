"""Level one across editions: the trend where a crosswalk is declared, and that it is not where none is."""

import json
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from uuid import UUID

import pytest

from lsp_assess.assessment.consensus import AgreedScore
from lsp_assess.assessment.scores import Respondent
from lsp_assess.disclosure.narrowing import only_rounds
from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Caution, Missing, Number, Strip
from lsp_assess.instruments.scales import Scale, Steps
from lsp_assess.instruments.scoring import Corresponding, Part, ScoringModel
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.messages import Message, given
from lsp_assess.rendering.tables import show_table
from lsp_assess.rendering.wording import say
from lsp_assess.reports.charts import chart_of
from lsp_assess.reports.draft import gated
from lsp_assess.reports.findings import choose
from lsp_assess.reports.headings import finding_rule
from lsp_assess.reports.partners import Driver, DriverRound, EditionRound
from lsp_assess.reports.tables_level_one import level_one_tables
from tests.unit.reports.drivers import FIRST, MODEL, criterion, driver, people

SIX = (20, 30, 40, 50, 60, 70)  # median 45
OTHER = ScoringModel(
    "radar",
    (criterion(1, "purpose", 300, aim=Fraction(1, 2), talk=Fraction(1, 4), sums=Fraction(1, 4)),),
    minimum_coverage=Fraction(2, 3),
    spread_to_discuss=25,
)
SCALE = Scale("radar", (), Steps(0, 100, 5))
NOW = tuple(Corresponding(c.name, c.title, c.parts) for c in MODEL.criteria)


def led(name: str, *parts: str) -> Corresponding:
    shares = Fraction(1, len(parts))
    return Corresponding(name, Text((("en", name),)), tuple(Part(part, shares) for part in parts))


def scored(*by_person: tuple[int, int, int]) -> list[Respondent]:
    return [
        Respondent(
            UUID(int=n),
            UUID(int=n),
            {item: Fraction(s) for item, s in zip(("aim", "talk", "sums"), scores, strict=True)},
        )
        for n, scores in enumerate(by_person, start=1)
    ]


def then(
    held: Sequence[Respondent],
    *criteria: Corresponding,
    note: Message | None = None,
    agreed: tuple[AgreedScore, ...] = (),
) -> EditionRound:
    return EditionRound(
        of=DriverRound(FIRST, tuple(held), agreed),
        model=OTHER,
        scale=SCALE,
        part_titles={part: given(part) for part in ("aim", "talk", "sums")},
        name=given("Edition of seven"),
        source=given("Partners then"),
        criteria=criteria,
        note=note,
        is_other=True,
        threshold=5,
    )


def changed_edition(before: EditionRound, *, now: tuple[int, ...] = SIX) -> Driver:
    """The driver of today in the second round, after another edition in the first."""
    today = driver((), people(*now))
    after = EditionRound(
        of=today.now,
        model=MODEL,
        scale=SCALE,
        part_titles=today.part_titles,
        name=given("Driver"),
        source=today.source,
        criteria=NOW,
        note=None,
        is_other=False,
        threshold=5,
    )
    return replace(today, editions=(before, after))


def tables(of: Driver) -> dict[str, SafeTable]:
    return {table.id: table for table in gated(level_one_tables(of)).tables}


FIVE = scored((10, 40, 0), (20, 50, 0), (30, 60, 0), (40, 70, 0), (50, 80, 100))


def test_a_criterion_is_followed_in_per_cent_through_the_crosswalk_with_the_break_marked() -> None:
    """Medians then: aim 30, talk 60, so leadership 45 %; now vision and trust 60, so 60 %."""
    of = changed_edition(then(FIVE, led("leadership", "aim", "talk")), now=(50, 55, 60, 60, 65, 70))
    shown = tables(of)["level_one.editions"]
    broken = (Caution.SERIES_BREAK,)
    assert shown.cell("leadership", "value:r1").value == Number(45, cautions=broken)
    assert shown.cell("leadership", "value:r2").value == Number(60)
    assert shown.cell("leadership", "change:r1").value == Number(15, cautions=broken)
    assert say(shown.finding) == "Across editions, 1 of 1 criteria stand higher than in 2024 and 0 lower."


def test_a_criterion_that_nothing_leads_to_has_no_trend_and_the_table_says_so() -> None:
    shown = tables(changed_edition(then(FIVE, led("leadership", "aim"))))["level_one.editions"]
    for column in ("value:r1", "change:r1"):
        assert shown.cell("resident_results", column).missing is Missing.NOT_COMPARABLE
    assert shown.cell("resident_results", "value:r2").state is State.SHOWN


def test_a_criterion_that_only_the_earlier_edition_has_stands_below() -> None:
    shown = tables(changed_edition(then(FIVE, led("society", "sums"))))["level_one.editions"]
    assert [row.key for row in shown.rows] == ["leadership", "resident_results", "society"]
    assert shown.cell("society", "value:r2").missing is Missing.NOT_COMPARABLE


def test_without_a_crosswalk_there_is_no_table_and_the_criteria_say_why() -> None:
    shown = tables(changed_edition(then(FIVE)))
    assert "level_one.editions" not in shown
    notes = " ".join(say(note) for note in shown["level_one.criteria"].heading.footnotes)
    assert "2024 used another edition: Edition of seven. No crosswalk" in notes


def test_with_a_crosswalk_the_points_of_the_other_edition_are_not_set_beside_these() -> None:
    criteria = tables(changed_edition(then(FIVE, led("leadership", "aim"))))["level_one.criteria"]
    assert [column.round for column in criteria.columns if column.round] == ["r2"]
    assert any("table of criteria across editions" in say(note) for note in criteria.heading.footnotes)


def test_rounds_of_one_edition_have_no_table_of_editions() -> None:
    today = driver(people(*SIX), people(*SIX))
    same = [
        EditionRound(
            of=one,
            model=MODEL,
            scale=SCALE,
            part_titles=today.part_titles,
            name=given("D"),
            source=today.source,
            criteria=NOW,
            note=None,
            is_other=False,
            threshold=5,
        )
        for one in today.rounds
    ]
    assert "level_one.editions" not in tables(replace(today, editions=tuple(same)))


def test_what_four_people_scored_then_is_withheld_with_its_change() -> None:
    shown = tables(changed_edition(then(FIVE[:4], led("leadership", "aim"))))["level_one.editions"]
    assert shown.cell("leadership", "value:r1").state is State.WITHHELD
    assert shown.cell("leadership", "change:r1").state is State.WITHHELD
    assert say(shown.finding) == "Nothing can be shown here without telling who gave which score."


def test_one_part_that_may_not_be_shown_withholds_the_criterion_it_stands_for() -> None:
    """Four of five gave nought to the sums: with the fifth gone, all of them did."""
    alike = [replace(one, scores={**one.scores, "sums": Fraction(0)}) for one in FIVE]
    shown = tables(
        changed_edition(then(alike, led("leadership", "aim", "sums"), led("resident_results", "talk")))
    )
    table = shown["level_one.editions"]
    assert table.cell("leadership", "value:r1").state is State.WITHHELD
    assert table.cell("resident_results", "value:r1").state is State.SHOWN


def test_the_agreed_scores_go_through_the_same_crosswalk() -> None:
    agreed = (AgreedScore("aim", 40, "Because"), AgreedScore("talk", 70, "Because"))
    of = changed_edition(then(FIVE, led("leadership", "aim", "talk"), agreed=agreed))
    value = tables(of)["level_one.editions"].cell("leadership", "agreed:r1").value
    assert value == Number(55, cautions=(Caution.SERIES_BREAK,))


@pytest.mark.parametrize("language", ["en", "cy"])
def test_the_page_names_the_editions_the_note_of_the_crosswalk_and_the_break(language: str) -> None:
    note = given("Parts were put where they come closest.")
    of = changed_edition(then(FIVE, led("leadership", "aim"), note=note))
    page = show_table(tables(of)["level_one.editions"], language)
    assert [caution for caution, _, _ in page.marks] == [Caution.SERIES_BREAK]
    assert any("Edition of seven" in said for said in page.notes)
    assert any("come closest" in said for said in page.notes)


def test_the_bar_between_editions_is_broken_and_the_key_says_why() -> None:
    spec = chart_of(tables(changed_edition(then(FIVE, led("leadership", "aim"))))["level_one.editions"], say)
    drawn = json.dumps(spec)
    assert drawn.count("strokeDash") == 1
    assert "2024 (another edition)" in drawn


def test_the_scores_behind_the_trend_stand_in_a_table_of_their_round() -> None:
    shown = tables(changed_edition(then(FIVE, led("leadership", "aim"))))["level_one.then.r1"]
    assert [row.key for row in shown.rows] == ["aim", "talk", "sums"]
    assert shown.cell("aim", "scores:r1").value == Strip(((10, 1), (20, 1), (30, 1), (40, 1), (50, 1)))
    assert shown.cell("talk", "median:r1").value == Number(60)
    assert [label.key for label in shown.heading.rounds] == ["r1"]
    assert shown.heading.source == given("Partners then")
    assert "level_one.then.r1" not in tables(changed_edition(then(FIVE)))


def test_page_two_tells_the_trend_across_editions_unless_it_is_withheld() -> None:
    shown = tables(changed_edition(then(FIVE, led("leadership", "aim"))))
    assert [found.target for found in choose(tuple(shown.values()))] == [
        "level_one.criteria",
        "level_one.editions",
    ]
    few = tables(changed_edition(then(FIVE[:4], led("leadership", "aim"))))
    assert [found.target for found in choose(tuple(few.values()))] == ["level_one.criteria"]


def test_without_the_earlier_round_nothing_is_left_of_the_change() -> None:
    table = tables(changed_edition(then(FIVE, led("leadership", "aim"))))["level_one.editions"]
    narrowed = only_rounds(table, {"r2"}, finding=finding_rule(table.id))
    assert narrowed is not None
    assert [column.key for column in narrowed.columns] == ["label", "value:r2"]
    assert narrowed.finding is None
