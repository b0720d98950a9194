"""One number with everything that has to be said beside it."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from lsp_assess.estimation.intervals import Method, proportion_limits, t_limits
from lsp_assess.kernel.messages import Message

Level = str | int | float | bool
Domain = tuple[tuple[str, Level], ...]  # (("area", "North"), ("round", 2)); () is everybody


class Statistic(StrEnum):
    MEAN = "mean"
    TOTAL = "total"
    RATIO = "ratio"
    PROPORTION = "proportion"  # of a yes-or-no column
    SHARE = "share"  # of one answer
    TOP = "top"  # favourable answers, the top two of a five-point scale
    BOTTOM = "bottom"
    NET = "net"  # top − bottom
    QUANTILE = "quantile"


PROPORTIONS = frozenset({Statistic.PROPORTION, Statistic.SHARE, Statistic.TOP, Statistic.BOTTOM})


class Flag(StrEnum):
    NOBODY = "nobody"  # no answer in the domain
    SMALL_N = "small_n"  # n < 30
    SMALL_EFFECTIVE_N = "small_effective_n"  # effective n < 30
    WIDE_INTERVAL = "wide_interval"  # a proportion that fails the NCHS rule
    NO_DF = "no_df"  # nothing to judge the spread by
    CAUTION_N = "caution_n"  # n of 30 to 99
    LOW_DF = "low_df"  # df < 8


SUPPRESSING = frozenset({Flag.NOBODY, Flag.SMALL_N, Flag.SMALL_EFFECTIVE_N, Flag.WIDE_INTERVAL, Flag.NO_DF})


class Reference(StrEnum):
    """What a design effect is measured against."""

    SIMPLE_RANDOM = "simple_random"  # sample of the same n, drawn with replacement
    WEIGHTS_ONLY = "weights_only"  # Kish's 1 + cv², where all answers are equal or V is 0


@dataclass(frozen=True, slots=True)
class Estimate:
    """`value` is None where nobody answered; `se` and the limits where the design cannot tell."""

    variable: str
    statistic: Statistic
    category: Level | None
    domain: Domain
    value: float | None
    se: float | None
    df: int
    lower: float | None
    upper: float | None
    level: float
    method: Method
    n: int
    effective_n: float
    deff: float | None
    deff_reference: Reference
    base: Message
    flags: tuple[Flag, ...]

    @property
    def suppressed(self) -> bool:
        """Too few or too uncertain to be shown (a matter of quality; disclosure control comes after)."""
        return any(flag in SUPPRESSING for flag in self.flags)

    def where(self, dimension: str) -> Level | None:
        return dict(self.domain).get(dimension)

    def interval(self, level: float) -> tuple[float, float] | None:
        """The limits at another level; None where there are none, or for a quantile, whose limits are read
        off the data."""
        if self.value is None or self.se is None or self.lower is None or self.upper is None:
            return None
        if self.statistic is Statistic.QUANTILE:
            return (self.lower, self.upper) if level == self.level else None
        value, se, df, n = (np.array([float(v)]) for v in (self.value, self.se, self.df, self.n))
        census = np.array([self.method is Method.CENSUS])
        if self.statistic in PROPORTIONS:
            limits = proportion_limits(value, se, df, n, n / self.effective_n, census, level)
        else:
            limits = t_limits(value, se, df, census, level)
        return float(limits.lower[0]), float(limits.upper[0])
