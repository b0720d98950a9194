"""What a release shows of a survey beside what was made again, rounded as the release rounds."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.rounding import shown
from lsp_assess.disclosure.rules import SurveyEstimate
from lsp_assess.disclosure.tables import Cell, Column, Role, Row, SafeTable, State
from lsp_assess.disclosure.values import Estimate, IntervalMethod, Number, Value, Verdict, VerdictCode
from lsp_assess.estimation.multiple import benjamini_hochberg, holm
from tests.recomputing import (
    EVERYBODY,
    Question,
    Recomputed,
    Told,
    column_of,
    is_share,
    kind_of,
    questions_of,
    recomputed,
    subject,
    surveys,
)


@dataclass(frozen=True)
class Compared:
    """How many figures of each kind, and where they differ."""

    kinds: Counter[str]
    unequal: list[tuple[str, Value | None, Value | None]]


def compared(
    release: ReleaseDocument, folder: Path, *, design: Sequence[str], codes: Mapping[str, str]
) -> Compared:
    """`folder` holds the research file; `codes` are those of areas, by the key that a release knows."""
    questions = questions_of(folder)
    checker = Checker(release, codes, questions, recomputed(folder, release, questions, design))
    kinds, unequal = Counter[str](), []
    for where, cell, again in checker.cells():
        kinds[type(cell.value).__name__] += 1
        told, made = without_doubts(cell.value), without_doubts(again)
        if told != made:
            unequal.append((where, told, made))
    return Compared(kinds, unequal)


@dataclass(frozen=True)
class Checker:
    release: ReleaseDocument
    codes: Mapping[str, str]
    questions: Mapping[str, Question]
    recomputed: Recomputed

    def number(self, round_key: str) -> int:
        return next(one.ordinal for one in self.release.rounds if one.key == round_key)

    def cells(self) -> Iterator[tuple[str, Cell, Value]]:
        """Where, what is shown there, and what was recomputed, rounded as the release rounds."""
        for table in surveys(self.release):
            kind = kind_of(table)
            for row in table.rows:
                for column, cell in zip(table.columns, row.cells, strict=True):
                    if cell.state not in (State.SHOWN, State.ZERO) or column.role is Role.LABEL:
                        continue
                    if isinstance(cell.value, Verdict) and cell.value.detectable is None:
                        continue
                    again = (
                        self.answer(table, row, column) if kind == "answers" else self.of(table, row, column)
                    )
                    if again is not None:
                        yield f"{table.id} / {row.key} / {column.key}", cell, again

    def answer(self, table: SafeTable, row: Row, column: Column) -> Value:
        question, number = self.questions[subject(table)], self.number(row.key)
        told = self.recomputed.estimates
        kind, _, code = column.key.partition(":")
        if kind == "answer":
            code = code.removeprefix("missing:")
            share = told.get((question.column, code, EVERYBODY, number))
            return rounded(Number(0.0 if share is None else 100 * share["value"]), column, 1000)
        if kind == "balance":
            return rounded(Number(100 * told[question.net, None, EVERYBODY, number]["value"]), column, 1000)
        of_answers = (one for key, one in told.items() if key[0] == question.column and key[3] == number)
        n = next(of_answers)["n"]
        return rounded(Number(n), column, n)

    def of(self, table: SafeTable, row: Row, column: Column) -> Value | None:
        by_place = kind_of(table) in ("areas", "groups")
        question = self.questions[column_of(subject(table) if by_place else row.key)]
        where = self.codes.get(row.key, EVERYBODY) if by_place else EVERYBODY
        share = is_share(table)
        item, times = (question.share, 100.0) if share else (question.column, 1.0)
        kind, _, round_key = column.key.partition(":")
        number, last = self.number(round_key), self.release.rounds[-1].ordinal
        then = self.recomputed.estimates.get((item, None, where, number))
        now = self.recomputed.estimates[item, None, where, last]
        assert then is not None
        if kind == "base":
            return rounded(Number(then["n"]), column, then["n"])
        if kind == "value":
            return rounded(estimate(then, times, sizes=True), column, then["n"])
        change, n = self.recomputed.changes[item, None, where, number], min(then["n"], now["n"])
        match kind:
            case "change":
                return rounded(estimate(change, times, sizes=False), column, n)
            case "p":
                return rounded(Number(change["p"]), column, n)
            case "p_adjusted":
                return rounded(Number(self.adjusted(kind_of(table), round_key)[row.key]), column, n)
            case "verdict":
                return rounded(Verdict(VerdictCode.INCONCLUSIVE, 2.8 * change["se"] * times), column, n)
        assert kind == "delta", kind  # declared, not estimated
        return None

    def adjusted(self, kind: str, round_key: str) -> dict[str, float | None]:
        """By Holm over the headline questions, by Benjamini and Hochberg over the others: those that both
        rounds asked."""
        p: dict[str, float | None] = {}
        for table in surveys(self.release):
            if kind_of(table) != kind or not table.id.endswith(round_key):
                continue
            for row in table.rows:
                if table.cell(row.key, f"p:{round_key}").state is not State.MISSING:
                    question = self.questions[column_of(row.key)]
                    item = question.share if is_share(table) else question.column
                    key = (item, None, EVERYBODY, self.number(round_key))
                    p[row.key] = self.recomputed.changes[key]["p"]
        corrected = (holm if kind == "change" else benjamini_hochberg)(list(p.values()))
        return dict(zip(p, corrected, strict=True))


def estimate(told: Told, times: float, *, sizes: bool) -> Estimate:
    return Estimate(
        amount=told["value"] * times,
        low=scaled(told["lower"], times),
        high=scaled(told["upper"], times),
        standard_error=scaled(told["se"], times),
        n=told["n"] if sizes else None,
        effective_n=told["effective_n"] if sizes else None,
        method=IntervalMethod(told["method"]),
        df=told["df"],
    )


def scaled(number: float | None, times: float) -> float | None:
    return None if number is None else number * times


def rounded(value: Value, column: Column, n: int) -> Value:
    return shown(value, column, (SurveyEstimate(n, float(n)),))


def without_doubts(value: Value | None) -> Value | None:
    """What has to be equal: doubts are words."""
    if isinstance(value, Estimate | Number):
        return replace(value, cautions=())
    if isinstance(value, Verdict):
        return replace(value, code=VerdictCode.INCONCLUSIVE)
    return value
