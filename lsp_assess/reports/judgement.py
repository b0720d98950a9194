"""Verdicts on changes of a survey, from the tests of `estimation` to what a table says.

Headline questions are judged together (Holm); all else is a grid, exploratory, at a false discovery rate
of 0.10, each judged on its interval at 1 − 0.10·R/m, R of m found (Benjamini & Yekutieli 2005).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from lsp_assess import estimation
from lsp_assess.disclosure.values import Verdict, VerdictCode
from lsp_assess.estimation import Change
from lsp_assess.estimation.verdicts import (
    DETECTABLE,
    FALSE_DISCOVERY_RATE,
    explored,
    headlines,
    verdict,
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """`smallest` is the change that matters in the estimate's own unit (a share counts from 0 to 1), None
    where none was declared; `times` turns the unit into the one shown."""

    change: Change
    smallest: float | None
    times: float


@dataclass(frozen=True, slots=True)
class Judged:
    p: float | None
    p_adjusted: float | None
    verdict: Verdict


def judge_headlines(candidates: Sequence[Candidate]) -> tuple[Judged, ...]:
    """Where no smallest change was declared there is nothing to hold a headline against: then a grid."""
    if not candidates or any(candidate.smallest is None for candidate in candidates):
        return judge_grid(candidates)
    declared = [(candidate.change, candidate.smallest or 0.0) for candidate in candidates]
    return tuple(
        Judged(found.change.p, found.p_adjusted, _verdict(candidate, found.verdict))
        for candidate, found in zip(candidates, headlines(declared), strict=True)
    )


def judge_grid(candidates: Sequence[Candidate]) -> tuple[Judged, ...]:
    found = explored([candidate.change for candidate in candidates])
    share = max(1, sum(one.found for one in found)) / max(1, len(found))
    level = 1 - FALSE_DISCOVERY_RATE * share
    return tuple(
        Judged(one.change.p, one.p_adjusted, _verdict(candidate, _read(candidate, level)))
        for candidate, one in zip(candidates, found, strict=True)
    )


def _read(candidate: Candidate, level: float) -> estimation.verdicts.Verdict | None:
    limits = candidate.change.interval(level)
    if limits is None:
        return None
    if candidate.smallest is not None:
        return verdict(*limits, smallest=candidate.smallest)
    real = limits[0] > 0 or limits[1] < 0
    kinds = estimation.verdicts.Verdict
    return kinds.REAL_MAY_BE_SMALL if real else kinds.INCONCLUSIVE


def _verdict(candidate: Candidate, read: estimation.verdicts.Verdict | None) -> Verdict:
    if read is None:
        return Verdict(VerdictCode.NOT_TESTABLE)
    code = VerdictCode(read.value)
    error = candidate.change.se
    if code is not VerdictCode.INCONCLUSIVE or error is None:
        return Verdict(code)
    return Verdict(code, DETECTABLE * error * candidate.times)
