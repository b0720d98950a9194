"""Did the whole distribution of a question's answers change, or only this share or that?"""

from dataclasses import dataclass

import numpy as np

from lsp_assess.estimation.contrast import joint_dfs
from lsp_assess.estimation.estimate import Domain, Level, Statistic
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.rounds import over_rounds
from lsp_assess.estimation.together import Estimates
from lsp_assess.estimation.wald import Wald, wald


@dataclass(frozen=True, slots=True)
class DistributionChange:
    """One test of all shares of a question at once. It says that answers moved, not which way."""

    variable: str
    domain: Domain  # without the round
    test: Wald


def distribution_changes(
    estimates: Estimates, *, earlier: Level, later: Level, rounds: str = "round"
) -> tuple[DistributionChange, ...]:
    """Of every question and domain whose shares stand in both rounds, with the covariance of all shares
    of both. `estimates` are of `shares` or `distribution`, made `by` the round. Raises when there are
    none."""
    places: dict[tuple[str, Domain], tuple[list[int], list[int]]] = {}
    for (variable, statistic, _, domain), at in over_rounds(estimates, rounds).items():
        if statistic is Statistic.SHARE and earlier in at and later in at:
            before, now = places.setdefault((variable, domain), ([], []))
            before.append(at[earlier])
            now.append(at[later])
    if not places:
        raise refuse("rounds_share_nothing", column=rounds, earlier=str(earlier), later=str(later))
    df_of = joint_dfs(estimates)
    return tuple(
        DistributionChange(variable, domain, _test(estimates, before, now, df=df_of((*before, *now))))
        for (variable, domain), (before, now) in places.items()
    )


def _test(estimates: Estimates, before: list[int], now: list[int], *, df: int) -> Wald:
    """Of d = shares now − shares before, V = V₂₂ + V₁₁ − V₂₁ − V₁₂."""
    v, k = estimates.covariance_of([*before, *now]), len(before)
    first, second = (
        np.array([estimates.estimates[place].value for place in places], dtype=np.float64)
        for places in (before, now)
    )
    covariance = v[k:, k:] + v[:k, :k] - v[k:, :k] - v[:k, k:]
    return wald(second - first, covariance, df=df)
