"""Who went from which answer to which: the flows of a panel between two rounds.

A pair is counted once, in the later round's row and with its weight, and everybody else weighs zero; so
cells, shares of rows and flows are shares of a domain like any others, with the design's standard errors.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.columns import answers
from lsp_assess.estimation.contrast import Contrast, contrast, joint_df
from lsp_assess.estimation.design import Design
from lsp_assess.estimation.estimate import Estimate, Level, Statistic
from lsp_assess.estimation.estimates import distribution, proportion, shares
from lsp_assess.estimation.panel import IN_BOTH, matched
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.scales import Point, scale
from lsp_assess.estimation.together import Estimates

Ints = NDArray[np.int64]

DOWN, SAME, UP = "down", "same", "up"
_WAY = scale([DOWN, SAME, UP], scores=[-1.0, 0.0, 1.0], ends=1)
_CELL, _BEFORE, _NOW, _WENT, _MOVED = "from and to", "answer before", "answer now", "way", "moved"


@dataclass(frozen=True, slots=True, eq=False)
class Transitions:
    """`cells` are shares of all pairs, by from and to; `rows` shares of those who came from one answer;
    `flows` the shares that went down, stayed and went up, and up less down (the net); `gross` the share
    that moved at all. Each is by the domains asked for, with its covariance. Net change says little of
    how much moved: flows both ways cancel."""

    points: tuple[Point, ...]
    cells: Estimates
    rows: Estimates
    flows: Estimates
    moved: Estimates

    def cell(self, before: Point, now: Point, **domain: Level) -> Estimate:
        return self.cells.pick(Statistic.SHARE, category=_named(before, now), **domain)

    def row_share(self, before: Point, now: Point, **domain: Level) -> Estimate | None:
        """None where nobody came from there."""
        try:
            return self.rows.pick(Statistic.SHARE, category=now, **domain, **{_BEFORE: before})
        except KeyError:
            return None

    def way(self, which: Point, **domain: Level) -> Estimate:
        """`which` is DOWN, SAME or UP, towards the less or the more favourable answers."""
        return self.flows.pick(Statistic.SHARE, category=which, **domain)

    def gross(self, **domain: Level) -> Estimate:
        return self.moved.pick(Statistic.PROPORTION, **domain)

    def net(self, **domain: Level) -> Estimate:
        return self.flows.pick(Statistic.NET, **domain)

    def net_of(self, point: Point, **domain: Level) -> Contrast:
        """Those who came to an answer less those who left it."""
        place = {id(one): i for i, one in enumerate(self.cells.estimates)}
        others = [other for other in self.points if other != point]
        came = {place[id(self.cell(other, point, **domain))]: 1.0 for other in others}
        left = {place[id(self.cell(point, other, **domain))]: -1.0 for other in others}
        return contrast(self.cells, came | left, df=joint_df(self.cells, list(came)))


def transitions(
    design: Design,
    column: str,
    *,
    points: Sequence[Point],
    units: str,
    earlier: Level,
    later: Level,
    rounds: str = "round",
    by: Sequence[str] = (),
) -> Transitions:
    """Of those who answered `column` in both rounds, matched by `units`; `points` from least to most
    favourable, `by` as it stood in the later round. For a panel with weights of its own, hand over the
    design that was stated with them. Raises when nobody answered in both."""
    pairs = matched(design, column, units=units, earlier=earlier, later=later, rounds=rounds)
    if not len(pairs.first):
        raise refuse("rounds_share_nobody", column=units, earlier=str(earlier), later=str(later))
    given = answers(design, column, points)
    before, now = given[pairs.first], given[pairs.second]
    went = np.array([DOWN, SAME, UP], dtype=object)[np.sign(now - before) + 1]
    names = np.array([[_named(a, b) for b in points] for a in points], dtype=object)
    labels = np.array(list(points), dtype=object)
    told = {
        _CELL: names[before, now],
        _BEFORE: labels[before],
        _NOW: labels[now],
        _WENT: went,
        _MOVED: (before != now).astype(object),
    }
    paired = replace(design, frame=design.frame.assign(**_spread(told, pairs.second, len(design.frame))))
    return Transitions(
        tuple(points),
        shares(paired, _CELL, categories=names.ravel().tolist(), by=by, base=IN_BOTH),
        shares(paired, _NOW, categories=points, by=(*by, _BEFORE), base=IN_BOTH),
        distribution(paired, _WENT, scale=_WAY, by=by, base=IN_BOTH),
        proportion(paired, _MOVED, by=by, base=IN_BOTH),
    )


def _named(before: Point, now: Point) -> str:
    return f"{before} → {now}"


def _spread(told: dict[str, NDArray[np.object_]], rows: Ints, length: int) -> dict[str, NDArray[np.object_]]:
    """Over all rows, None in those of nobody's pair."""
    full = {name: np.full(length, None, dtype=object) for name in told}
    for name, values in told.items():
        full[name][rows] = values
    return full
