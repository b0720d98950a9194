"""Level one as evidence for the six accreditation criteria: the crosswalk, and what stands under it."""

from dataclasses import replace
from uuid import UUID

import pytest

from lsp_assess.assessment.consensus import AgreedScore, FindingKind, MeetingFinding
from lsp_assess.assessment.evidence import Relied
from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.instruments import parse
from lsp_assess.instruments.frameworks import Framework, FrameworkCriterion, parse_framework
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.errors import Invalid
from lsp_assess.kernel.messages import given
from lsp_assess.rendering.wording import say
from lsp_assess.reports.draft import gated
from lsp_assess.reports.partners import Driver, Said
from lsp_assess.reports.tables_actions import ActionStatus, ActionTold
from lsp_assess.reports.tables_level_one_frameworks import framework_tables
from lsp_assess.shipped import shipped_folder
from tests.unit.reports.drivers import driver, people, person
from tests.unit.reports.worlds import action

SHIPPED = shipped_folder("questionnaires")
SIX = ["strategic", "inclusive", "action_focused", "performance_managed", "efficient", "learning"]
FRAMEWORK = Framework(
    "accreditation",
    Text((("en", "Six criteria"),)),
    (
        FrameworkCriterion(
            "strategic",
            Text((("en", "Strategic"),)),
            Text((("en", "It has a plan"),)),
            {"driver": ("vision",)},
        ),
        FrameworkCriterion("other", Text((("en", "Other"),)), Text((("en", "x"),)), {"another": ("vision",)}),
    ),
)


def shipped() -> Framework:
    path = SHIPPED / "frameworks" / "accreditation.yaml"
    return parse_framework(path.read_text(encoding="utf-8"), file=path.name)


@pytest.mark.parametrize("edition", ["lsp_driver", "lsp_driver_2010", "lsp_driver_2020"])
def test_every_part_of_every_edition_is_evidence_for_one_of_the_six_criteria(edition: str) -> None:
    framework = shipped()
    assert [criterion.name for criterion in framework.criteria] == SIX
    instrument = parse((SHIPPED / f"{edition}.yaml").read_text(encoding="utf-8"), file=edition)
    assert instrument.scoring is not None
    parts = {part.item for criterion in instrument.scoring.criteria for part in criterion.parts}
    assert {part for criterion in framework.criteria for part in criterion.parts[edition]} == parts
    assert all(criterion.parts[edition] for criterion in framework.criteria)


def test_a_framework_that_is_not_complete_is_refused_with_its_line() -> None:
    with pytest.raises(Invalid) as refused:
        parse_framework("name: one\nlanguages: {en: reviewed}\ncriteria: [{name: a}]\n", file="one.yaml")
    assert {(each.code, each.place.line) for each in refused.value.problems} >= {("Q102", 1), ("Q102", 3)}


def tables(of: Driver, *actions: ActionTold) -> dict[str, SafeTable]:
    return {table.id: table for table in gated(framework_tables((FRAMEWORK,), of, actions)).tables}


def words(table: SafeTable, row: str) -> str:
    value = table.cell(row, "in_words").value
    assert isinstance(value, Words)
    return say(value.message)


def test_a_criterion_holds_medians_agreed_scores_findings_and_actions_of_its_parts() -> None:
    findings = (
        MeetingFinding(FindingKind.STRENGTH, "Residents chair", 4, 4, criterion="leadership"),
        MeetingFinding(FindingKind.IMPROVEMENT, "Data", 4, 4, criterion="resident_results"),
    )
    agreed = (AgreedScore("vision", 60, "The plan is shared"),)
    of = replace(driver(people(20, 30, 40, 50, 60, 70), agreed=agreed), findings=findings)
    found = tables(
        of,
        replace(action(ActionStatus.DONE, changed="Signed by all"), part="vision"),
        replace(action(ActionStatus.PLANNED, changed=None), part="trust"),
    )
    assert list(found) == ["level_one.framework.accreditation.strategic"]
    table = found["level_one.framework.accreditation.strategic"]
    assert [row.key for row in table.rows] == ["part:vision", "finding:leadership:0", "action:r1-done"]
    assert table.cell("part:vision", "score").value == Number(45)
    assert table.cell("part:vision", "agreed_score").value == Number(60)
    assert words(table, "part:vision") == "The plan is shared"
    assert words(table, "finding:leadership:0") == "Residents chair"
    assert words(table, "action:r1-done") == "done: Signed by all"


def test_evidence_that_an_agreed_score_relies_on_stands_once_under_the_criterion() -> None:
    item, other = UUID(int=7), UUID(int=8)
    survey, old = (
        Relied(item, "Partners' survey", was_stale=False),
        Relied(other, "Plan of 2019", was_stale=True),
    )
    agreed = (
        AgreedScore("vision", 60, "Shared", evidence=(survey, old)),
        AgreedScore("trust", 50, "Growing", evidence=(survey,)),
    )
    table = tables(driver(people(20, 30, 40, 50, 60, 70), agreed=agreed))[
        "level_one.framework.accreditation.strategic"
    ]
    assert [row.key for row in table.rows] == ["part:vision", f"evidence:{item}", f"evidence:{other}"]
    assert words(table, f"evidence:{item}") == "For: vision"
    assert words(table, f"evidence:{other}") == "For: vision. Out of date when the score was agreed."


def test_what_four_people_wrote_is_withheld_here_too() -> None:
    of = replace(driver(people(20, 30, 40, 50, 60, 70)), said=(Said("leadership", ("CANARY-5",), (), 4),))
    table = tables(of)["level_one.framework.accreditation.strategic"]
    assert "CANARY-5" not in repr(table)
    states = {table.cell(f"{kind}:leadership", "in_words").state for kind in ("strength", "improvement")}
    assert states == {State.WITHHELD}


def test_a_part_that_is_withheld_is_withheld_as_evidence() -> None:
    alike = [person(i, 50) for i in range(1, 8)]
    table = tables(replace(driver(alike), source=given("Driver")))[
        "level_one.framework.accreditation.strategic"
    ]
    assert table.cell("part:vision", "score").state is State.WITHHELD
