"""A table that repeats its columns for every round, told the other way: a line for each round."""

from dataclasses import dataclass, replace

from lsp_assess.disclosure.tables import Role
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.cells import EMPTY, Look, ShownCell
from lsp_assess.rendering.tables import ShownColumn, ShownRow, ShownTable
from lsp_assess.reports.charts.words import Say

_LABEL = 0


@dataclass(frozen=True, slots=True)
class _Fold:
    """A column of the new table, and where it stood, by round."""

    column: ShownColumn
    at: dict[str, int]


def by_round(table: ShownTable, say: Say) -> ShownTable:
    """Under each label a line for each round; the table as it is where that cannot be told. What belongs to
    no round is told of the last, beside the label."""
    of_round = [column for column in table.columns if column.round]
    rounds = tuple(dict.fromkeys(column.round for column in of_round))
    if len(rounds) < 2 or not all(column.within_round for column in of_round):
        return table
    folds = _folds(table)
    first = ShownColumn(say(message("reports.column.round")), "", is_label=True, is_figure=False)
    rows = [
        ShownRow(
            cells=(ShownCell(round_, Look.WORDS), *(_folded(row, fold, round_) for fold in folds)),
            is_total=row.is_total,
            heading=row.cells[_LABEL].text,
            heading_told=_once(table, row, rounds[-1], say),
        )
        for row in table.rows
        for round_ in rounds
    ]
    return replace(table, columns=(first, *(fold.column for fold in folds)), rows=tuple(rows))


def _folds(table: ShownTable) -> list[_Fold]:
    """How many answered comes last."""
    folds: dict[str, _Fold] = {}
    for i, column in enumerate(table.columns):
        if column.round:
            name = column.within_round
            alone = replace(column, heading=name, round="", within_round="")
            folds.setdefault(name, _Fold(alone, {})).at[column.round] = i
    return sorted(folds.values(), key=lambda fold: fold.column.role is Role.BASE)


def _folded(row: ShownRow, fold: _Fold, round_: str) -> ShownCell:
    at = fold.at.get(round_)
    return EMPTY if at is None else row.cells[at]


def _once(table: ShownTable, row: ShownRow, last: str, say: Say) -> str:
    told = [
        say(message("printed.told", heading=column.heading, value=row.cells[i].text))
        for i, column in enumerate(table.columns)
        if i != _LABEL and not column.round
    ]
    return say(message("printed.told", heading=last, value="; ".join(told))) if told else ""
