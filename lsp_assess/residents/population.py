"""What is known of the population that a sample stands for, as a coordinator writes it: a line for each
category, `sex, female, 9800`."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.items import Purpose, SingleItem
from lsp_assess.kernel.errors import Invalid, Place, Problem, problem

AREA = "area"
UNKNOWN = "unknown"
LONGEST_SOURCE = 200
_PARTS = re.compile(r"[,;\t]")
_PEOPLE = re.compile(r"[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class Population:
    """`people` by margin and, within it, by category; a margin is the area or a question."""

    source: str
    people: Mapping[str, Mapping[str, int]]

    def category(self, margin: str, value: object) -> str:
        """Who did not answer, or is of a category of which nothing is stated, stands apart."""
        return str(value) if value in self.people[margin] else UNKNOWN

    def written(self) -> str:
        return "\n".join(
            f"{margin}, {category}, {people}"
            for margin, categories in self.people.items()
            for category, people in categories.items()
        )

    def as_json(self) -> dict[str, Any]:
        """Lists keep the order in which it was written; the database would sort the names of an object."""
        people = [[margin, [list(one) for one in found.items()]] for margin, found in self.people.items()]
        return {"source": self.source, "people": people}


def population_from(stored: Mapping[str, Any] | None) -> Population | None:
    if stored is None:
        return None
    return Population(stored["source"], {margin: dict(found) for margin, found in stored["people"]})


def categories_of(instrument: Instrument, areas: Collection[str]) -> dict[str, tuple[str, ...]]:
    """By margin: the codes of the areas, and those of each question with one answer that is asked for
    weighting."""
    asked = {
        question.name: tuple(str(choice.value) for choice in question.choices)
        for question in instrument.questions
        if isinstance(question, SingleItem) and question.purpose is Purpose.WEIGHTING
    }
    return {**asked, AREA: tuple(areas)}


def read_people(
    text: str, categories: Mapping[str, Collection[str]], *, field: str
) -> dict[str, dict[str, int]]:
    """Raises Invalid with a problem for every line that cannot be read."""
    people: dict[str, dict[str, int]] = {}
    problems: list[Problem] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        place = Place(question=field, line=number)
        parts = [part.strip() for part in _PARTS.split(line)]
        margin, category = (*parts, "", "")[:2]
        written = re.sub(r"\s", "", "".join(parts[2:]))
        if margin not in categories:
            problems.append(problem("population_margin", place, line=number, margin=margin))
        elif category not in categories[margin]:
            problems.append(
                problem("population_category", place, line=number, margin=margin, category=category)
            )
        elif not _PEOPLE.fullmatch(written):
            problems.append(problem("population_people", place, line=number, text=" ".join(line.split())))
        elif category in people.get(margin, {}):
            problems.append(problem("population_twice", place, line=number, margin=margin, category=category))
        else:
            people.setdefault(margin, {})[category] = int(written)
    problems += [
        problem("population_of_one", Place(question=field), margin=margin)
        for margin, found in people.items()
        if len(found) < 2 and not problems
    ]
    if problems:
        raise Invalid(*problems)
    return people
