"""Level one: the spread by sector, where enough people of a sector scored."""

from lsp_assess.assessment.parts import PartSummary, summarise_part
from lsp_assess.disclosure.complement import Relation
from lsp_assess.disclosure.rules import Figure, SmallGroup
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Unit,
)
from lsp_assess.disclosure.values import Number
from lsp_assess.kernel.messages import message
from lsp_assess.reports import headings_level_one
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.partners import Driver, Scored, part_key


def sector_table(driver: Driver, now: Scored) -> Draft:
    present = sorted(
        {driver.sectors[p.organisation] for p in now.of.people if p.organisation in driver.sectors}
    )
    if len(present) < 2:
        return Draft()
    cells = {item: _medians(driver, now, item, present) for item in driver.parts}
    table = RawTable(
        heading=Heading(
            id="level_one.sectors",
            title=message("level_one.title.sectors"),
            purpose=Purpose.NONE,
            base=message("level_one.base.scored"),
            source=driver.source,
            rounds=round_labels(now.of.round),
            footnotes=(message("level_one.note.census"),),
        ),
        columns=_columns(driver, present),
        rows=tuple(
            RawRow(key=item, cells=(label(driver.part_titles[item]), *cells[item])) for item in driver.parts
        ),
    )
    relations = tuple(
        Relation(
            total=part_key(item, now.key),
            parts=tuple(part_key(item, now.key, f"sector:{sector}") for sector in present),
        )
        for item in driver.parts
    )
    return Draft(tables=(table,), relations=relations)


def _columns(driver: Driver, present: list[str]) -> tuple[Column, ...]:
    names = [(headings_level_one.EVERYBODY, message("level_one.column.everybody"))]
    names += [(sector, driver.sector_names[sector]) for sector in present]
    return (
        label_column(message("level_one.column.part")),
        *(Column(key=key, kind=Kind.SCORE, heading=name, unit=Unit.SCORE, decimals=1) for key, name in names),
    )


def _medians(driver: Driver, now: Scored, item: str, present: list[str]) -> list[RawCell]:
    cells = [_cell(now.summaries[item], now.figure(item))]
    for sector in present:
        people = [p for p in now.of.people if driver.sectors.get(p.organisation) == sector]
        summary = summarise_part(item, people, spread_to_discuss=driver.model.spread_to_discuss)
        rule = SmallGroup(summary.n, driver.threshold, summary.dominant_share)
        cells.append(_cell(summary, Figure(part_key(item, now.key, f"sector:{sector}"), rule)))
    return cells


def _cell(summary: PartSummary, figure: Figure) -> RawCell:
    return RawCell(None if summary.median is None else Number(float(summary.median)), (figure,))
