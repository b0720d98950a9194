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


AGREED = (
    ("agreed", Kind.SCORE, Role.AGREED, Unit.SCORE, 0),
    ("moved", Kind.SCORE, Role.DETAIL, Unit.SCORE, 1),
)
OF_A_ROUND = (
    ("scores", Kind.STRIP, Role.SCORES, Unit.SCORE, 0),
    ("median", Kind.SCORE, Role.MEDIAN, Unit.SCORE, 1),
)
AGREEMENT = (
    ("rwg", Kind.SCORE, Role.DETAIL, Unit.PLAIN, 2),
    ("deviation", Kind.SCORE, Role.DETAIL, Unit.SCORE, 1),
)


def _round_columns(one: Scored) -> list[Column]:
    round_ = one.of.round
    return [
        Column(
            key=of_round(key, round_),
            kind=kind,
            heading=message(f"level_one.column.{key}_in", round=round_.name),
            role=role,
            unit=unit,
            decimals=decimals,
            round=round_.key,
        )
        for key, kind, role, unit, decimals in (
            *OF_A_ROUND,
            *(() if one.agreed is None else AGREED),
            *AGREEMENT,
        )
    ]


def _row(driver: Driver, scored: tuple[Scored, ...], item: str) -> RawRow:
    cells = [label(driver.part_titles[item])]
    for one in scored:
        cells += _round_cells(one, item)
    cells += [RawCell(Number(one.summaries[item].n), (one.figure(item),)) for one in scored]
    return RawRow(key=item, cells=tuple(cells))


def _round_cells(one: Scored, item: str) -> list[RawCell]:
    summary, figures = one.summaries[item], (one.figure(item),)
    points = tuple((float(score), people) for score, people in summary.strip)
    return [
        RawCell(Strip(points) if points else None, figures),
        _number(summary.median, figures),
        *(() if one.agreed is None else _agreed_cells(one, item)),
        *_agreement_cells(one, item),
    ]


def _agreed_cells(one: Scored, item: str) -> tuple[RawCell, RawCell]:
    agreed = one.agreed_on(item)
    if agreed is None:
        none = RawCell(missing=Missing.NOT_APPLICABLE)
        return none, none
    return RawCell(Number(agreed.score)), _number(one.moved.get(item), (one.figure(item),))


def _agreement_cells(one: Scored, item: str) -> tuple[RawCell, RawCell]:
    found, figures = one.agreement(item), (one.figure(item),)
    if found is None:
        return RawCell(None, figures), RawCell(None, figures)
    rwg = None if found.rwg is None else Number(found.rwg)
    return RawCell(rwg, figures), RawCell(Number(found.average_deviation), figures)


def _number(value: Fraction | None, figures: tuple[Figure, ...]) -> RawCell:
    return RawCell(None if value is None else Number(float(value)), figures)
