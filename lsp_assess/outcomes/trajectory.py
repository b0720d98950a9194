"""The plan of an indicator: lines through dated points, and what they expect at a date."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from lsp_assess.kernel.errors import Invalid, problem

MOST_LINES = 9


@dataclass(frozen=True, slots=True)
class PlanPoint:
    """`upper` is there for a range, of which `value` is the lower end."""

    on: date
    value: Decimal
    upper: Decimal | None = None


class LineStanding(StrEnum):
    """One line of a plan gives the light; the others are shown beside it."""

    THE_LINE = "the_line"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class PlanLine:
    name: str
    points: tuple[PlanPoint, ...]
    standing: LineStanding = LineStanding.THE_LINE

    def __post_init__(self) -> None:
        if not self.points:
            raise Invalid(problem("plan_line_empty", line=self.name))
        values = [value for point in self.points for value in (point.value, point.upper) if value is not None]
        if not all(value.is_finite() for value in values):
            raise Invalid(problem("plan_value_not_a_number", line=self.name))
        if any(after.on <= before.on for before, after in pairwise(self.points)):
            raise Invalid(problem("plan_line_out_of_order", line=self.name))
        if len({point.upper is None for point in self.points}) == 2:
            raise Invalid(problem("plan_line_half_range", line=self.name))
        if any(point.upper is not None and point.upper < point.value for point in self.points):
            raise Invalid(problem("plan_line_upside_down", line=self.name))


@dataclass(frozen=True, slots=True)
class Expected:
    """What the plan expects at a date; `low` and `high` are one number unless it is a range."""

    low: Fraction
    high: Fraction


def check_plan(lines: tuple[PlanLine, ...]) -> None:
    """Raises `Invalid`: at most nine lines, exactly one of them the line (no lines is no plan yet)."""
    if len(lines) > MOST_LINES:
        raise Invalid(problem("plan_lines_too_many", count=len(lines), most=MOST_LINES))
    chosen = sum(line.standing is LineStanding.THE_LINE for line in lines)
    if lines and chosen != 1:
        raise Invalid(problem("plan_line_not_one", count=chosen))


def the_line(lines: tuple[PlanLine, ...]) -> PlanLine | None:
    return next((line for line in lines if line.standing is LineStanding.THE_LINE), None)


def expected(line: PlanLine, on: date) -> Expected | None:
    """Linear between two points; None before the first; after the last its value stands, since a target
    that has fallen due stays due."""
    if on < line.points[0].on:
        return None
    for before, after in pairwise(line.points):
        if on <= after.on:
            share = Fraction((on - before.on).days, (after.on - before.on).days)
            return Expected(
                _between(before.value, after.value, share),
                _between(_upper(before), _upper(after), share),
            )
    last = line.points[-1]
    return Expected(Fraction(last.value), Fraction(_upper(last)))


def _upper(point: PlanPoint) -> Decimal:
    return point.value if point.upper is None else point.upper


def _between(first: Decimal, second: Decimal, share: Fraction) -> Fraction:
    return Fraction(first) + share * (Fraction(second) - Fraction(first))
