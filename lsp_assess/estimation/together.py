"""Estimates made together, with their full covariance."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from lsp_assess.estimation.design import Design
from lsp_assess.estimation.dress import Asked, dressed
from lsp_assess.estimation.estimate import Estimate, Level, Statistic
from lsp_assess.estimation.linearise import Linearised

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Estimates:
    """Of M variables in D domains, k outputs each, in the order of variable, domain, output. Intervals
    and covariances are worked out when they are first asked for."""

    asked: Asked
    made: Linearised
    _blocks: dict[tuple[int, ...], Floats] = field(default_factory=dict, init=False, repr=False)

    @property
    def design(self) -> Design:
        return self.made.design

    @cached_property
    def estimates(self) -> tuple[Estimate, ...]:
        return dressed(self.made, self.asked)

    @cached_property
    def clusters(self) -> tuple[Ints, ...]:
        """Of each base (a variable in a domain), those that hold an answer: the df of comparisons are
        counted from them."""
        return self.made.clusters()

    @cached_property
    def base_of(self) -> tuple[int, ...]:
        """The base of each estimate."""
        k = len(self.asked.outputs)
        return tuple(number // k for number in range(self.made.figures.variances.size))

    @property
    def covariance(self) -> Floats:
        """(M·D·k, M·D·k). Of many variables over many domains it is large: see `covariance_of`."""
        return self._block(tuple(range(len(self.asked.variables))))

    def covariance_of(self, places: Sequence[int]) -> Floats:
        """Of the estimates at these places."""
        each = self.made.figures.variances[0].size
        if not len(places):
            return np.zeros((0, 0))
        items = tuple(sorted({place // each for place in places}))
        within = [items.index(place // each) * each + place % each for place in places]
        return self._block(items)[np.ix_(within, within)]

    def _block(self, items: tuple[int, ...]) -> Floats:
        if items not in self._blocks:
            self._blocks[items] = self.made.covariance(items)
        return self._blocks[items]

    def pick(
        self,
        statistic: Statistic,
        variable: str | None = None,
        /,
        *,
        category: Level | None = None,
        **domain: Level,
    ) -> Estimate:
        """The one estimate of that statistic in exactly that domain, of the first variable unless one is
        named; KeyError when there is none."""
        wanted = (statistic, category, domain, variable or self.asked.variables[0])
        for one in self.estimates:
            if (one.statistic, one.category, dict(one.domain), one.variable) == wanted:
                return one
        raise KeyError(wanted)
