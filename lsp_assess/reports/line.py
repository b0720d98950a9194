"""The line between the levels: what is linked to one objective, and which way each of it went from round to
round. Directions of answers carry the figures that they tell of."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from lsp_assess.disclosure.rules import Figure
from lsp_assess.estimation import Change
from lsp_assess.kernel.messages import Message
from lsp_assess.outcomes.direction import Direction, direction_of_travel
from lsp_assess.outcomes.line import StrandKind
from lsp_assess.reports.measured import EVERYBODY, Measured, measure
from lsp_assess.reports.outcomes import OutcomeSeries
from lsp_assess.reports.partners import Driver, Scored
from lsp_assess.reports.survey import ResidentSurvey
from lsp_assess.reports.survey_asked import Asking, Measure


class LinkKind(StrEnum):
    INDICATOR = "indicator"
    QUESTION = "question"
    PART = "part"


@dataclass(frozen=True, slots=True)
class ObjectiveLinks:
    code: str
    title: Message
    links: tuple[tuple[LinkKind, str], ...]


@dataclass(frozen=True, slots=True)
class Step:
    """From one round to the next."""

    direction: Direction
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True, slots=True)
class StrandTold:
    kind: StrandKind
    key: str
    name: Message
    steps: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class LineMaterial:
    """`ends` are the last days of the rounds, oldest first, by their keys."""

    objectives: tuple[ObjectiveLinks, ...]
    ends: Mapping[str, date]
    outcomes: tuple[OutcomeSeries, ...]
    survey: ResidentSurvey | None
    driver: Driver | None

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        keys = list(self.ends)
        return tuple(pairwise(keys))


def strands(material: LineMaterial, objective: ObjectiveLinks) -> Iterator[StrandTold]:
    """Links to what this release does not tell of are left out."""
    for kind, code in objective.links:
        found = {
            LinkKind.INDICATOR: _indicator,
            LinkKind.QUESTION: _question,
            LinkKind.PART: _part,
        }[kind](material, code)
        if found is not None:
            yield found


def _indicator(material: LineMaterial, code: str) -> StrandTold | None:
    series = next((one for one in material.outcomes if one.indicator.code == code), None)
    if series is None:
        return None
    days = [(material.ends[a], material.ends[b]) for a, b in material.pairs]
    steps = tuple(Step(_travelled(series, before, after)) for before, after in days)
    return StrandTold(StrandKind.INDICATOR, code, series.title, steps)


def _travelled(series: OutcomeSeries, before: date, after: date) -> Direction:
    """From the last value known at the end of one round to the last at the end of the next."""
    then = [m for m in series.known if m.period.end <= before]
    now = [m for m in series.known if m.period.end <= after]
    if not then or not now or then[-1] == now[-1]:
        return Direction.NOT_COMPARABLE
    pair = (then[-1], now[-1])
    return direction_of_travel(pair, indicator=series.indicator, breaks=series.breaks).direction


def _question(material: LineMaterial, key: str) -> StrandTold | None:
    """What residents favour; a share that is neither good nor bad has no direction."""
    survey = material.survey
    if survey is None:
        return None
    question = next((q for q in survey.asked_now() if q.key == key), None)
    if question is None or question.measure is not Measure.FAVOURABLE:
        return None
    one = measure(survey, question)
    steps = tuple(_said(one, before, after) for before, after in material.pairs)
    return StrandTold(StrandKind.RESIDENTS, key, question.title, steps)


def _said(one: Measured, before: str, after: str) -> Step:
    if {one.comparability(before), one.comparability(after)} != {Asking.SAME}:
        return Step(Direction.NOT_COMPARABLE)
    change = one.changes(before, after).get(EVERYBODY)
    figures = (one.figure(before), one.figure(after))
    return Step(_way(change), figures)


def _way(change: Change | None) -> Direction:
    if change is None or change.lower is None or change.upper is None:
        return Direction.NOT_COMPARABLE
    if change.lower > 0:
        return Direction.IMPROVED
    return Direction.WORSENED if change.upper < 0 else Direction.NO_CLEAR_CHANGE


def _part(material: LineMaterial, item: str) -> StrandTold | None:
    driver = material.driver
    if driver is None or item not in driver.part_titles:
        return None
    scored = {one.round.key: Scored(driver, one) for one in driver.rounds if one.people}
    steps = tuple(
        _median_step(scored.get(before), scored.get(after), item) for before, after in material.pairs
    )
    return StrandTold(StrandKind.DRIVER_PART, item, driver.part_titles[item], steps)


def _median_step(before: Scored | None, after: Scored | None, item: str) -> Step:
    if before is None or after is None:
        return Step(Direction.NOT_COMPARABLE)
    figures = (before.figure(item), after.figure(item))
    then, now = before.medians.get(item), after.medians.get(item)
    if then is None or now is None:
        return Step(Direction.NOT_COMPARABLE, figures)
    if then == now:
        return Step(Direction.UNCHANGED, figures)
    return Step(Direction.IMPROVED if now > then else Direction.WORSENED, figures)


def all_figures(told: Sequence[StrandTold]) -> tuple[Figure, ...]:
    return tuple(figure for strand in told for step in strand.steps for figure in step.figures)
