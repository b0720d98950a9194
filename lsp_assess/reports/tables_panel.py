"""Other instruments answered by the partners: the progress wheel, and what they think it all added."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from statistics import median

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.rules import Figure, SmallGroup
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    Unit,
)
from lsp_assess.disclosure.values import Missing, Number
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import IN_ROUND, base_column, label, label_column, of_round, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.survey_asked import AnswerPoint


class Drawn(StrEnum):
    WHEEL = "wheel"
    """One median an element, from 0 (the lowest point, the rim) to 100 (the highest, the hub)."""
    COUNTS = "counts"
    """How many people gave each answer, a line for each round; no percentages of a handful."""


@dataclass(frozen=True, slots=True)
class PanelItem:
    key: str
    title: Message
    points: tuple[AnswerPoint, ...]


@dataclass(frozen=True, slots=True)
class PanelRound:
    """By item, the values of those who gave one."""

    round: RoundStated
    answers: Mapping[str, tuple[int, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """`id` begins with the section (`level_one.wheel`). `items` of one table share their points."""

    id: str
    title: Message
    drawn: Drawn
    items: tuple[PanelItem, ...]
    rounds: tuple[PanelRound, ...]
    source: Message
    threshold: int

    @property
    def now(self) -> PanelRound:
        return self.rounds[-1]

    def figure(self, item: PanelItem, of: PanelRound) -> Figure:
        given = of.answers.get(item.key, ())
        dominant = max(Counter(given).values()) / len(given) if given else 0.0
        rule = SmallGroup(len(given), self.threshold, dominant)
        return Figure(f"{self.id}/{item.key}/{of.round.key}", rule)


def panel_table(panel: Panel) -> Draft:
    if not panel.items or not panel.now.answers:
        return Draft()
    wheel = panel.drawn is Drawn.WHEEL
    table = RawTable(
        heading=Heading(
            id=panel.id,
            title=panel.title,
            purpose=Purpose.WHEEL if wheel else Purpose.DISTRIBUTION,
            base=message("level_one.base.answered"),
            source=panel.source,
            rounds=round_labels(*(one.round for one in panel.rounds)),
            footnotes=(message("level_one.note.census"),),
        ),
        columns=_wheel_columns(panel) if wheel else _count_columns(panel),
        rows=tuple(_wheel_row(panel, i) for i in panel.items) if wheel else tuple(_count_rows(panel)),
    )
    return Draft(tables=(table,))


def _wheel_columns(panel: Panel) -> tuple[Column, ...]:
    return (
        label_column(message("level_one.column.element")),
        *(
            Column(
                key=of_round("value", one.round),
                kind=Kind.SCORE,
                heading=one.round.name,
                role=Role.VALUE,
                unit=Unit.SCORE,
                decimals=1,
                round=one.round.key,
            )
            for one in panel.rounds
        ),
        *(base_column(one.round) for one in panel.rounds),
    )


def _wheel_row(panel: Panel, item: PanelItem) -> RawRow:
    values = [int(point.value) for point in item.points]
    low, span = min(values), max(values) - min(values)

    def position(one: PanelRound) -> RawCell:
        given = one.answers.get(item.key, ())
        place = Number(100 * (median(given) - low) / span) if given else None
        return RawCell(place, (panel.figure(item, one),))

    def base(one: PanelRound) -> RawCell:
        return RawCell(Number(len(one.answers.get(item.key, ()))), (panel.figure(item, one),))

    return RawRow(
        key=item.key,
        cells=(label(item.title), *map(position, panel.rounds), *map(base, panel.rounds)),
    )


def _count_columns(panel: Panel) -> tuple[Column, ...]:
    points = {point.value: point.label for item in panel.items for point in item.points}
    return (
        label_column(message("residents.column.question")),
        *(
            Column(key=f"answer:{value}", kind=Kind.COUNT, heading=name, role=Role.CATEGORY, unit=Unit.PEOPLE)
            for value, name in points.items()
        ),
        Column(
            key="base",
            kind=Kind.COUNT,
            heading=message("reports.column.base"),
            role=Role.BASE,
            unit=Unit.PEOPLE,
        ),
    )


def _count_rows(panel: Panel) -> Iterator[RawRow]:
    """Of each question the earlier rounds, then the published one."""
    for item in panel.items:
        for one in panel.rounds:
            yield _count_row(panel, item, one)


def _count_row(panel: Panel, item: PanelItem, one: PanelRound) -> RawRow:
    given = Counter(one.answers.get(item.key, ()))
    figures = (panel.figure(item, one),)
    own = {point.value for point in item.points}
    every = {point.value: None for each in panel.items for point in each.points}
    several = message(IN_ROUND, item=item.title, round=one.round.name)
    return RawRow(
        key=item.key if one is panel.now else of_round(item.key, one.round),
        round=one.round.key,
        cells=(
            label(several if len(panel.rounds) > 1 else item.title),
            *(
                RawCell(Number(given[value]), figures)  # type: ignore[index]
                if value in own
                else RawCell(missing=Missing.NOT_APPLICABLE)
                for value in every
            ),
            RawCell(Number(given.total()), figures),
        ),
    )
