"""Objectives, plan lines and actions, as the data files tell them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from lsp_assess.demonstration.remarks import data
from lsp_assess.reports.tables_actions import ActionStatus
from lsp_assess.stories.links import LinkTarget

Points = Mapping[date, float]


@dataclass(frozen=True, slots=True)
class Line:
    name: str
    points: Points
    gives_the_light: bool


@dataclass(frozen=True, slots=True)
class IndicatorPlan:
    code: str
    lead: str
    delivers: str
    answers_for_data: str
    headline: bool
    tolerance: float
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Link:
    objective: str
    target: LinkTarget
    code: str


@dataclass(frozen=True, slots=True)
class ActionStand:
    """How an action stood when a round was published."""

    status: ActionStatus
    what_changed: str | None
    light: str | None = None


@dataclass(frozen=True, slots=True)
class ActionPlan:
    """`stands` begin with the round that decided on it."""

    number: int
    round_number: int
    finding: str
    decision: str
    title: str
    owner: str
    due: date
    stands: tuple[ActionStand, ...]


def objectives() -> Mapping[str, str]:
    return dict(data("plans")["objectives"])


def links() -> Iterator[Link]:
    for objective, kinds in data("plans")["links"].items():
        for kind, codes in kinds.items():
            for code in codes:
                yield Link(objective, LinkTarget(kind), code)


def indicator_plans() -> Iterator[IndicatorPlan]:
    for code, entry in data("plans")["indicators"].items():
        yield IndicatorPlan(
            code=code,
            lead=entry["lead"],
            delivers=entry["delivers"],
            answers_for_data=entry["data"],
            headline=entry.get("headline", False),
            tolerance=entry["tolerance"],
            lines=tuple(_lines(entry)),
        )


def _lines(entry: Mapping[str, Any]) -> Iterator[Line]:
    if "line" in entry:
        yield Line("The partnership’s plan", entry["line"], gives_the_light=True)
    for name, points in entry.get("others", {}).items():
        yield Line(name, points, gives_the_light=False)


def actions() -> Iterator[ActionPlan]:
    begun = ActionStand(ActionStatus.PLANNED, None)
    for number, entry in enumerate(data("actions")):
        later = (
            ActionStand(ActionStatus(stand["status"]), stand.get("what_changed"), stand.get("light"))
            for stand in entry.get("later", ())
        )
        yield ActionPlan(
            number=number,
            round_number=entry["round"],
            finding=entry["finding"],
            decision=entry["decision"],
            title=entry["title"],
            owner=entry["owner"],
            due=entry["due"],
            stands=(begun, *later),
        )
