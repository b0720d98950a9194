"""Weights that add up to what is known of the population, as near as may be to those they started from.

Post-stratification is calibration to one margin, raking to several with the distance that keeps weights
positive: R's `postStratify`, `rake` and `calibrate` are one computation here (Deville & Särndal 1992). It
is done on cells, by Newton's method on the convex dual: of λ, Σ d·∫F(xᵀλ) − tᵀλ is least where Σ w x = t.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.linalg import lstsq
from scipy.sparse import csr_array, diags_array

from lsp_assess.estimation.auxiliary import Auxiliary, auxiliary
from lsp_assess.estimation.distance import Distance, Shape, shape
from lsp_assess.estimation.margins import Known, Margin, Round, said
from lsp_assess.estimation.refusal import EstimationRefused, refuse
from lsp_assess.estimation.weighting import Adjustment, Convergence, Fit, Rows, Weighting

Floats = NDArray[np.float64]

_CLOSE = 1e-11  # the largest gap of a total, relative
_STEPS, _HALVINGS = 50, 50
_RIDGE = 1e-9  # of the curvature at the start: keeps a step where every weight of a category is at a bound
_NOTHING = 1e-6  # of the usual factor: a cell that the totals are only reached without


def post_stratified(weighting: Weighting, *margins: Margin) -> Weighting:
    """Weights of each category × its target ÷ Σw: one margin, or one for each round."""
    for name, _ in weighting.rounds:
        if sum(one.round in (None, name) for one in margins) > 1:
            raise refuse("one_margin_a_round", column=said([said(one.columns) for one in margins]))
    return _fitted(weighting, margins, shape(Distance.LINEAR, None), Adjustment.POST_STRATIFIED)


def raked(weighting: Weighting, *margins: Margin) -> Weighting:
    return _fitted(weighting, margins, shape(Distance.RAKING, None), Adjustment.RAKED)


def calibrated(
    weighting: Weighting,
    *known: Known,
    distance: Distance = Distance.LINEAR,
    bounds: tuple[float, float] | None = None,
) -> Weighting:
    """`bounds` are of final ÷ starting weight, the starting weights being scaled to the population of the
    margins first, where there are any."""
    weighting = _fitted(weighting, known, shape(distance, bounds), Adjustment.CALIBRATED, bounds)
    below = int((weighting.weights < 0).sum())
    if below:
        raise refuse("weights_below_zero", rows=below)
    return weighting


def _fitted(
    weighting: Weighting,
    known: Sequence[Known],
    form: Shape,
    adjustment: Adjustment,
    bounds: tuple[float, float] | None = None,
) -> Weighting:
    """A round of which nothing is known keeps its weights."""
    _refuse_unknown_rounds(weighting, known)
    weights, fits = weighting.weights.copy(), []
    for name, rows in weighting.rounds:
        own = [one for one in known if one.round in (None, name)]
        if not own:
            continue
        fit = _fit(weighting, name, weighting.in_sample(rows), own, form, bounds)
        weights[fit.rows] *= fit.factors[fit.auxiliary.cell]
        fits.append(fit)
    return weighting.then(adjustment, weights, fits=tuple(fits))


def _refuse_unknown_rounds(weighting: Weighting, known: Sequence[Known]) -> None:
    if not known:
        raise refuse("nothing_known")
    rounds = {name for name, _ in weighting.rounds}
    for one in known:
        if one.round is not None and one.round not in rounds:
            raise refuse("margin_of_another_round", column=said(one.columns), round=str(one.round))


def _fit(
    weighting: Weighting,
    name: Round | None,
    rows: Rows,
    known: Sequence[Known],
    form: Shape,
    bounds: tuple[float, float] | None,
) -> Fit:
    columns = dict.fromkeys(column for one in known for column in one.columns)
    frame = weighting.frame[[column for column in columns if column in weighting.frame.columns]]
    if not isinstance(rows, slice):
        frame = frame.iloc[rows]
    made = auxiliary(frame, known)
    before: Floats = np.bincount(made.cell, weighting.weights[rows]).astype(np.float64)
    scaling = made.total / before.sum() if made.total else 1.0
    factors, convergence = _solved(made.x, before * scaling, made.targets, form)
    vanishes = 0 <= factors.min() < _NOTHING * np.median(factors)
    if bounds is None and vanishes and convergence.gap < _NOTHING:
        raise _weighs_nothing(made, int(np.argmin(factors)))
    if convergence.gap > _CLOSE:
        raise _not_reached(made, before * scaling * factors, bounds)
    return Fit(name, rows, made, before, factors * scaling, convergence)


def _solved(x: csr_array, base: Floats, targets: Floats, form: Shape) -> tuple[Floats, Convergence]:
    """F(xᵀλ) of each cell. Steps are halved until the dual falls; where nothing makes it fall, or after
    the last step, the gap tells that the totals were not reached."""
    size = np.maximum(np.abs(targets), abs(x).T @ base)
    size[size == 0] = 1.0
    x, targets = x @ diags_array(1 / size), targets / size
    ridge = _RIDGE * _curvature(x, base)
    multipliers, u = np.zeros(len(targets)), np.zeros(len(base))
    with np.errstate(over="ignore", invalid="ignore"):
        for step in range(_STEPS + 1):
            gap = targets - x.T @ (base * form.factor(u))
            worst = float(np.abs(gap).max())
            if worst <= _CLOSE or step == _STEPS:
                break
            direction = lstsq(_curvature(x, base * form.slope(u)) + ridge, gap)[0]
            length = _length(x, base, targets, form, multipliers, direction)
            if length == 0:
                break
            multipliers = multipliers + length * direction
            u = x @ multipliers
    return form.factor(u), Convergence(step, worst)


def _curvature(x: csr_array, weights: Floats) -> Floats:
    return np.asarray((x.T @ (diags_array(weights) @ x)).toarray(), dtype=np.float64)


def _length(
    x: csr_array, base: Floats, targets: Floats, form: Shape, multipliers: Floats, direction: Floats
) -> float:
    """The longest of 1, ½, ¼ … at which the dual does not rise (beyond rounding); 0 where there is none."""

    def dual(at: Floats) -> tuple[float, float]:
        terms = base * form.integral(x @ at)
        return float(terms.sum() - targets @ at), float(np.abs(terms).sum() + np.abs(targets * at).sum())

    now, magnitude = dual(multipliers)
    for halving in range(_HALVINGS):
        length = 0.5**halving
        if dual(multipliers + length * direction)[0] <= now + 1e-14 * magnitude:
            return length
    return 0.0


def _not_reached(made: Auxiliary, weights: Floats, bounds: tuple[float, float] | None) -> EstimationRefused:
    reached = made.x.T @ weights
    size = np.abs(made.targets) + abs(made.x).T @ np.abs(weights)
    worst = int(np.argmax(np.abs(reached - made.targets) / size))
    label = made.labels[worst]
    where: dict[str, str | float] = {
        "column": said(label.columns),
        "category": said(label.category) if label.category else "Σ",
        "target": float(made.targets[worst]),
        "reached": float(reached[worst]),
    }
    if bounds is None:
        return refuse("margins_out_of_reach", **where)
    return refuse("bounds_too_narrow", lower=bounds[0], upper=bounds[1], **where)


def _weighs_nothing(made: Auxiliary, cell: int) -> EstimationRefused:
    own = made.x[[cell]].indices
    labels = [made.labels[i] for i in own]
    return refuse(
        "cell_would_weigh_nothing",
        column=said([said(label.columns) for label in labels]),
        category=said([said(label.category or ()) for label in labels]),
    )
