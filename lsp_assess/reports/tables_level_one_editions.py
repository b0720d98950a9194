"""Level one: criteria followed from edition to edition, in per cent of their points."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
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
from lsp_assess.disclosure.values import Caution, Missing, Number
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import label, label_column, of_round, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.headings_level_one import editions_finding, spread_finding
from lsp_assess.reports.partners import Driver, EditionRound, Scored
from lsp_assess.reports.spoken import said
from lsp_assess.reports.tables_level_one_parts import scores_table


def editions_table(driver: Driver) -> Draft:
    """Nothing where all rounds used one edition: their points stand side by side."""
    compared = tuple(one for one in driver.editions if one.criteria)
    if not any(one.is_other for one in compared):
        return Draft()
    table = RawTable(
        heading=Heading(
            id="level_one.editions",
            title=message("level_one.title.editions"),
            purpose=Purpose.CRITERIA,
            base=message("level_one.base.scored"),
            source=driver.source,
            rounds=round_labels(*(one.of.round for one in compared)),
            footnotes=tuple(_notes(driver, compared)),
        ),
        columns=_columns(compared),
        rows=tuple(_row(compared, name, title) for name, title in _criteria(compared).items()),
    )
    return Draft(tables=(table,), findings={table.heading.id: editions_finding})


def scores_then(driver: Driver) -> Draft:
    """What stands behind the trend of a round of another edition: the scores of its parts."""
    tables = tuple(_then(driver, one) for one in driver.editions if one.is_other and one.criteria)
    return Draft(tables=tables, findings={table.heading.id: spread_finding for table in tables})


def _then(driver: Driver, one: EditionRound) -> RawTable:
    then = replace(
        driver,
        rounds=(one.of,),
        model=one.model,
        scale=one.scale,
        part_titles=one.part_titles,
        source=one.source,
    )
    return scores_table(
        then,
        (Scored(then, one.of),),
        then.parts,
        id=f"level_one.then.{one.key}",
        title=message("level_one.title.then", round=one.of.round.name),
    )


def other_editions(driver: Driver) -> Iterator[Message]:
    """Why a round is not among the points: it used another edition."""
    for one in driver.editions:
        if one.is_other:
            code = "edition_compared" if one.criteria else "edition_not_compared"
            yield message(f"level_one.note.{code}", round=one.of.round.name, edition=one.name)


def _notes(driver: Driver, compared: tuple[EditionRound, ...]) -> Iterator[Message]:
    yield message("level_one.note.editions")
    for one in driver.editions:
        code = "edition_used" if one.criteria else "edition_not_compared"
        yield message(f"level_one.note.{code}", round=one.of.round.name, edition=one.name)
    yield from {str(one.note): one.note for one in compared if one.note is not None}.values()
    yield message("level_one.note.census")


def _criteria(compared: tuple[EditionRound, ...]) -> Mapping[str, Message]:
    """Those of the published round, then those that only an earlier one has."""
    return {
        each.name: said(each.title)
        for one in sorted(compared, key=lambda one: one.is_other)
        for each in one.criteria
    }


def _columns(compared: tuple[EditionRound, ...]) -> tuple[Column, ...]:
    columns = [label_column(message("level_one.column.criterion"))]
    columns += [_column("value", one, one.of.round.name, Role.VALUE) for one in compared]
    columns += [
        _column("agreed", one, message("level_one.column.agreed_in", round=one.of.round.name), Role.AGREED)
        for one in compared
        if one.of.agreed
    ]
    for one in compared[:-1]:
        heading = message("reports.column.change_since", round=one.of.round.name)
        columns.append(_column("change", one, heading, Role.CHANGE))
    return tuple(columns)


def _column(key: str, one: EditionRound, heading: Message, role: Role) -> Column:
    return Column(
        key=of_round(key, one.of.round),
        kind=Kind.PERCENT,
        heading=heading,
        role=role,
        unit=Unit.POINTS if role is Role.CHANGE else Unit.PERCENT,
        round=one.key,
    )


def _row(compared: tuple[EditionRound, ...], name: str, title: Message) -> RawRow:
    now = compared[-1]
    values = [_cell(one, one.percentages, name, one.figures.get(name, ())) for one in compared]
    agreed = [_cell(one, one.agreed, name, ()) for one in compared if one.of.agreed]
    changes = [_change(one, now, name) for one in compared[:-1]]
    return RawRow(key=name, cells=(label(title), *values, *agreed, *changes))


def _cell(
    one: EditionRound, found: Mapping[str, Fraction | None], name: str, figures: tuple[Figure, ...]
) -> RawCell:
    if name not in found:
        return RawCell(missing=Missing.NOT_COMPARABLE)
    return _shown(one, found[name], figures)


def _change(before: EditionRound, now: EditionRound, name: str) -> RawCell:
    if name not in before.percentages or name not in now.percentages:
        return RawCell(missing=Missing.NOT_COMPARABLE)
    then, later = before.percentages[name], now.percentages[name]
    figures = (*before.figures[name], *now.figures[name])
    return _shown(before, None if then is None or later is None else later - then, figures)


def _shown(one: EditionRound, percent: Fraction | None, figures: tuple[Figure, ...]) -> RawCell:
    """What another edition asked breaks the series."""
    if percent is None:
        return RawCell(figures=figures, missing=Missing.NO_DATA)
    cautions = (Caution.SERIES_BREAK,) if one.is_other else ()
    return RawCell(Number(float(percent), cautions=cautions), figures)
