"""From a mapping's checked YAML to frozen types, with what a schema cannot see."""

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from lsp_assess.exchange.indicator_mapping import (
    AreaRule,
    DeclaredBreak,
    IndicatorColumns,
    IndicatorDefinition,
    IndicatorMapping,
)
from lsp_assess.exchange.mapping import MappingHead
from lsp_assess.kernel.errors import DomainError, Place, Problem, problem
from lsp_assess.outcomes.indicators import Kind, NoValue, Polarity
from lsp_assess.partnerships.areas import AreaStanding, AreaType
from lsp_assess.partnerships.periods import PeriodType
from lsp_assess.partnerships.written_periods import parse_period

_DETAILS = (
    "rationale",
    "geography",
    "numerator",
    "denominator",
    "decimals",
    "frequency",
    "publication_lag",
    "season",
    "origin",
    "sharedness",
    "period_note",
)


def indicator_mapping(data: Mapping[str, Any], head: MappingHead) -> IndicatorMapping:
    """`data` has the shape of the schema."""
    columns = data["columns"]
    return IndicatorMapping(
        head=head,
        columns=IndicatorColumns(**{**columns, "series": tuple(columns["series"])}),
        missing={str(code): NoValue(why) for code, why in data.get("missing", {}).items()},
        areas=tuple(_area_rule(rule) for rule in data["areas"]),
        indicators=tuple(_indicator(entry) for entry in data["indicators"]),
    )


def _area_rule(rule: Mapping[str, str]) -> AreaRule:
    return AreaRule(
        AreaType(rule["type"]), AreaStanding(rule["standing"]), rule.get("code"), rule.get("prefix")
    )


def _indicator(entry: Mapping[str, Any]) -> IndicatorDefinition:
    wanted, values = entry.get("range", {}), entry.get("values", {})
    return IndicatorDefinition(
        code=entry["code"],
        title=entry["title"],
        unit=entry["unit"],
        kind=Kind(entry["kind"]),
        polarity=Polarity(entry["polarity"]),
        period=PeriodType(entry["period"]),
        series=tuple(tuple(str(part) for part in series) for series in entry["series"]),
        definition=entry.get("definition"),
        measure=entry.get("measure"),
        low=wanted.get("low"),
        high=wanted.get("high"),
        minimum=values.get("minimum"),
        maximum=values.get("maximum"),
        details={key: entry[key] for key in _DETAILS if key in entry},
        breaks=tuple(DeclaredBreak(one["from"], one["note"]) for one in entry.get("breaks", ())),
    )


def indicator_mapping_problems(mapping: IndicatorMapping, place: Place) -> Iterator[Problem]:
    for code, times in Counter(indicator.code for indicator in mapping.indicators).items():
        if times > 1:
            yield problem("mapping_indicator_twice", place, indicator=code)
    series = Counter(series for indicator in mapping.indicators for series in indicator.series)
    for names, times in series.items():
        if times > 1:
            yield problem("mapping_series_twice", place, series=" · ".join(names))
        if len(names) != len(mapping.columns.series):
            expected = ", ".join(mapping.columns.series)
            yield problem("mapping_series_length", place, series=" · ".join(names), columns=expected)
    for indicator in mapping.indicators:
        yield from _indicator_problems(indicator, place)


def _indicator_problems(indicator: IndicatorDefinition, place: Place) -> Iterator[Problem]:
    code = indicator.code
    if len(indicator.series) > 1 and not indicator.breaks:
        yield problem("mapping_join_without_break", place, indicator=code, n=len(indicator.series))
    if (indicator.polarity is Polarity.RANGE) != (indicator.low is not None):
        yield problem("mapping_range_and_polarity", place, indicator=code)
    if _reversed(indicator.low, indicator.high) or _reversed(indicator.minimum, indicator.maximum):
        yield problem("mapping_limits_reversed", place, indicator=code)
    for one in indicator.breaks:
        try:
            parse_period(one.begins, indicator.period, place=place)
        except DomainError as error:
            yield from error.problems


def _reversed(low: float | None, high: float | None) -> bool:
    return low is not None and high is not None and low >= high
