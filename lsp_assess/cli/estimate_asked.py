"""What `lsp-assess estimate` can be asked for: each reads its columns, prepares them, and is estimated.

`name` is what was asked, as the answer repeats it. A prepared column stands in the frame under a key of
its own, so that a question can be estimated and estimated by at once.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import numpy as np

from lsp_assess import estimation
from lsp_assess.cli.estimate_data import Column, Data
from lsp_assess.estimation import Design, Estimate, Estimates, Statistic

SHORT_SCALE = 3  # a scale of so many points has one at each end, a longer one two


class Asked(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def columns(self) -> tuple[str, ...]: ...

    def prepared(self, data: Data) -> dict[str, Column]: ...

    def made(self, design: Design, by: Sequence[str]) -> Estimates | tuple[Estimate, ...]:
        """Estimates without their covariance have no change."""

    def statistic(self, made: Statistic) -> str: ...


@dataclass(frozen=True, slots=True)
class OfColumn:
    column: str

    @property
    def name(self) -> str:
        return self.column

    @property
    def columns(self) -> tuple[str, ...]:
        return (self.column,)


@dataclass(frozen=True, slots=True)
class OfNumbers(OfColumn):
    """The mean, median or total of a column of numbers."""

    how: str

    def prepared(self, data: Data) -> dict[str, Column]:
        return {self._key: data.numbers(self.column)}

    def made(self, design: Design, by: Sequence[str]) -> Estimates | tuple[Estimate, ...]:
        return OF_NUMBERS[self.how](design, self._key, by=by)

    def statistic(self, made: Statistic) -> str:  # noqa: ARG002  a quantile is told by its share elsewhere
        return self.how

    @property
    def _key(self) -> str:
        return f"{self.how} {self.column}"


OF_NUMBERS: Mapping[str, Callable[..., Estimates | tuple[Estimate, ...]]] = {
    "mean": estimation.mean,
    "median": estimation.quantiles,
    "total": estimation.total,
}


@dataclass(frozen=True, slots=True)
class Ratio:
    numerator: str
    denominator: str

    @property
    def name(self) -> str:
        return f"{self.numerator}/{self.denominator}"

    @property
    def columns(self) -> tuple[str, ...]:
        return self.numerator, self.denominator

    def prepared(self, data: Data) -> dict[str, Column]:
        return {f"ratio {column}": data.numbers(column) for column in self.columns}

    def made(self, design: Design, by: Sequence[str]) -> Estimates:
        numerator, denominator = (f"ratio {column}" for column in self.columns)
        return estimation.ratio(design, numerator=numerator, denominator=denominator, by=by)

    def statistic(self, made: Statistic) -> str:
        return made.value


@dataclass(frozen=True, slots=True)
class Share(OfColumn):
    """Of the answers that are one of `favourable`; less those that are one of `unfavourable`, as net balance
    counts, where there are any."""

    favourable: tuple[str, ...]
    unfavourable: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        against = f":{'|'.join(self.unfavourable)}" if self.unfavourable else ""
        return f"{self.column}={'|'.join(self.favourable)}{against}"

    def prepared(self, data: Data) -> dict[str, Column]:
        words = data.words(self.column)
        counted = words.isin(self.favourable).astype(float) - words.isin(self.unfavourable)
        return {self.name: counted.where(words.notna(), np.nan)}

    def made(self, design: Design, by: Sequence[str]) -> Estimates:
        estimate = estimation.mean if self.unfavourable else estimation.proportion
        return estimate(design, self.name, by=by)

    def statistic(self, made: Statistic) -> str:  # noqa: ARG002  what estimation calls it says less
        return "net" if self.unfavourable else "share"


@dataclass(frozen=True, slots=True)
class Distribution(OfColumn):
    """Of every answer that occurs; or of the `points` of a scale, from least to most favourable, with its
    top, bottom, net and mean."""

    points: tuple[str, ...] = ()

    def prepared(self, data: Data) -> dict[str, Column]:
        return {self._key: data.words(self.column)}

    def made(self, design: Design, by: Sequence[str]) -> Estimates:
        if not self.points:
            occurring = sorted(design.frame[self._key].dropna().unique())
            return estimation.shares(design, self._key, categories=occurring, by=by)
        ends = 1 if len(self.points) <= SHORT_SCALE else 2
        scale = estimation.scale(self.points, scores=_scores(self.points), ends=ends)
        return estimation.distribution(design, self._key, scale=scale, by=by)

    def statistic(self, made: Statistic) -> str:
        return made.value

    @property
    def _key(self) -> str:
        return f"distribution {self.column}"


def _scores(points: Sequence[str]) -> list[float] | None:
    """Codes that are numbers count as they are; words from 1 up."""
    try:
        return [float(point) for point in points]
    except ValueError:
        return None


def parsed(kind: str, written: str) -> Asked:
    """One thing asked of an option. Raises ValueError, saying how it is written."""
    return PARSERS[kind](written)


def _ratio(written: str) -> Asked:
    numerator, between, denominator = written.partition("/")
    if not (numerator and between and denominator):
        raise ValueError("a ratio is written numerator/denominator, two columns")
    return Ratio(numerator, denominator)


def _share(written: str) -> Asked:
    column, _, codes = written.partition("=")
    return Share(column, _codes(codes)) if codes else Distribution(column)


def _net(written: str) -> Asked:
    column, _, codes = written.partition("=")
    favourable, _, unfavourable = codes.partition(":")
    if not (favourable and unfavourable):
        raise ValueError("a balance is written column=4|5:1|2, the favourable codes first")
    return Share(column, _codes(favourable), _codes(unfavourable))


def _distribution(written: str) -> Asked:
    column, _, points = written.partition("=")
    if not points:
        raise ValueError("a distribution names its points, least favourable first: column=1|2|3|4|5")
    return Distribution(column, _codes(points))


def _codes(written: str) -> tuple[str, ...]:
    return tuple(code.strip() for code in written.split("|"))


PARSERS: Mapping[str, Callable[[str], Asked]] = {
    **{how: partial(OfNumbers, how=how) for how in OF_NUMBERS},
    "ratio": _ratio,
    "share": _share,
    "net": _net,
    "distribution": _distribution,
}
