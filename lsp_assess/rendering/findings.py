"""The five findings of page two: a sentence, a number with its interval, a verdict, where to read on."""

from dataclasses import dataclass, replace

from lsp_assess.disclosure.tables import Column, Kind, Role, SafeTable, Unit
from lsp_assess.disclosure.values import Estimate, Number
from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.wording import speak
from lsp_assess.reports.charts.words import interval, number_with_unit, verdict_told
from lsp_assess.reports.model import Finding

_PLAIN = Column(key="finding", kind=Kind.NUMBER, heading=message("printed.contents"))


@dataclass(frozen=True, slots=True)
class ShownFinding:
    """`doubts` are sentences about the number that is shown all the same."""

    sentence: str
    number: str
    unit: str
    interval: str
    verdict: str
    target: str
    doubts: tuple[str, ...]


def show_finding(finding: Finding, table: SafeTable | None, language: str) -> ShownFinding:
    """`table` is the one that the finding points at; it says what the number counts in."""

    def spoken(each: Message | None) -> str:
        return "" if each is None else speak(each, language)

    found, judged = finding.figure, finding.verdict
    column = _column(finding, table)
    in_points = message("shown.unit.points") if found is not None and column.unit is Unit.POINTS else None
    return ShownFinding(
        sentence=spoken(finding.sentence),
        number=spoken(None if found is None else number_with_unit(found.amount, column)),
        unit=spoken(finding.counts or in_points),
        interval=spoken(_interval(found, column)),
        verdict=spoken(None if judged is None else verdict_told(judged, column)),
        target=finding.target,
        doubts=tuple(
            spoken(message(f"shown.caution.{caution.value}"))
            for caution in ([] if found is None else found.cautions)
        ),
    )


def _interval(found: Estimate | Number | None, column: Column) -> Message | None:
    between = interval(found, column) if isinstance(found, Estimate) else None
    return None if between is None else message("printed.interval", range=between)


def _column(finding: Finding, table: SafeTable | None) -> Column:
    """The column of the number: a change where its table has one, or else a value."""
    columns = () if table is None else table.columns
    by_role = {column.role: column for column in reversed(columns)}
    column = by_role.get(Role.CHANGE) or by_role.get(Role.VALUE) or _PLAIN
    return replace(column, decimals=_decimals(finding.figure))


def _decimals(found: Estimate | Number | None) -> int:
    """As many as the gate has left."""
    told = (found.amount, found.low, found.high) if isinstance(found, Estimate) else ()
    amounts = told or ((found.amount,) if found is not None else ())
    return int(any(x is not None and x != round(x) for x in amounts))
