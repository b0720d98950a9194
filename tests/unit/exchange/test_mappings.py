"""Mappings are checked before any row is read."""

from pathlib import Path

import pytest
import yaml

from lsp_assess.exchange.mapping import MappingKind
from lsp_assess.exchange.mapping_files import read_indicator_mapping, read_response_mapping
from lsp_assess.exchange.mapping_shape import schema
from lsp_assess.kernel.errors import Invalid, Problem
from lsp_assess.rendering.wording import say

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
FUEL = (EXAMPLES / "indicators" / "fuel_poverty.yaml").read_text(encoding="utf-8")
SOMERVILLE = (EXAMPLES / "somerville_responses.yaml").read_text(encoding="utf-8")


def problems(text: str, *, responses: bool = False) -> list[Problem]:
    read = read_response_mapping if responses else read_indicator_mapping
    with pytest.raises(Invalid) as refused:
        read(text, file="m.yaml")
    for one in refused.value.problems:
        assert say(one.what)
        assert say(one.remedy)
    return list(refused.value.problems)


@pytest.mark.parametrize("path", sorted((EXAMPLES / "indicators").glob("*.yaml")), ids=lambda p: p.stem)
def test_every_example_names_its_licence_and_reads(path: Path) -> None:
    mapping = read_indicator_mapping(path.read_text(encoding="utf-8"), file=path.name)
    assert mapping.head.source.licence == "Open Government Licence v3.0"
    assert "Trafford Data Lab" in (mapping.head.source.attribution or "")


def test_the_change_of_definition_of_fuel_poverty_is_a_break() -> None:
    (fuel,) = read_indicator_mapping(FUEL, file="m.yaml").indicators
    assert [one.begins for one in fuel.breaks] == ["2019"]
    assert len(fuel.series) == 2


def test_two_series_are_not_joined_without_a_break() -> None:
    text = FUEL[: FUEL.index("    breaks:")]
    assert [one.code for one in problems(text)] == ["mapping_join_without_break"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("polarity: lower", "polarity: down", "mapping_not_a_choice"),
        ("polarity: lower", "polarity: range", "mapping_range_and_polarity"),
        ("    unit: ", "    units: ", "mapping_unknown_key"),
        ("  licence: Open Government Licence v3.0\n", "", "mapping_missing_key"),
        ("decimals: 1", "decimals: true", "mapping_wrong_value"),
        ("{minimum: 0, maximum: 100}", "{minimum: 100, maximum: 0}", "mapping_limits_reversed"),
        ('from: "2019"', "from: spring 2019", "period_unreadable"),
        ("mapping: indicators", "mapping: responses", "mapping_not_a_choice"),
        ('"Percentage", "Households"]', '"Percentage"]', "mapping_series_length"),
        ("title: ", "title: &a ", "Q002"),
        ("title: ", "title: !!python/object:os.system ", "Q003"),
        ("mapping: indicators\n", "mapping: indicators\nmapping: indicators\n", "Q004"),
    ],
)
def test_what_is_wrong_with_a_mapping_is_said(old: str, new: str, code: str) -> None:
    assert old in FUEL
    assert code in [one.code for one in problems(FUEL.replace(old, new, 1))]


def test_a_fault_is_found_by_its_line() -> None:
    text = FUEL.replace("polarity: lower", "polarity: down")
    (found,) = problems(text)
    assert text.splitlines()[found.place.line - 1].strip() == "polarity: down"
    assert found.what.params["where"] == "indicators[1].polarity"


@pytest.mark.parametrize("text", ["", "- a\n", "just words", "a: [", "a: " + "[" * 100])
def test_what_is_no_mapping_is_refused(text: str) -> None:
    assert problems(text)


def test_every_somerville_column_is_used_or_left_out_with_a_reason() -> None:
    mapping = read_response_mapping(SOMERVILLE, file="m.yaml")
    assert all(mapping.head.ignored.values())
    assert not mapping.columns_used() & set(mapping.head.ignored)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ('starts_on: "2013-01-01"', 'starts_on: "2013-02-30"', "mapping_no_such_day"),
        ('starts_on: "2013-01-01"', 'starts_on: "2014-01-01"', "mapping_round_reversed"),
        ('name: "2013"', 'name: "2011"', "mapping_round_twice"),
        ("group: somerville_east", "group: somerville_north", "mapping_unknown_area"),
        ("item: satisfied_life", "item: happy_now", "mapping_item_twice"),
        ('rounds: ["2013", "2015"]', 'rounds: ["2013", "2017"]', "mapping_unknown_round"),
        ('rounds: ["2013", "2015"]', 'rounds: ["2011", "2015"]', "mapping_item_round_twice"),
        ("between_points: round_half_up", "between_points: guess", "mapping_not_a_choice"),
        ("  R: refused", "  R: bored", "mapping_not_a_choice"),
    ],
)
def test_what_is_wrong_with_a_survey_mapping_is_said(old: str, new: str, code: str) -> None:
    assert old in SOMERVILLE
    assert code in [one.code for one in problems(SOMERVILLE.replace(old, new, 1), responses=True)]


def test_a_change_of_wording_is_explained() -> None:
    text = SOMERVILLE.replace(
        '        wording: "The overall quality of public schools in your community"\n', "", 1
    )
    assert [one.code for one in problems(text, responses=True)] == ["mapping_change_unexplained"]


@pytest.mark.parametrize("kind", list(MappingKind))
def test_every_key_of_a_mapping_is_told_of_in_the_documentation(kind: MappingKind) -> None:
    said = (EXAMPLES.parent / "imports.md").read_text(encoding="utf-8")

    def keys(part: object) -> set[str]:
        if isinstance(part, list):
            return set().union(*(keys(one) for one in part)) if part else set()
        if not isinstance(part, dict):
            return set()
        own = set(part["properties"]) if isinstance(part.get("properties"), dict) else set()
        return own.union(*(keys(one) for one in part.values()))

    assert {key for key in keys(schema(kind)) if f"`{key}`" not in said and f"{key}:" not in said} == set()


def test_the_examples_are_plain_yaml() -> None:
    for path in EXAMPLES.rglob("*.yaml"):
        assert yaml.safe_load(path.read_text(encoding="utf-8"))
