"""Tables of level one, hand-worked."""

from dataclasses import replace
from uuid import UUID

from lsp_assess.assessment.consensus import AgreedScore, Dissent, FindingKind, MeetingFinding
from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Missing, Number, Strip, Words
from lsp_assess.kernel.messages import given
from lsp_assess.rendering.wording import say
from lsp_assess.reports.draft import gated
from lsp_assess.reports.partners import Driver, Said
from lsp_assess.reports.tables_level_one import level_one_tables
from tests.unit.reports.drivers import driver, people, person

SPREAD = (20, 30, 40, 50, 60, 70)  # median 45


def tables(of: Driver) -> dict[str, SafeTable]:
    return {table.id: table for table in gated(level_one_tables(of)).tables}


def test_6a_at_40_and_6b_at_60_make_90_of_200() -> None:
    held = [person(i, 10 * i, 10 * i, 40 + 5 * (i - 3), 60 + 5 * (i - 3)) for i in range(1, 6)]
    shown = tables(driver(held))["level_one.criteria"]
    assert shown.cell("resident_results", "value:r1").value == Number(90)


def test_the_total_is_rounded_once_and_its_change_is_that_of_the_exact_totals() -> None:
    shown = tables(driver(people(*SPREAD), people(30, 40, 50, 60, 70, 80)))["level_one.criteria"]
    assert shown.cell("total", "value:r1").value == Number(135)  # 45 % of 300
    assert shown.cell("total", "change:r1").value == Number(30)
    assert say(shown.finding) == "The partners score the partnership 165 of 300 points, 30 more than in 2024."


def test_every_score_stands_in_the_strip() -> None:
    shown = tables(driver(people(20, 20, 40, 50, 60, 70)))["level_one.scores.leadership"]
    assert shown.cell("vision", "scores:r1").value == Strip(((20, 2), (40, 1), (50, 1), (60, 1), (70, 1)))
    assert shown.cell("vision", "median:r1").value == Number(45)
    finding = " ".join(say(shown.finding).split())
    assert finding == "People differ most on “vision”: the scores run from 20 to 70."


def test_rwg_is_measured_against_the_uniform_over_twenty_one_points() -> None:
    """s² of 20, 30 … 70 is 350; σ²ᵤ = 25·(21² − 1)/12 = 916.67; rwg = 1 − 0.3818 = 0.62."""
    shown = tables(driver(people(*SPREAD)))["level_one.scores.leadership"]
    assert shown.cell("vision", "rwg:r1").value == Number(0.62)
    assert shown.cell("vision", "deviation:r1").value == Number(15)


def test_where_nine_in_ten_say_the_same_the_part_its_criterion_and_the_total_are_withheld() -> None:
    alike = [person(i, 50, 10 * i, 10 * i, 10 * i) for i in range(1, 11)]
    shown = tables(driver(alike))
    assert shown["level_one.scores.leadership"].cell("vision", "median:r1").state is State.WITHHELD
    assert shown["level_one.scores.leadership"].cell("trust", "median:r1").state is State.SHOWN
    assert shown["level_one.criteria"].cell("leadership", "value:r1").state is State.WITHHELD
    assert shown["level_one.criteria"].cell("total", "value:r1").state is State.WITHHELD
    assert shown["level_one.criteria"].cell("resident_results", "value:r1").state is State.SHOWN


def test_organisations_are_counted_once_by_the_median_of_their_people() -> None:
    """Two people of one organisation up, one organisation down, four up: five up, one down."""
    organisations = (1, 1, 2, 3, 4, 5, 6)
    before = [person(i, 40 + i, organisation=o) for i, o in enumerate(organisations)]
    after = [person(i, 30 if o == 6 else 60 + i, organisation=o) for i, o in enumerate(organisations)]
    shown = tables(driver(before, after))["level_one.matched.r1"]
    assert [shown.cell("vision", way).value.amount for way in ("up", "same", "down")] == [5, 0, 1]
    assert shown.cell("vision", "matched").value == Number(7)


def test_fewer_than_six_organisations_that_changed_are_not_tested() -> None:
    before = people(*SPREAD)
    after = [*people(20), *people(25, 45, 45, 65, 75, start=2)]
    shown = tables(driver(before, after))["level_one.matched.r1"]
    assert shown.cell("vision", "p").missing is Missing.NOT_TESTABLE


def test_five_of_six_organisations_up_are_tested_exactly() -> None:
    """Signed ranks 1 (down) and 2 to 6 (up): of the 64 ways to sign them four lie as far out, p = 0.06."""
    before = people(20, 30, 40, 50, 60, 70)
    after = people(15, 40, 55, 70, 85, 100)
    shown = tables(driver(before, after))["level_one.matched.r1"]
    assert shown.cell("vision", "p").value == Number(0.06)


def test_a_sector_of_four_hides_with_the_next_smallest() -> None:
    sizes = {"police": 4, "health": 6, "council": 7}
    held, sectors = [], {}
    for sector, n in sizes.items():
        for _ in range(n):
            number = len(held) + 1
            held.append(person(number, 5 * number))
            sectors[UUID(int=1000 + number)] = sector
    shown = tables(driver(held, sectors=sectors))["level_one.sectors"]
    states = {sector: shown.cell("vision", sector).state for sector in sizes}
    assert states == {"police": State.WITHHELD, "health": State.WITHHELD, "council": State.SHOWN}


def test_the_agreed_score_stands_beside_the_median_with_how_far_the_meeting_moved() -> None:
    agreed = (AgreedScore("vision", 60, "The plan is now shared", (Dissent("Too high"),)),)
    shown = tables(driver(people(*SPREAD), agreed=agreed))
    table = shown["level_one.agreed"]
    assert [table.cell("vision", key).value.amount for key in ("median", "agreed", "moved")] == [45, 60, 15]
    assert table.cell("vision", "dissent").value == Words(given("Too high"))
    assert shown["level_one.scores.leadership"].cell("vision", "agreed:r1").value == Number(60)


def test_what_four_people_wrote_is_not_shown() -> None:
    few = Said("leadership", ("CANARY-901",), (), 4)
    enough = Said("resident_results", ("We listen",), (), 5)
    shown = tables(replace(driver(people(*SPREAD)), said=(few, enough)))["level_one.said"]
    assert "CANARY-901" not in repr(shown)
    assert shown.cell("leadership", "strengths").state is State.WITHHELD
    assert shown.cell("resident_results", "strengths").value == Words(given("We listen"))


def test_findings_of_the_meeting_are_ranked_by_impact_times_feasibility() -> None:
    findings = (
        MeetingFinding(FindingKind.IMPROVEMENT, "Share data", impact=5, feasibility=2),
        MeetingFinding(FindingKind.STRENGTH, "Residents chair", impact=4, feasibility=4),
    )
    shown = tables(replace(driver(people(*SPREAD)), findings=findings))["level_one.ranked"]
    assert [row.cells[0].value for row in shown.rows] == [
        Words(given("Residents chair")),
        Words(given("Share data")),
    ]
    assert shown.cell("1", "rank").value == Number(16)


def test_without_a_self_assessment_there_is_no_table() -> None:
    assert tables(driver(people(*SPREAD), ())) == {}
