"""How the columns, codes and periods of one publisher's file become measurements of indicators."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from lsp_assess.exchange.mapping import MappingHead
from lsp_assess.outcomes.indicators import Kind, NoValue, Polarity
from lsp_assess.partnerships.areas import AreaStanding, AreaType
from lsp_assess.partnerships.periods import PeriodType


@dataclass(frozen=True, slots=True)
class IndicatorColumns:
    area_code: str
    period: str
    value: str
    series: tuple[str, ...]
    area_name: str | None = None
    lower: str | None = None
    upper: str | None = None
    numerator: str | None = None
    denominator: str | None = None

    def used(self) -> Iterator[str]:
        yield from (self.area_code, self.period, self.value, *self.series)
        for column in (self.area_name, self.lower, self.upper, self.numerator, self.denominator):
            if column is not None:
                yield column


@dataclass(frozen=True, slots=True)
class AreaRule:
    """Fits one `code`, or every code that begins with `prefix`."""

    type: AreaType
    standing: AreaStanding
    code: str | None = None
    prefix: str | None = None

    def fits(self, code: str) -> bool:
        return code == self.code if self.prefix is None else code.startswith(self.prefix)


@dataclass(frozen=True, slots=True)
class DeclaredBreak:
    """From the period `begins` (as the file writes it) the indicator is defined differently."""

    begins: str
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorDefinition:
    """`minimum` and `maximum` bound what a value can be; `low` and `high` are the desirable range."""

    code: str
    title: str
    unit: str
    kind: Kind
    polarity: Polarity
    period: PeriodType
    series: tuple[tuple[str, ...], ...]
    definition: str | None
    measure: str | None
    low: float | None
    high: float | None
    minimum: float | None
    maximum: float | None
    details: Mapping[str, str | int]
    breaks: tuple[DeclaredBreak, ...]


@dataclass(frozen=True, slots=True)
class IndicatorMapping:
    head: MappingHead
    columns: IndicatorColumns
    missing: Mapping[str, NoValue]
    areas: tuple[AreaRule, ...]
    indicators: tuple[IndicatorDefinition, ...]

    def by_series(self) -> dict[tuple[str, ...], IndicatorDefinition]:
        return {series: indicator for indicator in self.indicators for series in indicator.series}
