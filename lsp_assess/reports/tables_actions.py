"""Closing the loop: what became of the actions decided on after each earlier round."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    SafeTable,
    State,
)
from lsp_assess.disclosure.values import Moment, Words
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft


class ActionStatus(StrEnum):
    PLANNED = "planned"
    UNDER_WAY = "under_way"
    DONE = "done"
    DROPPED = "dropped"


class ActionLight(StrEnum):
    """How an action goes that is neither done nor dropped."""

    GREEN = "green"
    AMBER = "amber"
    RED = "red"


OPEN = frozenset({ActionStatus.PLANNED, ActionStatus.UNDER_WAY})


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionTold:
    """`round` is the one whose findings led to it, `part` the item of the part that it is to lift."""

    key: str
    round: RoundStated
    finding: str
    decision: str
    title: str
    owner: Message | None
    due: date | None
    status: ActionStatus
    what_changed: str | None
    light: ActionLight | None = None
    contributors: tuple[str, ...] = ()
    part: str | None = None


def action_tables(actions: Sequence[ActionTold], *, source: Message) -> Draft:
    """One table a round, also of a round that was never published; those of the published round are the plan
    that the next report opens with."""
    rounds = sorted({action.round.key: action.round for action in actions}.values(), key=lambda r: r.ordinal)
    tables = [_table([one for one in actions if one.round == round_], round_, source) for round_ in rounds]
    return Draft(tables=tuple(tables), findings={t.heading.id: actions_finding for t in tables})


def _table(actions: Sequence[ActionTold], round_: RoundStated, source: Message) -> RawTable:
    def text(key: str) -> Column:
        return Column(key=key, kind=Kind.TEXT, heading=message(f"actions.column.{key}"))

    return RawTable(
        heading=Heading(
            id=f"last_actions.{round_.key}",
            title=message("actions.title.of_round", round=round_.name),
            purpose=Purpose.NONE,
            base=message("actions.base.all"),
            source=source,
            rounds=round_labels(round_),
        ),
        columns=(
            label_column(message("actions.column.action")),
            text("finding"),
            text("decision"),
            text("owner"),
            Column(key="due", kind=Kind.TIME, heading=message("actions.column.due")),
            text("status"),
            text("what_changed"),
        ),
        rows=tuple(_row(action) for action in actions),
    )


def _row(action: ActionTold) -> RawRow:
    changed = action.what_changed
    return RawRow(
        key=action.key,
        group=action.status.value,
        cells=(
            label(given(action.title)),
            RawCell(Words(given(action.finding))),
            RawCell(Words(given(action.decision))),
            RawCell(None if action.owner is None else Words(_who(action.owner, action.contributors))),
            RawCell(None if action.due is None else Moment(action.due)),
            RawCell(Words(stands(action))),
            RawCell(Words(given(changed)) if changed else None),
        ),
    )


def _who(owner: Message, contributors: Sequence[str]) -> Message:
    if not contributors:
        return owner
    return message("actions.owner_with", owner=owner, others=", ".join(contributors))


def stands(action: ActionTold) -> Message:
    status = message(f"actions.status.{action.status.value}")
    if action.light is None:
        return status
    light = message(f"actions.light.{action.light.value}")
    return message("actions.status_with_light", status=status, light=light)


def actions_finding(table: SafeTable) -> Message | None:
    """How many are done, and how many of those say what changed: an unclosed loop is seen."""
    return all_actions_finding((table,))


def all_actions_finding(tables: Sequence[SafeTable]) -> Message | None:
    """The same over several rounds; None without any."""
    rows = [(row, table.column("what_changed")) for table in tables for row in table.rows]
    if not rows:
        return None
    statuses = [row.group for row, _ in rows]
    silent = sum(
        row.group == ActionStatus.DONE and row.cells[place].state is State.NOT_AVAILABLE
        for row, place in rows
    )
    done = statuses.count(ActionStatus.DONE.value)
    code = "actions.finding.done_silent" if silent else "actions.finding.done"
    return message(code, n=len(statuses), done=done, silent=silent)
