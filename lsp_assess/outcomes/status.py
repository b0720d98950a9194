"""The status of an objective: a weighted average of lights that cannot hide a red."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from lsp_assess.disclosure.values import Colour
from lsp_assess.kernel.errors import Invalid, problem

POINTS = {Colour.GREEN: 100, Colour.AMBER: 50, Colour.RED: 0}
GREEN_FROM = 75
AMBER_FROM = 40
LEAST_COVERAGE = Fraction(2, 3)


class Importance(StrEnum):
    ORDINARY = "ordinary"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Child:
    name: str
    colour: Colour
    weight: Decimal = Decimal(1)
    importance: Importance = Importance.ORDINARY


@dataclass(frozen=True, slots=True)
class Status:
    """`colour` and `score` are None under two thirds of the weight. `capped_by` names the critical red
    that keeps the colour at amber."""

    colour: Colour | None
    score: Fraction | None
    coverage: Fraction
    worst: Child | None
    capped_by: Child | None = None


def objective_status(children: Sequence[Child]) -> Status:
    """Green 100, amber 50, red 0; a child that cannot tell or is grey only lowers the coverage."""
    for child in children:
        if child.weight <= 0:
            raise Invalid(problem("weight_not_positive", measure=child.name))
    whole = sum((Fraction(child.weight) for child in children), Fraction(0))
    told = [child for child in children if child.colour in POINTS]
    weight = sum((Fraction(child.weight) for child in told), Fraction(0))
    coverage = weight / whole if whole else Fraction(0)
    worst = min(told, key=lambda child: POINTS[child.colour], default=None)
    if worst is None or coverage < LEAST_COVERAGE:
        return Status(None, None, coverage, worst)
    score = sum((Fraction(c.weight) * POINTS[c.colour] for c in told), Fraction(0)) / weight
    colour = Colour.GREEN if score >= GREEN_FROM else Colour.AMBER if score >= AMBER_FROM else Colour.RED
    cap = next((c for c in told if c.importance is Importance.CRITICAL and c.colour is Colour.RED), None)
    if cap is not None and colour is Colour.GREEN:
        return Status(Colour.AMBER, score, coverage, worst, cap)
    return Status(colour, score, coverage, worst)
