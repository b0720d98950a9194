"""Did the whole distribution of a question's answers change, or only this share or that?"""

from dataclasses import dataclass

import numpy as np

from lsp_assess.estimation.contrast import joint_df
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
    pairs: dict[tuple[str, Domain], list[tuple[int, int]]] = {}
    for (variable, statistic, _, domain), at in over_rounds(estimates, rounds).items():
        if statistic is Statistic.SHARE and earlier in at and later in at:
            pairs.setdefault((variable, domain), []).append((at[earlier], at[later]))
    if not pairs:
        raise refuse("rounds_share_nothing", column=rounds, earlier=str(earlier), later=str(later))
    return tuple(
        DistributionChange(variable, domain, _test(estimates, places))
        for (variable, domain), places in pairs.items()
    )


def _test(estimates: Estimates, pairs: list[tuple[int, int]]) -> Wald:
    """Of d = shares then − shares before, V = V₂₂ + V₁₁ − V₂₁ − V₁₂."""
    first, second = (list(places) for places in zip(*pairs, strict=True))
    value = np.array([np.nan if e.value is None else e.value for e in estimates.estimates])
    v, k = estimates.covariance_of([*first, *second]), len(pairs)
    covariance = v[k:, k:] + v[:k, :k] - v[k:, :k] - v[:k, k:]
    return wald(value[second] - value[first], covariance, df=joint_df(estimates, (*first, *second)))
