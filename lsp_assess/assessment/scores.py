"""One person's score of each part (`domain.md` §3).

Either the score given to the part itself, or, where the person scored attributes instead: attribute = mean of
its statements, element = mean of its attributes, part = mean of its elements, then the cap. What is missing
is left out of each mean.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from types import MappingProxyType
from typing import TypeAlias
from uuid import UUID

from lsp_assess.instruments.answers import UNANSWERED, Answer, Answered, Answers
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.items import GridItem
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.instruments.scoring import GroupElements, Part, ScoringModel

PartScore: TypeAlias = "Fraction | MissingKind"
PartScores: TypeAlias = Mapping[str, PartScore]
"""By the name of the part's item."""
AttributeScores: TypeAlias = Mapping[str, Mapping[str, Fraction]]
"""By the name of the part's item, then of the attribute; parts that were scored by attributes alone."""


@dataclass(frozen=True, slots=True)
class Respondent:
    """`key` is that under which answers are matched from round to round."""

    key: UUID
    organisation: UUID
    scores: PartScores
    attributes: AttributeScores = field(default_factory=lambda: MappingProxyType({}))

    def score(self, item: str) -> Fraction | None:
        given = self.scores.get(item)
        return given if isinstance(given, Fraction) else None


class NotScored(ValueError):
    """The instrument has no scored criteria, or its scoring does not fit its items: a fault of ours, since
    the reading of questionnaires refuses both."""


def mean(values: Iterable[Fraction]) -> Fraction | None:
    known = list(values)
    return sum(known, Fraction(0)) / len(known) if known else None


def scoring_of(instrument: Instrument) -> ScoringModel:
    if instrument.scoring is None:
        raise NotScored(f"{instrument.name} has no scored criteria")
    return instrument.scoring


def person_scores(instrument: Instrument, answers: Answers) -> PartScores:
    """A part that the answers do not mention is unanswered."""
    model = scoring_of(instrument)
    return {
        part.item: part_score(instrument, part, model.elements_of(criterion.group), answers)
        for criterion in model.criteria
        for part in criterion.parts
    }


def person_attributes(instrument: Instrument, answers: Answers) -> AttributeScores:
    """Of the parts that the person scored by attributes instead."""
    found = {
        part.item: attribute_scores(instrument, part.detail, answers)
        for criterion in scoring_of(instrument).criteria
        for part in criterion.parts
        if part.detail is not None
    }
    return {item: scores for item, scores in found.items() if scores}


def part_score(
    instrument: Instrument, part: Part, elements: GroupElements | None, answers: Answers
) -> PartScore:
    """Attributes come before the score of the part, since a person chooses them *instead*."""
    if part.detail is not None and elements is not None:
        detailed = from_attributes(elements, attribute_scores(instrument, part.detail, answers))
        if detailed is not None:
            return detailed
    return _number_or_reason(answers.get(part.item, UNANSWERED))


def attribute_scores(instrument: Instrument, grid: str, answers: Answers) -> Mapping[str, Fraction]:
    """The mean of the statements (rows of the grid) of each attribute that has any score."""
    item = instrument.item(grid)
    if not isinstance(item, GridItem):
        raise NotScored(f"{grid} is not a grid of {instrument.name}")
    statements: dict[str, list[Fraction]] = {}
    for row in item.rows:
        given = _number_or_reason(answers.get(f"{grid}.{row.name}", UNANSWERED))
        if isinstance(given, Fraction):
            statements.setdefault(row.attribute or row.name, []).append(given)
    return {attribute: sum(given, Fraction(0)) / len(given) for attribute, given in statements.items()}


def from_attributes(elements: GroupElements, attributes: Mapping[str, Fraction]) -> Fraction | None:
    """None where no attribute of any element is scored. A cap that is itself missing caps nothing."""
    by_element = [
        mean(attributes[a.name] for a in element.attributes if a.name in attributes)
        for element in elements.elements
    ]
    score = mean(value for value in by_element if value is not None)
    cap = attributes.get(elements.cap) if elements.cap is not None else None
    if score is None or cap is None:
        return score
    return min(score, cap)


def _number_or_reason(answer: Answer) -> PartScore:
    if not isinstance(answer, Answered):
        return answer.kind
    if isinstance(answer.value, bool) or not isinstance(answer.value, int | float):
        raise NotScored(f"a score is a number, not {type(answer.value).__name__}")
    return Fraction(answer.value)
