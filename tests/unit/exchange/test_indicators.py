"""Rows of indicators: each a planned measurement, or the file is refused. # trust E"""

import io
from pathlib import Path

import pytest
import xlsxwriter

from lsp_assess.exchange.indicator_mapping import IndicatorMapping
from lsp_assess.exchange.indicator_plans import IndicatorPlan, Reading, compare
from lsp_assess.exchange.indicators import plan_indicators
from lsp_assess.exchange.mapping_files import read_indicator_mapping
from lsp_assess.exchange.reading import read_file
from lsp_assess.kernel.errors import Invalid, Problem
from lsp_assess.outcomes.indicators import NoValue
from lsp_assess.partnerships.areas import AreaStanding, AreaType
from lsp_assess.partnerships.periods import PeriodType
from lsp_assess.rendering.wording import say
from tests.patience import within

MAPPING = """
mapping: indicators
title: A file
source: {title: A source, licence: Open}
columns:
  {area_code: code, area_name: area, period: period, value: value, series: [what], lower: low, upper: high}
ignored: {remark: not needed}
missing: {NA: not_published, x: suppressed}
areas:
  - {code: E08000009, type: district, standing: own}
  - {prefix: E05, type: ward, standing: own}
  - {prefix: E, type: district, standing: comparator}
indicators:
  - code: rate
    title: A rate
    unit: per cent
    kind: ratio
    polarity: lower
    period: financial_year
    values: {minimum: 0, maximum: 100}
    series: [[Rate]]
  - {code: n, title: A number, unit: people, kind: count, polarity: lower, period: month, series: [[Number]]}
"""
HEADER = "code,area,period,what,value,low,high,remark"
GOOD = "E08000009,Trafford,2019/20,Rate,12.5,11,14,"


def mapping() -> IndicatorMapping:
    return read_indicator_mapping(MAPPING, file="m.yaml")


def plan(*rows: str, header: str = HEADER) -> IndicatorPlan:
    content = "\n".join((header, *rows)).encode()
    return plan_indicators(read_file(content, file="f.csv"), mapping())


def refusals(*rows: str, header: str = HEADER) -> list[Problem]:
    with pytest.raises(Invalid) as refused:
        plan(*rows, header=header)
    for one in refused.value.problems:
        assert say(one.what)
        assert say(one.remedy)
    return list(refused.value.problems)


def test_a_row_becomes_a_measurement_with_its_interval() -> None:
    (found,) = plan(GOOD).measurements
    assert found.reading == Reading(12.5, None, 11.0, 14.0)
    assert (found.indicator, found.area, found.row) == ("rate", "E08000009", 2)
    assert (found.period.type, str(found.period.start)) == (PeriodType.FINANCIAL_YEAR, "2019-04-01")


def test_the_type_of_a_period_comes_from_the_indicator() -> None:
    found = plan("E08000009,Trafford,April 2023,Number,12,,,").measurements[0]
    assert found.period.type is PeriodType.MONTH


def test_areas_are_own_or_comparators_by_the_first_rule_that_fits() -> None:
    areas = plan(GOOD, "E05000001,A ward,2019/20,Rate,1,,,", "E06000001,Elsewhere,2019/20,Rate,1,,,").areas
    assert [(one.type, one.standing) for one in areas] == [
        (AreaType.DISTRICT, AreaStanding.OWN),
        (AreaType.WARD, AreaStanding.OWN),
        (AreaType.DISTRICT, AreaStanding.COMPARATOR),
    ]


def test_a_missing_value_keeps_its_reason_and_its_row() -> None:
    found = plan("E08000009,Trafford,2019/20,Rate,NA,,,", "E06000001,Else,2019/20,Rate,x,,,")
    assert [one.reading.missing for one in found.measurements] == [
        NoValue.NOT_PUBLISHED,
        NoValue.SUPPRESSED,
    ]
    account = compare(found, {}).reconciliation
    assert (account.read, account.values, account.missing) == (2, 0, {"not_published": 1, "suppressed": 1})
    assert account.is_balanced


@pytest.mark.parametrize(
    ("row", "code", "column"),
    [
        ("E08000009,Trafford,2019/20,Rate,NaN,,,", "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,Infinity,,,", "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,-inf,,,", "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,1e309,,,", "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,1e99,,,", "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,-0,,,", "import_minus_nought", "value"),
        ("E08000009,Trafford,2019/20,Rate,0x10,,,", "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,1_000,,,", "import_not_a_number", "value"),
        ('E08000009,Trafford,2019/20,Rate,"1,000",,,', "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,١٢,,,", "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,TRUE,,,", "import_not_a_number", "value"),
        ("E08000009,Trafford,2019/20,Rate,,,,", "import_value_empty", "value"),
        ("E08000009,Trafford,2019/20,Rate,101,,,", "import_value_out_of_range", "value"),
        ("E08000009,Trafford,2019/20,Rate,-1,,,", "import_value_out_of_range", "value"),
        ("E08000009,Trafford,2019/20,Rate,12,13,14,", "import_interval_misses_value", "value"),
        ("E08000009,Trafford,2019/20,Rate,12,low,14,", "import_not_a_number", "low"),
        ("E08000009,Trafford,2019/21,Rate,12,,,", "period_unreadable", "period"),
        ("E08000009,Trafford,2019,Rate,12,,,", "period_unreadable", "period"),
        ("E08000009,Trafford,0000/01,Rate,12,,,", "period_unreadable", "period"),
        ("E08000009,Trafford,2019/20,Ratio,12,,,", "import_unknown_series", "what"),
        ("W06000001,Gwynedd,2019/20,Rate,12,,,", "import_area_not_declared", "code"),
        (",Trafford,2019/20,Rate,12,,,", "import_area_empty", "code"),
        ("E08000009,,2019/20,Rate,12,,,", "import_area_empty", "area"),
        ("E08000009\u200b,Trafford,2019/20,Rate,12,,,", "import_invisible_character", "code"),
        ("E08000009,\u202eTrafford,2019/20,Rate,12,,,", "import_invisible_character", "area"),
    ],
)
def test_what_is_wrong_with_a_row_is_said_with_its_place(row: str, code: str, column: str) -> None:
    (found,) = refusals(GOOD.replace("2019/20", "2020/21"), row)
    assert (found.code, found.place.row, found.place.column) == (code, 3, column)


def test_one_area_written_twice_in_twin_letters_is_one_area() -> None:
    found = refusals(GOOD, "Ｅ08000009,Trafford,2019/20,Rate,13,,,")
    assert [one.code for one in found] == ["import_measured_twice"]


def test_a_value_given_twice_is_refused_and_names_the_first_row() -> None:
    (found,) = refusals(GOOD, GOOD)
    assert (found.code, found.what.params["first"]) == ("import_measured_twice", 2)


def test_areas_that_look_alike_are_flagged_and_taken() -> None:
    found = plan(GOOD, "E06000001,ＴＲＡＦＦＯＲＤ,2019/20,Rate,1,,,")
    assert [one.code for one in found.notes] == ["import_area_look_alike", "import_series_not_in_file"]
    assert len(found.areas) == 2


def test_an_area_with_two_names_keeps_the_first_and_says_so() -> None:
    found = plan(GOOD, "E08000009,Trafford Borough,2020/21,Rate,1,,,")
    assert [one.name for one in found.areas] == ["Trafford"]
    assert found.notes[0].code == "import_area_other_name"


def test_a_column_that_the_mapping_does_not_mention_is_refused() -> None:
    (found,) = refusals(GOOD + ",secret", header=HEADER + ",surprise")
    assert (found.code, found.place.column) == ("import_column_not_declared", "surprise")


def test_a_column_that_the_mapping_needs_is_missed_by_its_name() -> None:
    found = refusals("E08000009,Trafford,2019/20,Rate,12", header="code,area,period,what,Value")
    assert {one.place.column for one in found} == {"value", "Value", "low", "high"}


def test_all_errors_are_listed_at_once_up_to_a_limit() -> None:
    rows = [f"E05{i:06},Ward {i},2019/20,Rate,NaN,,," for i in range(300)]
    found = refusals(*rows, "E08000009,Trafford,yesterday,Rate,1,,,")
    assert {one.code for one in found} == {"import_not_a_number", "period_unreadable", "import_and_more"}
    assert found[-1].what.params["n"] == 275


def test_the_same_rows_from_a_workbook_make_the_same_plan() -> None:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, HEADER.split(","))
    sheet.write_row(1, 0, ["E08000009", "Trafford", "2019/20", "Rate", 12.5, 11, 14])
    book.close()
    from_workbook = plan_indicators(read_file(target.getvalue(), file="f.xlsx"), mapping())
    assert from_workbook.measurements == plan(GOOD).measurements


def test_a_file_of_nothing_but_errors_is_not_read_to_its_end() -> None:
    rows = "\n".join(f"E05{i:06},Ward {i % 999},2019/20,Rate,NaN,,," for i in range(99_000))
    content = f"{HEADER}\n{rows}".encode()
    with within(seconds=2), pytest.raises(Invalid) as refused:
        plan_indicators(read_file(content, file="f.csv"), mapping())
    assert refused.value.problems[-1].code == "import_stopped"


def test_the_files_of_trafford_hold_every_form_of_period(shared: Path) -> None:
    examples = Path(__file__).parents[3] / "docs" / "examples" / "indicators"
    types = set()
    for path in sorted((shared / "data" / "indicators").glob("*.csv")):
        read = read_indicator_mapping((examples / f"{path.stem}.yaml").read_text("utf-8"), file=path.stem)
        found = plan_indicators(read_file(path.read_bytes(), file=path.name), read)
        types |= {one.period.type for one in found.measurements}
    assert types == set(PeriodType) - {PeriodType.QUARTER, PeriodType.INSTANT}
