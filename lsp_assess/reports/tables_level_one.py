"""Level one: the criteria then and now, and every table of the driver."""

from fractions import Fraction

from lsp_assess.disclosure.release import RoundStated
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
from lsp_assess.instruments.scoring import Criterion
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import label, label_column, of_round, round_labels
from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.headings_level_one import TOTAL, criteria_finding
from lsp_assess.reports.partners import Driver, Scored
from lsp_assess.reports.tables_level_one_attributes import attribute_tables
from lsp_assess.reports.tables_level_one_editions import (
    editions_table,
    other_editions,
    scores_then,
)
from lsp_assess.reports.tables_level_one_matched import matched_tables
from lsp_assess.reports.tables_level_one_meeting import meeting_tables
from lsp_assess.reports.tables_level_one_missing import missing_table
from lsp_assess.reports.tables_level_one_parts import part_tables
from lsp_assess.reports.tables_level_one_points import points_table
from lsp_assess.reports.tables_level_one_sectors import sector_table


def level_one_tables(driver: Driver) -> Draft:
    if not driver.now.people:
        return Draft()
    scored = tuple(Scored(driver, one) for one in driver.rounds if one.people)
    return together(
        (
            criteria_table(driver, scored),
            points_table(driver, scored[-1]),
            editions_table(driver),
            part_tables(driver, scored),
            attribute_tables(driver, scored),
            scores_then(driver),
            missing_table(driver, scored[-1]),
            matched_tables(driver, scored),
            sector_table(driver, scored[-1]),
            meeting_tables(driver, scored[-1]),
        )
    )


def criteria_table(driver: Driver, scored: tuple[Scored, ...]) -> Draft:
    table = RawTable(
        heading=Heading(
            id="level_one.criteria",
            title=message("level_one.title.criteria"),
            purpose=Purpose.CRITERIA,
            base=message("level_one.base.scored"),
            source=driver.source,
            rounds=round_labels(*(one.of.round for one in scored)),
            footnotes=(
                message("level_one.note.arithmetic"),
                message("level_one.note.census"),
                *other_editions(driver),
            ),
        ),
        columns=_columns(scored),
        rows=(
            *(_criterion_row(driver, scored, criterion) for criterion in driver.model.criteria),
            _total_row(driver, scored),
        ),
    )
    return Draft(tables=(table,), findings={table.heading.id: criteria_finding})


def _columns(scored: tuple[Scored, ...]) -> tuple[Column, ...]:
    columns = [label_column(message("level_one.column.criterion"))]
    columns.append(_number("possible", message("level_one.column.possible"), Role.DETAIL, None))
    for one in scored:
        columns.append(_number("value", one.of.round.name, Role.VALUE, one.of.round))
    for one in scored:
        if one.agreed is not None:
            heading = message("level_one.column.agreed_in", round=one.of.round.name)
            columns.append(_number("agreed", heading, Role.AGREED, one.of.round))
    for one in scored[:-1]:
        heading = message("reports.column.change_since", round=one.of.round.name)
        columns.append(_number("change", heading, Role.CHANGE, one.of.round))
    return tuple(columns)


def _number(key: str, heading: Message, role: Role, round_: RoundStated | None) -> Column:
    return Column(
        key=key if round_ is None else of_round(key, round_),
        kind=Kind.POINTS,
        heading=heading,
        role=role,
        unit=Unit.PLAIN,
        round=None if round_ is None else round_.key,
    )


def _criterion_row(driver: Driver, scored: tuple[Scored, ...], criterion: Criterion) -> RawRow:
    values = {one.key: one.result.criterion(criterion.name).points for one in scored}
    agreed = [one.agreed.criterion(criterion.name).points for one in scored if one.agreed is not None]
    figures = {one.key: one.figures(criterion) for one in scored}
    return RawRow(
        key=criterion.name,
        cells=(
            label(driver.criterion_titles[criterion.name]),
            RawCell(Number(criterion.points)),
            *_points(scored, values, agreed, figures, none=Missing.NO_DATA),
        ),
    )


def _total_row(driver: Driver, scored: tuple[Scored, ...]) -> RawRow:
    values = {one.key: one.result.total for one in scored}
    agreed = [one.agreed.total for one in scored if one.agreed is not None]
    figures = {one.key: one.all_figures for one in scored}
    return RawRow(
        key=TOTAL,
        role=RowRole.TOTAL,
        cells=(
            label(message("level_one.row.total")),
            RawCell(Number(driver.model.points)),
            *_points(scored, values, agreed, figures, none=Missing.TOO_LITTLE_COVERED),
        ),
    )


def _points(
    scored: tuple[Scored, ...],
    values: dict[str, Fraction | None],
    agreed: list[Fraction | None],
    figures: dict[str, tuple[Figure, ...]],
    *,
    none: Missing,
) -> tuple[RawCell, ...]:
    now = scored[-1].key
    changes = []
    for one in scored[:-1]:
        before, after = values[one.key], values[now]
        change = None if before is None or after is None else after - before
        changes.append(_cell(change, (*figures[one.key], *figures[now]), none))
    return (
        *(_cell(values[one.key], figures[one.key], none) for one in scored),
        *(_cell(points, (), none) for points in agreed),
        *changes,
    )


def _cell(points: Fraction | None, figures: tuple[Figure, ...], none: Missing) -> RawCell:
    if points is None:
        return RawCell(figures=figures, missing=none)
    return RawCell(Number(float(points)), figures)
