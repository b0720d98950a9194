"""The line through three or more rounds, weighted by what each of them knows and what they share.

Generalised least squares on the rounds' joint covariance Σ: β = (XᵀΣ⁻¹X)⁻¹XᵀΣ⁻¹θ, X = (1, time), var β =
(XᵀΣ⁻¹X)⁻¹. The slope is thus one weighted sum of the rounds' estimates, t on the df of all their clusters.
What a line does not explain is tested by Wald on the R − 2 comparisons of rounds that no line can move.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import null_space

from lsp_assess.estimation.contrast import Contrast, contrast, joint_dfs
from lsp_assess.estimation.estimate import Domain, Level, Statistic
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.rounds import over_rounds
from lsp_assess.estimation.together import Estimates
from lsp_assess.estimation.wald import Wald, wald

Floats = NDArray[np.float64]

FEWEST_ROUNDS = 3
_SINGULAR = 1e-10


@dataclass(frozen=True, slots=True)
class RoundTrend:
    """`slope` is per unit of time, `departure` the test of the line itself. Both are None where fewer
    than three rounds have an estimate with a standard error, where one of these is 0, and where some
    rounds follow from the others. Σ is taken as known, as is usual: where there is no trend, 5 % of
    tests find one at 40 df, but 6 % at 20 and 8 % at 10."""

    variable: str
    statistic: Statistic
    category: Level | None
    domain: Domain  # without the round
    rounds: tuple[Level, ...]  # those that it rests on
    slope: Contrast | None
    departure: Wald | None
    level: float
    suppressed: bool  # one of the rounds may not be shown

    @property
    def limits(self) -> tuple[float, float] | None:
        return None if self.slope is None else self.slope.interval(self.level)


def round_trends(
    estimates: Estimates, *, times: Mapping[Level, float], rounds: str = "round", level: float = 0.95
) -> tuple[RoundTrend, ...]:
    """Of every estimate that stands in any of the rounds in `times`, in whatever unit those are (years,
    say); `estimates` were made `by` the round. Raises under three rounds and where two share a time."""
    if len(times) < FEWEST_ROUNDS:
        raise refuse("rounds_too_few", rounds=len(times), fewest=FEWEST_ROUNDS)
    if len(set(times.values())) < len(times):
        raise refuse("time_twice")
    made, df_of = [], joint_dfs(estimates)
    for (variable, statistic, category, domain), at in over_rounds(estimates, rounds).items():
        named = [round_ for round_ in times if round_ in at]
        told = tuple(r for r in named if estimates.estimates[at[r]].se is not None)
        places = [at[r] for r in told]
        slope, departure = _fitted(estimates, places, [times[r] for r in told], df=df_of(places))
        suppressed = any(estimates.estimates[at[r]].suppressed for r in named)
        made.append(
            RoundTrend(variable, statistic, category, domain, told, slope, departure, level, suppressed)
        )
    return tuple(made)


def _fitted(
    estimates: Estimates, places: list[int], times: list[float], *, df: int
) -> tuple[Contrast | None, Wald | None]:
    covariance = estimates.covariance_of(places)
    if len(places) < FEWEST_ROUNDS or _singular(covariance):
        return None, None
    line, off_the_line = _lines(tuple(times))
    weighted = np.linalg.solve(covariance, line)
    weights = np.linalg.solve(line.T @ weighted, weighted.T)[1]
    slope = contrast(estimates, dict(zip(places, weights.tolist(), strict=True)), df=df)
    value = np.array([estimates.estimates[place].value for place in places], dtype=np.float64)
    departure = wald(off_the_line @ value, off_the_line @ covariance @ off_the_line.T, df=df)
    return slope, departure


@cache
def _lines(times: tuple[float, ...]) -> tuple[Floats, Floats]:
    """X (R, 2), and the R − 2 comparisons of rounds (R − 2, R) that are zero on every line."""
    line = np.column_stack([np.ones(len(times)), np.array(times) - np.mean(times)])
    return line, null_space(line.T).T


def _singular(covariance: Floats) -> bool:
    spread = np.sqrt(np.diag(covariance))
    if not len(spread) or not (spread > 0).all():
        return True
    return bool(np.linalg.eigvalsh(covariance / np.outer(spread, spread))[0] < _SINGULAR)
