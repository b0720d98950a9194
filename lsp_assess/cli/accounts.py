"""The account of an import as lines of text: every row read, and where it went."""

from collections.abc import Iterable, Iterator, Mapping

from lsp_assess.actions.indicator_imports import IndicatorImport
from lsp_assess.actions.response_imports import ResponseImport
from lsp_assess.cli.problems import said_problem
from lsp_assess.kernel.errors import Problem
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say


def account_of_indicators(found: IndicatorImport) -> list[str]:
    account = found.reconciliation
    return [
        say(message("import.rows_read", n=account.read, file=found.plan.file, blank=account.blank_rows)),
        say(message("import.values", n=account.values)),
        *_by_reason("import.no_value", account.missing),
        *_by_area_and_series(found),
        *_written(account.written, account.revised, account.unchanged),
        *_notes(found.plan.notes),
    ]


def account_of_responses(found: ResponseImport) -> list[str]:
    account = found.reconciliation
    return [
        say(message("import.rows_read", n=account.read, file=found.plan.file, blank=account.blank_rows)),
        *(say(message("import.rows_of_round", round=code, n=n)) for code, n in sorted(account.rows.items())),
        *_by_reason("import.without_area", account.without_area),
        say(message("import.cells", n=account.cells)),
        say(message("import.answered", n=account.answered, rounded=account.rounded)),
        *_by_reason("import.no_answer", account.missing),
        say(message("import.unusable", n=account.unusable)),
        *_breaks(found),
        *_written(account.written, account.revised, account.unchanged),
        *_notes(found.plan.notes),
    ]


def _written(written: int, revised: int, unchanged: int) -> Iterator[str]:
    yield say(message("import.written", n=written))
    yield say(message("import.revised", n=revised))
    yield say(message("import.unchanged", n=unchanged))


def _by_reason(code: str, counts: Mapping[str, int]) -> Iterator[str]:
    for reason, n in counts.items():
        yield say(message(code, n=n, reason=reason.replace("_", " ")))


def _by_area_and_series(found: IndicatorImport) -> Iterator[str]:
    plan = found.plan
    series = sum(len(one.series) for one in plan.indicators)
    yield say(message("import.series", n=series, indicators=len(plan.indicators), areas=len(plan.areas)))
    for one in plan.breaks:
        yield say(message("import.break", indicator=one.indicator, since=one.period.start, note=one.note))


def _breaks(found: ResponseImport) -> Iterator[str]:
    for planned in found.plan.rounds:
        for one in planned.wordings:
            if one.kind.value != "same":
                said = one.note or one.wording or ""
                kind = one.kind.value
                yield say(
                    message("import.wording", round=planned.round.name, item=one.item, kind=kind, note=said)
                )


def _notes(notes: Iterable[Problem]) -> Iterator[str]:
    for note in notes:
        yield said_problem(note)
