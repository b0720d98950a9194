"""What a coordinator writes of an indicator, a line each: its targets, and the objectives that it serves."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lsp_assess.kernel.errors import Invalid, Place, Problem, problem
from lsp_assess.outcomes.trajectory import PlanPoint
from lsp_assess.partnerships.periods import PeriodType
from lsp_assess.partnerships.written_periods import parse_period

VALUE = re.compile(r"-?[0-9]{1,12}(?:\.[0-9]{1,6})?")
CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,62}")
MOST_TARGETS = 60
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class WrittenObjective:
    """Without a title where the partnership is said to have the objective already."""

    line: int
    code: str
    title: str | None


def read_targets(text: str, type_: PeriodType, *, field: str) -> tuple[PlanPoint, ...]:
    """In the order of time, a point where each target falls due: on a day, or with the last day of a period
    of `type_`. Raises Invalid with a problem for every line that cannot be read."""
    points: dict[date, PlanPoint] = {}
    problems: list[Problem] = []
    for number, line in _lines(text):
        place = Place(question=field, line=number)
        when, _, written = line.partition(",")
        value = written.strip().replace("−", "-")
        on = _due(when, type_)
        if on is None:
            problems.append(problem("target_when", place, line=number, text=line))
        elif not VALUE.fullmatch(value):
            problems.append(problem("target_value", place, line=number, text=line))
        elif on in points:
            problems.append(problem("target_twice", place, line=number, day=on))
        else:
            points[on] = PlanPoint(on, Decimal(value))
    if len(points) > MOST_TARGETS:
        problems.append(problem("targets_too_many", Place(question=field), most=MOST_TARGETS))
    if problems:
        raise Invalid(*problems)
    return tuple(points[on] for on in sorted(points))


def read_objectives(text: str, *, field: str) -> tuple[WrittenObjective, ...]:
    """Raises Invalid with a problem for every line that cannot be read."""
    found: dict[str, WrittenObjective] = {}
    problems: list[Problem] = []
    for number, line in _lines(text):
        place = Place(question=field, line=number)
        code, _, title = (part.strip() for part in line.partition(","))
        if not CODE.fullmatch(code) or len(title) > LONGEST_TITLE:
            problems.append(problem("objective_unreadable", place, line=number, text=line))
        elif code in found:
            problems.append(problem("objective_twice", place, line=number, objective=code))
        else:
            found[code] = WrittenObjective(number, code, title or None)
    if problems:
        raise Invalid(*problems)
    return tuple(found.values())


def _lines(text: str) -> Iterator[tuple[int, str]]:
    """Numbered as they stand, from 1; those with nothing on them are counted and not read."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield number, " ".join(line.split())


def _due(written: str, type_: PeriodType) -> date | None:
    for kind in (PeriodType.INSTANT, type_):
        try:
            return parse_period(written, kind).end
        except Invalid:
            continue
    return None
