"""What a reader has to know of the weights: their spread, what it costs, and what the fitting moved."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.margins import Round
from lsp_assess.estimation.weighting import Convergence, Fit, Limits, Weighting, WeightStage

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Spread:
    """Of the weights of one round after one stage; rows that weigh 0 are not in the sample."""

    round: Round | None
    stage: str
    n: int
    total: float
    smallest: float
    largest: float
    cv: float  # standard deviation (÷ n) ÷ mean

    @property
    def ratio(self) -> float:
        return self.largest / self.smallest

    @property
    def design_effect(self) -> float:
        """Of weighting alone: 1 + cv² (Kish 1965, §11.7)."""
        return 1 + self.cv**2

    @property
    def effective_n(self) -> float:
        """(Σw)² / Σw²."""
        return self.n / self.design_effect


@dataclass(frozen=True, slots=True)
class Shares:
    """Of the population, 0 to 1."""

    target: float
    before: float
    after: float


@dataclass(frozen=True, slots=True)
class Fitted:
    """One known total, and what the weights add up to before and after. `category` holds a value of each of
    the columns, and is None for the total of a numeric column, which has no shares."""

    round: Round | None
    stage: str
    columns: tuple[str, ...]
    category: tuple[object, ...] | None
    target: float
    before: float
    after: float
    shares: Shares | None


@dataclass(frozen=True, slots=True)
class WeightsReport:
    spreads: tuple[Spread, ...]  # of every round, and within it every stage
    fitted: tuple[Fitted, ...]  # of every stage that was fitted, and within it every round
    convergence: tuple[tuple[str, Round | None, Convergence], ...]  # stage, round
    limits: tuple[tuple[str, Limits], ...]  # of every stage with limits, and within it every round


def weights_report(weighting: Weighting) -> WeightsReport:
    stages = weighting.stages
    return WeightsReport(
        spreads=tuple(
            _spread(name, stage, stage.weights[rows]) for name, rows in weighting.rounds for stage in stages
        ),
        fitted=tuple(line for stage in stages for fit in stage.fits for line in _fitted(stage.name, fit)),
        convergence=tuple((stage.name, fit.round, fit.convergence) for stage in stages for fit in stage.fits),
        limits=tuple((stage.name, one) for stage in stages for one in stage.limits),
    )


def _spread(name: Round | None, stage: WeightStage, weights: Floats) -> Spread:
    own = weights[weights > 0]
    return Spread(
        round=name,
        stage=stage.name,
        n=len(own),
        total=float(own.sum()),
        smallest=float(own.min()),
        largest=float(own.max()),
        cv=float(own.std() / own.mean()),
    )


def _fitted(stage: str, fit: Fit) -> list[Fitted]:
    x, made = fit.auxiliary.x, fit.auxiliary
    before, after = fit.before, fit.before * fit.factors
    people = np.array([before.sum(), after.sum()])
    sums = np.column_stack([x.T @ before, x.T @ after])
    return [
        Fitted(
            round=fit.round,
            stage=stage,
            columns=label.columns,
            category=label.category,
            target=float(target),
            before=float(sums[i, 0]),
            after=float(sums[i, 1]),
            shares=None
            if label.category is None or made.total is None
            else Shares(float(target) / made.total, *(float(share) for share in sums[i] / people)),
        )
        for i, (label, target) in enumerate(zip(made.labels, made.targets, strict=True))
    ]
