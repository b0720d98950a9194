"""The meeting as its pages show it: numbers rounded once, in words, and drawn."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from flask import url_for
from flask_babel import gettext as _

from lsp_assess.actions.meeting import Meeting
from lsp_assess.assessment.display import display
from lsp_assess.assessment.record import Step
from lsp_assess.instruments.scales import Point
from lsp_assess.kernel.messages import message
from lsp_assess.partnerships.organisations import Sector
from lsp_assess.rendering.wording import say_value
from lsp_assess.web.evidence_shown import shown_relied
from lsp_assess.web.languages import language, spoken

if TYPE_CHECKING:
    from lsp_assess.assessment.spread import Spread

ROW, TALLEST = 7.0, 42.0
"""Units between two people who gave the same score, and the room that there is above the axis."""


@dataclass(frozen=True, slots=True)
class ShownSpread:
    """`dots` are places along and above the axis; `figures` headings with their values; `points` tell the
    dots in words."""

    dots: tuple[tuple[float, float], ...]
    median: float
    quartiles: tuple[float, float]
    figures: tuple[tuple[str, str], ...]
    points: tuple[tuple[str, str], ...]
    is_flagged: bool


@dataclass(frozen=True, slots=True)
class ShownPart:
    name: str
    title: str
    criterion: str
    statements: tuple[str, ...]
    described: tuple[tuple[int, str, str], ...]
    spread: ShownSpread | None
    sectors: tuple[tuple[str, str], ...]
    agreed: int | None
    moved: str
    minutes: str
    href: str
    place: int
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ShownLine:
    """A part on the agenda."""

    name: str
    title: str
    criterion: str
    href: str
    is_flagged: bool
    is_told: bool
    range: str
    median: str
    agreed: int | None
    moved: str
    minutes: str


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """`left` says how long the parts take that are not agreed."""

    title: str
    left: str
    lines: tuple[ShownLine, ...]
    agreed: int
    total: str | None
    possible: int


@dataclass(frozen=True, slots=True)
class ShownStep:
    """Of the record: something agreed, taken back, or scored again."""

    what: str
    rationale: str
    dissents: tuple[tuple[str, str | None], ...]
    evidence: tuple[str, ...]
    at: str
    by: str


def shown_meeting(meeting: Meeting) -> ShownMeeting:
    lines, result = tuple(_line(meeting, part) for part in meeting.agenda), meeting.result
    return ShownMeeting(
        title=meeting.held.instrument.title.say(language()),
        left=_minutes(sum(meeting.minutes(part) for part in meeting.agenda if not meeting.agreed(part))),
        lines=lines,
        agreed=sum(line.agreed is not None for line in lines),
        total=None if result.total is None else number(result.total, "whole"),
        possible=result.possible,
    )


def shown_part(meeting: Meeting, part: str) -> ShownPart:
    asked, agenda = meeting.held.question(part), meeting.agenda
    agreed, place = meeting.agreed(part), meeting.agenda.index(part)
    spread = meeting.spreads[part]
    return ShownPart(
        name=part,
        title=asked.text.say(language()),
        criterion=_criterion(meeting, part),
        statements=tuple(text.say(language()) for text in asked.statements),
        described=tuple(_described(point) for point in asked.scale.points),
        spread=None if spread is None else shown_spread(spread),
        sectors=tuple(_sectors(meeting.sectors.get(part, {}))),
        agreed=agreed.score if agreed else None,
        moved=_moved(meeting, part),
        minutes=_minutes(meeting.minutes(part)),
        href=_href(meeting, part),
        place=place + 1,
        before=_href(meeting, agenda[place - 1]) if place else None,
        after=_href(meeting, agenda[place + 1]) if place + 1 < len(agenda) else None,
    )


def shown_step(step: Step) -> ShownStep:
    """A step of the record, in words."""
    agreed = step.agreed
    return ShownStep(
        what=f"{agreed.score} agreed" if agreed else "Taken back",
        rationale=agreed.rationale if agreed else "",
        dissents=tuple((each.words, each.by) for each in agreed.dissents) if agreed else (),
        evidence=shown_relied(agreed.evidence) if agreed else (),
        at=say_value(step.at, "moment", language()),
        by=step.by or "",
    )


def _line(meeting: Meeting, part: str) -> ShownLine:
    spread, agreed = meeting.spreads[part], meeting.agreed(part)
    return ShownLine(
        name=part,
        title=meeting.held.question(part).text.say(language()),
        criterion=_criterion(meeting, part),
        href=_href(meeting, part),
        is_flagged=spread is not None and spread.is_flagged,
        is_told=spread is not None,
        range=range_of(spread) if spread else "",
        median=number(spread.summary.median, "") if spread else "",
        agreed=agreed.score if agreed else None,
        moved=_moved(meeting, part),
        minutes=_minutes(meeting.minutes(part)),
    )


def shown_spread(spread: "Spread") -> ShownSpread:
    summary, middle = spread.summary, spread.middle
    return ShownSpread(
        dots=tuple(_dots(spread)),
        median=middle.median,
        quartiles=(middle.lower_quartile, middle.upper_quartile),
        figures=tuple(_figures(spread).items()),
        points=tuple(
            (number(score, ""), spoken(message("meeting.people", n=n))) for score, n in summary.strip
        ),
        is_flagged=spread.is_flagged,
    )


def _figures(spread: "Spread") -> Mapping[str, str]:
    summary, middle, agreement = spread.summary, spread.middle, spread.agreement
    told = {
        _("Scored"): spoken(message("meeting.people", n=summary.n)),
        _("Median"): number(summary.median, ""),
        _("Middle half"): _range(middle.lower_quartile, middle.upper_quartile),
        _("Lowest to highest"): range_of(spread),
        _("Average distance from the median"): number(agreement.average_deviation, "tenth"),
        _("Agreement (rwg)"): number(agreement.rwg, "hundredth"),
    }
    return told | {
        spoken(message(f"missing.{kind.value}")): spoken(message("meeting.people", n=n))
        for kind, n in summary.missing
    }


def _dots(spread: "Spread") -> Iterator[tuple[float, float]]:
    for score, people in spread.summary.strip:
        gap = min(ROW, TALLEST / people)
        for place in range(people):
            yield float(score), place * gap


def range_of(spread: "Spread") -> str:
    return _range(spread.middle.lowest, spread.middle.highest)


def _range(low: float, high: float) -> str:
    told: str = _("%(low)s to %(high)s", low=number(low, ""), high=number(high, ""))
    return told


def _sectors(medians: Mapping[str, Fraction]) -> Iterator[tuple[str, str]]:
    for sector, median in sorted(medians.items()):
        name = spoken(message(f"sector.{sector}")) if sector in set(Sector) else sector
        yield name, number(median, "")


def _moved(meeting: Meeting, part: str) -> str:
    moved = meeting.moved(part)
    if moved is None:
        return ""
    return number(moved, "signed_tenth" if moved.denominator > 1 else "signed")


def _minutes(minutes: int) -> str:
    return spoken(message("meeting.minutes", n=minutes))


def _described(point: Point) -> tuple[int, str, str]:
    told = point.description.say(language()) if point.description else ""
    return point.value, point.label.say(language()), told


def _criterion(meeting: Meeting, part: str) -> str:
    return meeting.held.parts[part].title.say(language())


def _href(meeting: Meeting, part: str) -> str:
    return url_for("meeting.part", collection_id=meeting.held.collection.id, part=part)


def number(value: Fraction | float | None, spec: str) -> str:
    shown = display(value, places=1) if isinstance(value, Fraction) else value
    return say_value(shown, spec, language())
