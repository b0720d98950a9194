"""Level one: the scores of each part as a strip, so that a median hides no disagreement."""

from collections.abc import Sequence
from fractions import Fraction

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
    Unit,
)
from lsp_assess.disclosure.values import Missing, Number, Strip
from lsp_assess.instruments.scoring import Criterion
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import base_column, label, label_column, of_round, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.headings_level_one import spread_finding
from lsp_assess.reports.partners import Driver, Scored


def part_tables(driver: Driver, scored: tuple[Scored, ...]) -> Draft:
    tables = [_scores(driver, scored, criterion) for criterion in driver.model.criteria]
    findings = {table.heading.id: spread_finding for table in tables}
    return Draft(tables=tuple(tables), findings=findings)


def _scores(driver: Driver, scored: tuple[Scored, ...], criterion: Criterion) -> RawTable:
    return scores_table(
        driver,
        scored,
        [part.item for part in criterion.parts],
        id=f"level_one.scores.{criterion.name}",
        title=message("level_one.title.scores", criterion=driver.criterion_titles[criterion.name]),
    )


def scores_table(
    driver: Driver, scored: tuple[Scored, ...], items: Sequence[str], *, id: str, title: Message
) -> RawTable:
    columns = [label_column(message("level_one.column.part"))]
    for one in scored:
        columns += _round_columns(one)
    columns += _agreement_columns()
    columns += [base_column(one.of.round) for one in scored]
    return RawTable(
        heading=Heading(
            id=id,
            title=title,
            purpose=Purpose.SCORES,
            base=message("level_one.base.scored"),
            source=driver.source,
            rounds=round_labels(*(one.of.round for one in scored)),
            footnotes=(message("level_one.note.strip"), message("level_one.note.agreement")),
        ),
        columns=tuple(columns),
        rows=tuple(_row(driver, scored, item) for item in items),
    )


def _round_columns(one: Scored) -> list[Column]:
    round_ = one.of.round
    made = [("scores", Kind.STRIP, Role.SCORES), ("median", Kind.SCORE, Role.MEDIAN)]
    if one.agreed is not None:
        made.append(("agreed", Kind.SCORE, Role.AGREED))
    return [
        Column(
            key=of_round(key, round_),
            kind=kind,
            heading=message(f"level_one.column.{key}_in", round=round_.name),
            role=role,
            unit=Unit.SCORE,
            decimals=1 if role is Role.MEDIAN else 0,
            round=round_.key,
        )
        for key, kind, role in made
    ]


def _agreement_columns() -> list[Column]:
    return [
        Column(
            key=key,
            kind=Kind.SCORE,
            heading=message(f"level_one.column.{key}"),
            unit=unit,
            decimals=decimals,
        )
        for key, unit, decimals in (("rwg", Unit.PLAIN, 2), ("deviation", Unit.SCORE, 1))
    ]


def _agreement_cells(one: Scored, item: str) -> list[RawCell]:
    found, figures = one.agreement(item), (one.figure(item),)
    if found is None:
        return [RawCell(None, figures), RawCell(None, figures)]
    rwg = None if found.rwg is None else Number(found.rwg)
    return [RawCell(rwg, figures), RawCell(Number(found.average_deviation), figures)]


def _row(driver: Driver, scored: tuple[Scored, ...], item: str) -> RawRow:
    cells = [label(driver.part_titles[item])]
    for one in scored:
        cells += _round_cells(one, item)
    cells += _agreement_cells(scored[-1], item)
    cells += [RawCell(Number(one.summaries[item].n), (one.figure(item),)) for one in scored]
    return RawRow(key=item, cells=tuple(cells))


def _round_cells(one: Scored, item: str) -> list[RawCell]:
    summary, figures = one.summaries[item], (one.figure(item),)
    points = tuple((float(score), people) for score, people in summary.strip)
    cells = [RawCell(Strip(points) if points else None, figures), _number(summary.median, figures)]
    if one.agreed is not None:
        agreed = one.agreed_on(item)
        none = RawCell(missing=Missing.NOT_APPLICABLE)
        cells.append(none if agreed is None else RawCell(Number(agreed.score)))
    return cells


def _number(value: Fraction | None, figures: tuple[Figure, ...]) -> RawCell:
    return RawCell(None if value is None else Number(float(value)), figures)
