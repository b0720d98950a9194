"""Level one: how the points of 1000 are made up, from the total to the criterion, the part, the attribute."""

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from lsp_assess.assessment.reckoning import HUNDRED, Result
from lsp_assess.disclosure.rules import Figure
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    RowRole,
    Unit,
)
from lsp_assess.disclosure.values import Missing, Number
from lsp_assess.instruments.scoring import Criterion, Part
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.headings_level_one import TOTAL
from lsp_assess.reports.partners import Driver, Scored


def points_table(driver: Driver, now: Scored) -> Draft:
    """Of the published round. A part that nobody scored gives its points to the others of its criterion, as
    the arithmetic does; in the total, a criterion without a score does."""
    made = _Making(driver, now)
    table = RawTable(
        heading=Heading(
            id="level_one.points",
            title=message("level_one.title.points"),
            purpose=Purpose.NONE,
            base=message("level_one.base.scored"),
            source=driver.source,
            rounds=round_labels(now.of.round),
            footnotes=(message("level_one.note.points"), message("level_one.note.census")),
        ),
        columns=tuple(_columns(now)),
        rows=(*(row for each in driver.model.criteria for row in made.rows(each)), made.total()),
    )
    return Draft(tables=(table,))


def _columns(now: Scored) -> Iterator[Column]:
    def column(key: str, kind: Kind, unit: Unit, decimals: int = 1) -> Column:
        heading = message(f"level_one.column.{key}")
        return Column(key=key, kind=kind, heading=heading, role=Role.DETAIL, unit=unit, decimals=decimals)

    yield label_column(message("level_one.column.part"))
    yield column("score", Kind.SCORE, Unit.SCORE)
    yield column("points", Kind.POINTS, Unit.PLAIN)
    yield column("possible", Kind.POINTS, Unit.PLAIN)
    yield column("share", Kind.PERCENT, Unit.PERCENT)
    if now.agreed is not None:
        yield column("agreed_score", Kind.SCORE, Unit.SCORE)
        yield column("agreed_points", Kind.POINTS, Unit.PLAIN)


class _Making:
    def __init__(self, driver: Driver, now: Scored) -> None:
        self._driver, self._now = driver, now
        self._agreed = {one.item: Fraction(one.score) for one in now.of.agreed}

    def rows(self, criterion: Criterion) -> Iterator[RawRow]:
        for part in criterion.parts:
            yield self._part(criterion, part)
        yield self._whole(
            f"criterion:{criterion.name}",
            message("level_one.row.criterion", criterion=self._driver.criterion_titles[criterion.name]),
            criterion.points,
            self._now.figures(criterion),
            lambda result: result.criterion(criterion.name).points,
            none=Missing.NO_DATA,
        )

    def total(self) -> RawRow:
        return self._whole(
            TOTAL,
            message("level_one.row.total"),
            self._driver.model.points,
            self._now.all_figures,
            lambda result: result.total,
            none=Missing.TOO_LITTLE_COVERED,
        )

    def _part(self, criterion: Criterion, part: Part) -> RawRow:
        figures = (self._now.figure(part.item),)
        title = message(
            "level_one.part_of",
            criterion=self._driver.criterion_titles[criterion.name],
            part=self._driver.part_titles[part.item],
        )
        return RawRow(
            key=part.item,
            group=criterion.name,
            cells=(
                label(title),
                *self._scored(criterion, part, self._now.medians, figures),
                RawCell(Number(float(part.share * criterion.points))),
                RawCell(Number(float(part.share * HUNDRED))),
                *(() if self._now.agreed is None else self._scored(criterion, part, self._agreed, ())),
            ),
        )

    def _scored(
        self, criterion: Criterion, part: Part, scores: Mapping[str, Fraction], figures: tuple[Figure, ...]
    ) -> tuple[RawCell, RawCell]:
        score = scores.get(part.item)
        if score is None:
            none = RawCell(figures=figures, missing=Missing.NO_DATA)
            return none, none
        weight = sum((each.share for each in criterion.parts if each.item in scores), Fraction(0))
        points = part.share / weight * score / HUNDRED * criterion.points
        return RawCell(Number(float(score)), figures), RawCell(Number(float(points)), figures)

    def _whole(
        self,
        key: str,
        title: Message,
        possible: int,
        figures: tuple[Figure, ...],
        points_of: Callable[[Result], Fraction | None],
        *,
        none: Missing,
    ) -> RawRow:
        """Its score is what the points are of a hundred."""

        def scored(result: Result, of: tuple[Figure, ...]) -> tuple[RawCell, RawCell]:
            points = points_of(result)
            if points is None:
                nothing = RawCell(figures=of, missing=none)
                return nothing, nothing
            percent = points / possible * HUNDRED
            return RawCell(Number(float(percent)), of), RawCell(Number(float(points)), of)

        return RawRow(
            key=key,
            role=RowRole.TOTAL,
            cells=(
                label(title),
                *scored(self._now.result, figures),
                RawCell(Number(possible)),
                RawCell(missing=Missing.NOT_APPLICABLE),
                *(() if self._now.agreed is None else scored(self._now.agreed, ())),
            ),
        )
