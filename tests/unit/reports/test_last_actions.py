"""What became of the last actions: never left out, with who helped and how it goes."""

from dataclasses import replace

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.disclosure.values import Words
from lsp_assess.kernel.messages import given
from lsp_assess.rendering.wording import say
from lsp_assess.reports.comparative import comparative_report
from lsp_assess.reports.draft import gated
from lsp_assess.reports.model import Nothing, Section, SectionKey
from lsp_assess.reports.tables_actions import ActionLight, ActionStatus, ActionTold, action_tables
from tests.unit.reports.worlds import FIRST, SECOND, action, evidence, release

NEVER_PUBLISHED = RoundStated("r0", given("Pilot"), 0)


def section(*actions: ActionTold) -> Section:
    """Of a report of the second round alone."""
    made = comparative_report([release(evidence(actions=actions, stories=None), stories=())], stories={})
    return made.section(SectionKey.LAST_ACTIONS)


def tables(*actions: ActionTold) -> dict[str, SafeTable]:
    return {table.id: table for table in gated(action_tables(actions, source=given("Records"))).tables}


def test_a_report_of_one_round_tells_what_became_of_the_actions_of_the_rounds_it_leaves_out() -> None:
    shown = section(
        action(ActionStatus.DONE, changed="Signed"),
        action(ActionStatus.PLANNED, changed=None, round_=NEVER_PUBLISHED),
        action(ActionStatus.PLANNED, changed=None, round_=SECOND),
    )
    assert [table.id for table in shown.tables] == ["last_actions.r0", "last_actions.r1"]
    assert shown.finding is not None
    assert say(shown.finding) == "1 of 2 actions are done."


def test_where_the_last_round_led_to_no_action_that_is_said() -> None:
    shown = section(action(ActionStatus.DONE, changed="Signed", round_=NEVER_PUBLISHED))
    said = [say(block.reason) for block in shown.blocks if isinstance(block, Nothing)]
    assert said == [f"No actions were recorded after {say(FIRST.name)}."]


def test_an_action_tells_who_helps_and_how_it_goes() -> None:
    told = replace(
        action(ActionStatus.UNDER_WAY, changed=None),
        light=ActionLight.RED,
        contributors=("Police", "Health"),
    )
    table = tables(told)["last_actions.r1"]
    cells = {column.key: cell.value for column, cell in zip(table.columns, table.rows[0].cells, strict=True)}
    owner, status = cells["owner"], cells["status"]
    assert isinstance(owner, Words)
    assert isinstance(status, Words)
    assert say(owner.message) == "Council, with Police, Health"
    assert say(status.message) == "under way, off track"
    assert table.rows[0].group == "under_way", "the count of what is done reads the status alone"
