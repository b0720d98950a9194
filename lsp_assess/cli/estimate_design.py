"""The design of a sample, as the options of `lsp-assess estimate` state it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import click
import pandas as pd

from lsp_assess.estimation import (
    Design,
    Lonely,
    Nesting,
    Weighting,
    already_raked,
    simple_random_sample,
    starting_weights,
    stated_design,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The columns of the design, by name; of strata, clusters and fpc one for each stage."""

    weights: str | None
    strata: tuple[str, ...]
    clusters: tuple[str, ...]
    fpc: tuple[str, ...]
    units: str | None
    rounds: str | None
    lonely: str | None
    raked_to: tuple[str, ...]
    nested: bool
    simple: bool

    @property
    def numbers(self) -> tuple[str, ...]:
        return tuple(name for name in (self.weights, *self.fpc) if name)

    @property
    def labels(self) -> tuple[str, ...]:
        named = (*self.strata, *self.clusters, *self.raked_to, self.units, self.rounds)
        return tuple(name for name in named if name)

    def check(self) -> None:
        named = self.weights or self.strata or self.clusters or self.fpc or self.nested
        if self.simple and named:
            raise click.UsageError("--simple says that nothing of the design is known: leave the rest out.")
        if self.raked_to and not self.weights:
            raise click.UsageError("--raked-to says what --weights were fitted to: name both.")
        if self.units and not self.simple:
            raise click.UsageError("--units goes with --simple; otherwise name --clusters.")

    def design(self, frame: pd.DataFrame) -> Design:
        """Raises EstimationRefused."""
        lonely = None if self.lonely is None else Lonely(self.lonely)
        if self.simple:
            return simple_random_sample(frame, rounds=self.rounds, units=self.units, lonely=lonely)
        weights: str | Weighting | None = self.weights
        if self.raked_to and self.weights:
            start = starting_weights(frame, weights=self.weights, rounds=self.rounds)
            weights = already_raked(start, *self.raked_to)
        return stated_design(
            frame,
            weights=weights,
            strata=self.strata,
            clusters=self.clusters,
            fpc=self.fpc,
            rounds=self.rounds,
            lonely=lonely,
            nesting=Nesting.WITHIN_STRATUM if self.nested else Nesting.NAMED_ONCE,
        )


def _names(_context: click.Context, _option: click.Parameter, written: str | None) -> tuple[str, ...]:
    return tuple(name.strip() for name in (written or "").split(",") if name.strip())


DESIGN_OPTIONS: tuple[Callable[[Any], Any], ...] = (
    click.option("--weights", help="Column of the weights."),
    click.option(
        "--raked-to",
        callback=_names,
        help="Columns whose known totals the weights were fitted to, for standard errors that know of it;"
        " empty in a round that was not fitted.",
    ),
    click.option("--strata", callback=_names, help="Column of the strata; one for each stage: a,b"),
    click.option("--clusters", callback=_names, help="Column of the clusters; one for each stage: a,b"),
    click.option(
        "--fpc",
        callback=_names,
        help="Column with the number of clusters in the stratum's population, or the fraction drawn; one for"
        " each stage: a,b",
    ),
    click.option("--nested", is_flag=True, help="Clusters are numbered afresh within each stratum."),
    click.option(
        "--lonely",
        type=click.Choice([rule.value for rule in Lonely]),
        help="What a stratum with a single cluster adds; refused unless chosen.",
    ),
    click.option("--simple", is_flag=True, help="Take it for a simple random sample, and say so."),
    click.option("--units", help="With --simple: who was met in more than one round."),
)
