"""The population that a sample stands for, as a coordinator writes it."""

import pytest

from lsp_assess.kernel.errors import Invalid
from lsp_assess.residents.population import UNKNOWN, Population, population_from, read_people

CATEGORIES = {"area": ("N1", "S1"), "sex": ("female", "male", "other")}


def read(text: str) -> dict[str, dict[str, int]]:
    return read_people(text, CATEGORIES, field="people")


def test_lines_are_read_with_commas_semicolons_or_tabs_and_spaces_within_numbers() -> None:
    people = read("area, N1, 9 800\n\nsex;female;5,200\n sex\tmale\t4800 \narea,S1,200")
    assert people == {"area": {"N1": 9800, "S1": 200}, "sex": {"female": 5200, "male": 4800}}


def test_what_is_written_is_read_again() -> None:
    stated = Population("Mid-year estimates", {"sex": {"female": 5200, "male": 4800}})
    assert read(stated.written()) == stated.people
    assert population_from(stated.as_json()) == stated
    assert population_from(None) is None


@pytest.mark.parametrize(
    ("text", "code", "line"),
    [
        ("age, 18, 20", "population_margin", 1),
        ("sex, female, 20\nsex, woman, 30", "population_category", 2),
        ("sex, female, many", "population_people", 1),
        ("sex, female, 0", "population_people", 1),
        ("sex, female, -5", "population_people", 1),
        ("sex, female", "population_people", 1),
        ("sex", "population_category", 1),
        ("sex, female, 20\nsex, female, 30", "population_twice", 2),
        ("sex, female, 20", "population_of_one", None),
    ],
)
def test_a_line_that_cannot_be_read_is_named(text: str, code: str, line: int | None) -> None:
    with pytest.raises(Invalid) as refused:
        read(text)
    first = refused.value.problems[0]
    assert (first.code, first.place.line) == (code, line)


def test_whose_category_is_not_known_stands_apart() -> None:
    stated = Population("Census", {"sex": {"female": 5200, "male": 4800}})
    assert [stated.category("sex", value) for value in ("female", "other", None)] == [
        "female",
        UNKNOWN,
        UNKNOWN,
    ]
