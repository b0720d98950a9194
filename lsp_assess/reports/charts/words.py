"""The words on a chart. The maker of a chart is handed somebody who can speak."""

from collections.abc import Callable
from dataclasses import replace
from typing import TypeAlias

from lsp_assess.disclosure.tables import Cell, Column, Kind, Role, SafeTable, State, Unit
from lsp_assess.disclosure.values import Estimate, Number, Verdict, VerdictCode
from lsp_assess.kernel.messages import Message, message

Say: TypeAlias = Callable[[Message], str]

_P_DECIMALS = 2
_PLACES = {0: "whole", 1: "tenth", 2: "hundredth"}


def number(amount: float, column: Column) -> Message:
    """A number as its column shows it, without the unit; a change and a balance with their sign."""
    if column.role in (Role.CHANGE, Role.BALANCE):
        return message("shown.signed_tenth" if column.decimals else "shown.signed", x=amount)
    if column.kind is Kind.ESTIMATE and column.unit is Unit.NONE:
        return message("shown.as_given", x=amount)  # each row counts in a unit of its own
    return message(f"shown.{_PLACES[min(column.decimals, 2)]}", x=amount)


def number_with_unit(amount: float, column: Column) -> Message:
    if column.unit is Unit.PERCENT:
        return message("shown.percent_tenth" if column.decimals else "shown.percent", x=amount)
    return number(amount, column)


def interval(estimate: Estimate, column: Column) -> Message | None:
    if estimate.low is None or estimate.high is None:
        return None
    return message("shown.range", low=number(estimate.low, column), high=number(estimate.high, column))


def verdict(given: Verdict) -> Message:
    return message(f"shown.verdict.{VerdictCode(given.code).value}")


def verdict_told(given: Verdict, column: Column) -> Message:
    """A whole sentence; what could have been found in the unit of the column of the change."""
    if given.detectable is None:
        return message(f"estimation.told.{VerdictCode(given.code).value}")
    unit = "points" if column.unit is Unit.POINTS else "score"
    return message(f"estimation.told.inconclusive_{unit}", least=given.detectable)


def as_rounded(table: SafeTable) -> tuple[Column, ...]:
    """The columns with the decimals that their numbers still have: the gate may have rounded further than
    the column asks, and a nought behind the point would claim what nobody knows. Columns that say the same
    of several rounds have as many."""
    found = [
        max((_decimals(row.cells[i], column) for row in table.rows), default=0)
        for i, column in enumerate(table.columns)
    ]
    alike: dict[object, int] = {}
    for places, column in zip(found, table.columns, strict=True):
        alike[_likeness(column)] = max(places, alike.get(_likeness(column), 0))
    return tuple(replace(column, decimals=alike[_likeness(column)]) for column in table.columns)


def _likeness(column: Column) -> object:
    if column.round is None:
        return column.key
    return column.key.partition(":")[0], column.kind, column.role, column.unit


def as_told(estimate: Estimate, column: Column) -> Column:
    """An estimate that the gate rounded to whole numbers is not shown with tenths, whatever its column."""
    told = (estimate.amount, estimate.low, estimate.high)
    if estimate.low is None or any(x is not None and x != round(x) for x in told):
        return column
    return replace(column, decimals=0)


def _decimals(cell: Cell, column: Column) -> int:
    value = cell.value
    if column.kind is Kind.P:
        return _P_DECIMALS
    told = (value.amount, value.low, value.high) if isinstance(value, Estimate) else (amount(cell),)
    return next(
        (
            places
            for places in range(column.decimals, 0, -1)
            if any(x is not None and round(x, places) != round(x, places - 1) for x in told)
        ),
        0,
    )


def absence(cell: Cell) -> Message | None:
    """Why nothing is drawn for the cell; None where there is something."""
    if cell.state in (State.SHOWN, State.ZERO):
        return None
    if cell.state is State.MISSING and cell.missing is not None:
        return message(f"shown.missing.{cell.missing.value}")
    return message("shown.withheld" if cell.state is State.WITHHELD else "shown.not_available")


def amount(cell: Cell) -> float | None:
    if isinstance(cell.value, Number | Estimate):
        return cell.value.amount
    return None


def amount_text(cell: Cell, column: Column, say: Say) -> str:
    """The number, or the sign for its absence."""
    found = amount(cell)
    if found is not None:
        return say(number(found, column))
    absent = absence(cell)
    return "" if absent is None else say(absent)
