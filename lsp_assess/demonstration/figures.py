"""The real figures, as far as they were out on a day.

The files hold everything up to 2026. A release of 2024 that told of 2025 would show what nobody could know,
so each year takes in the rows whose period had ended and whose lag of publication had run out.
"""

import csv
from collections.abc import Iterator
from datetime import date, timedelta
from importlib.resources import files
from io import StringIO

from lsp_assess.actions.importing import Upload
from lsp_assess.exchange.indicator_mapping import IndicatorMapping
from lsp_assess.exchange.mapping_files import read_indicator_mapping
from lsp_assess.partnerships.written_periods import parse_period
from lsp_assess.shipped import shipped_folder

FILES = (
    "admissions_care_homes_65p",
    "borough_wide_co2_emissions",
    "children_offending",
    "employment_rate",
    "fuel_poverty",
    "grades_5_or_above_ks4",
    "household_waste_recycling",
    "social_care_satisfaction",
)
USUAL_LAG = 180  # days after the end of a period, where the mapping does not say


def mapping_of(name: str) -> Upload:
    path = shipped_folder("docs/examples") / "indicators" / f"{name}.yaml"
    return Upload(path.name, path.read_bytes())


def file_of(name: str) -> Upload:
    """The whole file, as it was published."""
    path = files("lsp_assess.demonstration") / "data" / "indicators" / f"{name}.csv"
    return Upload(f"{name}.csv", path.read_bytes())


def file_on(name: str, day: date) -> Upload:
    """The rows of the file that were out on that day, untouched."""
    whole, mapping = file_of(name), read_indicator_mapping(mapping_of(name).text(), file=name)
    lines = whole.text().splitlines(keepends=True)
    kept = (line for line, out in zip(lines[1:], _out(lines, mapping), strict=True) if out <= day)
    return Upload(whole.name, "".join((lines[0], *kept)).encode())


def _out(lines: list[str], mapping: IndicatorMapping) -> Iterator[date]:
    """The day on which each row came out; the files have no line breaks inside a field."""
    series = mapping.by_series()
    for row in csv.DictReader(StringIO("".join(lines))):
        indicator = series[tuple(row[column] for column in mapping.columns.series)]
        period = parse_period(row[mapping.columns.period], indicator.period)
        yield period.end + timedelta(days=int(indicator.details.get("publication_lag", USUAL_LAG)))
