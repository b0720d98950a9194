"""What a file would write, or has written, as its page shows it: every row accounted for."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lsp_assess.actions.held_files import Import
from lsp_assess.actions.indicator_imports import IndicatorImport
from lsp_assess.actions.response_imports import ResponseImport
from lsp_assess.actions.sample_imports import SampleImport
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say
from lsp_assess.web.languages import language
from lsp_assess.web.uploads import Fault, faults

KEPT = (
    "read",
    "rows",
    "blank_rows",
    "written",
    "revisits",
    "revised",
    "unchanged",
    "values",
    "cells",
    "answered",
    "missing",
    "rounded",
    "unusable",
    "without_area",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One count of the account; `detail` ones are parts of the one before."""

    what: str
    n: int
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


@dataclass(frozen=True, slots=True)
class Account:
    """`changes` is how many rows are written or revised: with none there is nothing to confirm."""

    file: str
    lines: tuple[Line, ...]
    tables: tuple[Table, ...]
    notes: tuple[Fault, ...]
    changes: int


def account_of(found: Import) -> Account:
    if isinstance(found, IndicatorImport):
        return _of_indicators(found)
    if isinstance(found, ResponseImport):
        return _of_responses(found)
    return _of_sample(found)


def kept_lines(kept: Mapping[str, Any]) -> list[Line]:
    """The account as it was kept, in the order in which it is told."""
    lines = []
    for key in KEPT:
        found = kept.get(key)
        if isinstance(found, int):
            lines.append(_line(key, found))
        elif isinstance(found, Mapping):
            lines.extend(
                Line(f"{_say(f'import_line.{key}')}: {part.replace('_', ' ')}", n, detail=True)
                for part, n in sorted(found.items())
            )
    return lines


def _of_indicators(found: IndicatorImport) -> Account:
    account = found.reconciliation
    lines = (
        *_rows(account.read, account.blank_rows),
        _line("values", account.values, detail=True),
        *_by_reason(account.missing),
        *_written(account.written, account.revised, account.unchanged),
        _line("breaks", len(found.breaks)),
    )
    changes = account.written + account.revised + len(found.breaks)
    tables = (_by_indicator(found), *_breaks_of_indicators(found))
    return Account(found.plan.file, lines, tables, tuple(faults(found.plan.notes)), changes)


def _of_responses(found: ResponseImport) -> Account:
    account = found.reconciliation
    lines = (
        *_rows(account.read, account.blank_rows),
        *_written(account.written, account.revised, account.unchanged),
        _line("cells", account.cells),
        _line("answered", account.answered, detail=True),
        *_by_reason(account.missing),
        _line("rounded", account.rounded),
        _line("unusable", account.unusable),
        _line("without_area", sum(account.without_area.values())),
    )
    tables = (_by_round(found), *_wordings(found))
    changes = account.written + account.revised
    return Account(found.plan.file, lines, tables, tuple(faults(found.plan.notes)), changes)


def _of_sample(found: SampleImport) -> Account:
    account = found.reconciliation
    lines = (
        *_rows(account.read, account.blank_rows),
        _line("addresses", account.written),
        _line("revisits", account.revisits, detail=True),
        _line("unchanged", account.unchanged),
    )
    by_area = Counter(one.drawn.area for one in found.plan.addresses)
    by_stratum = Counter(one.drawn.stratum or "–" for one in found.plan.addresses)
    tables = (
        _table("by_area", ("area", "addresses"), sorted(by_area.items())),
        _table("by_stratum", ("stratum", "addresses"), sorted(by_stratum.items())),
    )
    return Account(found.plan.file, lines, tables, (), account.written)


def _by_indicator(found: IndicatorImport) -> Table:
    new = Counter(one.indicator for one in found.changes.new)
    revised = Counter(one.indicator for one in found.changes.revised)
    areas: dict[str, set[str]] = {}
    for one in found.plan.measurements:
        areas.setdefault(one.indicator, set()).add(one.area)
    rows = [
        (one.title, one.unit, len(areas.get(one.code, ())), new[one.code], revised[one.code])
        for one in found.plan.indicators
    ]
    return _table("by_indicator", ("indicator", "unit", "areas", "new", "revised"), rows)


def _breaks_of_indicators(found: IndicatorImport) -> Iterator[Table]:
    rows = [
        (one.indicator, say(message("import_table.since", on=one.period.start), language()), one.note)
        for one in found.breaks
    ]
    if rows:
        yield _table("breaks", ("indicator", "since", "note"), rows)


def _by_round(found: ResponseImport) -> Table:
    new = Counter(one.round for one in found.changes.new)
    revised = Counter(one.round for one in found.changes.revised)
    rows = [
        (one.round.name, found.reconciliation.rows.get(one.round.code, 0), new[code], revised[code])
        for one in found.plan.rounds
        for code in (one.round.code,)
    ]
    return _table("by_round", ("round", "rows", "new", "revised"), rows)


def _wordings(found: ResponseImport) -> Iterator[Table]:
    rows = [
        (planned.round.name, one.item, one.note or one.wording or "")
        for planned in found.plan.rounds
        for one in planned.wordings
        if one.kind.value != "same"
    ]
    if rows:
        yield _table("wordings", ("round", "question", "note"), rows)


def _rows(read: int, blank: int) -> Iterator[Line]:
    yield _line("read", read)
    if blank:
        yield _line("blank", blank)


def _written(written: int, revised: int, unchanged: int) -> Iterator[Line]:
    yield _line("written", written)
    yield _line("revised", revised)
    yield _line("unchanged", unchanged)


def _by_reason(counts: Mapping[str, int]) -> Iterator[Line]:
    for reason, n in counts.items():
        yield Line(f"{_say('import_line.missing')}: {reason.replace('_', ' ')}", n, detail=True)


def _line(code: str, n: int, *, detail: bool = False) -> Line:
    return Line(_say(f"import_line.{code}"), n, detail)


def _table(code: str, columns: Sequence[str], rows: Iterable[tuple[str | int, ...]]) -> Table:
    heads = tuple(_say(f"import_column.{column}") for column in columns)
    return Table(_say(f"import_table.{code}"), heads, tuple(rows))


def _say(code: str) -> str:
    return say(message(code), language())
