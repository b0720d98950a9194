"""Quantiles, with Woodruff's interval: that of the share at or below the quantile, read back on the values
(Woodruff 1952; Särndal, Swensson & Wretman 1992, §5.11).

A quantile is the smallest value that at least the share p of the weight lies at or below: the inverse of
the weighted distribution, definition 1 of Hyndman & Fan (1996), R's `qrule = "math"`. The interval of the
share is that of any proportion, so it never leaves 0 to 1.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy.special import stdtrit

from lsp_assess.estimation.cells import Cells, cells_of
from lsp_assess.estimation.columns import numbers
from lsp_assess.estimation.design import Columns, Design, listed
from lsp_assess.estimation.domains import Domains, domains_of
from lsp_assess.estimation.dress import Asked, Output, dressed
from lsp_assess.estimation.estimate import Estimate, Flag, Statistic
from lsp_assess.estimation.estimates import ANSWERED
from lsp_assess.estimation.intervals import Method
from lsp_assess.estimation.linearise import linearised
from lsp_assess.estimation.ratios import ratio_parts
from lsp_assess.estimation.refusal import refuse
from lsp_assess.kernel.messages import Message

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_REACHED = 1e-10  # a share this little under the one asked for has reached it


def quantiles(
    design: Design,
    columns: Columns,
    *,
    at: Sequence[float] = (0.5,),
    by: Sequence[str] = (),
    base: Message = ANSWERED,
    level: float = 0.95,
) -> tuple[Estimate, ...]:
    """At each share of `at` (0.5 is the median), which is the estimate's `category`; in the order of column,
    share, domain. The standard error is the interval's width over 2t; effective n and design effect are
    those of the share at or below the quantile. Raises where a share is not between 0 and 1."""
    for p in at:
        if not 0 < p < 1:
            raise refuse("not_a_share", value=f"{p:g}")
    where = domains_of(design, by)
    cells = cells_of(design, where)
    return tuple(
        estimate
        for column in listed(columns)
        for estimate in _of_column(design, cells, where, column, tuple(at), base, level)
    )


def _of_column(
    design: Design,
    cells: Cells,
    where: Domains,
    column: str,
    at: tuple[float, ...],
    base: Message,
    level: float,
) -> list[Estimate]:
    values = numbers(design, column)
    ordered = _ordered(cells, values[cells.rows])
    found = ordered.at(np.repeat(np.array(at)[:, None], cells.domains, axis=1))

    def below(item: int) -> Floats:
        within = np.full(len(values), np.nan)
        within[cells.rows] = values[cells.rows] <= found[item][cells.domain_of_row]
        within[np.isnan(values)] = np.nan
        return within

    made = linearised(design, cells, len(at), ratio_parts(cells, below))
    output = (Output(Statistic.PROPORTION),)
    shares = dressed(made, Asked((column,) * len(at), output, where.labels, base, level))
    limits = np.array([[share.lower, share.upper] for share in shares], dtype=np.float64)
    lower, upper = (ordered.at(limit.reshape(found.shape)).ravel() for limit in limits.T)
    return [
        _read_back(share, p, float(value), float(low), float(high))
        for share, p, value, low, high in zip(
            shares, np.repeat(at, cells.domains), found.ravel(), lower, upper, strict=True
        )
    ]


def _read_back(share: Estimate, p: float, value: float, lower: float, upper: float) -> Estimate:
    """The quantile's estimate from that of the share at or below it."""
    told = share.lower is not None
    census, width = share.method is Method.CENSUS, upper - lower
    se = 0.0 if census else float(width / 2 / stdtrit(share.df, (1 + share.level) / 2)) if told else None
    return replace(
        share,
        statistic=Statistic.QUANTILE,
        category=float(p),
        value=None if np.isnan(value) else value,
        se=se,
        lower=(value if census else lower) if told else None,
        upper=(value if census else upper) if told else None,
        method=share.method if census or not told else Method.WOODRUFF,
        flags=tuple(flag for flag in share.flags if flag is not Flag.WIDE_INTERVAL),
    )


@dataclass(frozen=True, slots=True, eq=False)
class _Ordered:
    """Answers in order of domain and value; `reached` is the domain's number plus the share of its weight
    at or below the answer."""

    values: Floats
    reached: Floats
    starts: Ints  # of each domain
    ends: Ints

    def at(self, shares: Floats) -> Floats:
        """(…, D), NaN where the share is or nobody answered."""
        empty = np.isnan(shares) | (self.starts == self.ends)
        if not len(self.values):
            return np.full(shares.shape, np.nan)
        place = np.searchsorted(self.reached, np.arange(len(self.starts)) + shares - _REACHED)
        return np.where(empty, np.nan, self.values[np.clip(place, self.starts, self.ends - 1)])


def _ordered(cells: Cells, values: Floats) -> _Ordered:
    answered = np.flatnonzero(~np.isnan(values))
    domain = cells.domain_of_row[answered]
    order = np.lexsort((values[answered], domain))
    rows, domain = answered[order], domain[order]
    starts = np.searchsorted(domain, np.arange(cells.domains))
    ends = np.append(starts[1:], len(rows))
    weight = np.append(0.0, np.cumsum(cells.weights[rows]))
    within = weight[1:] - weight[starts][domain]
    return _Ordered(values[rows], domain + within / (weight[ends] - weight[starts])[domain], starts, ends)
