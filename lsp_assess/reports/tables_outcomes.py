"""Level two, facts: the lights of all indicators, and the series of each. Indicators are public."""

from collections.abc import Sequence
from datetime import date

from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    SafeTable,
    Unit,
)
from lsp_assess.disclosure.values import Colour, Light, Words
from lsp_assess.kernel.messages import Message, message
from lsp_assess.outcomes.ratio import Driver, TrapFlag
from lsp_assess.reports.columns import label, label_column
from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.outcomes import OutcomeSeries, Standing, expected_cell, standing, value_cell
from lsp_assess.reports.tables_outcome_series import series_table


def outcome_tables(outcomes: Sequence[OutcomeSeries], *, on: date) -> Draft:
    if not outcomes:
        return Draft()
    reads = [standing(series, on=on) for series in outcomes]
    lights = _lights(reads)
    return together(
        (
            Draft(tables=(lights,), findings={lights.heading.id: lights_finding}),
            *(series_table(one) for one in reads),
        )
    )


def _lights(reads: Sequence[Standing]) -> RawTable:
    def text(key: str) -> Column:
        return Column(key=key, kind=Kind.TEXT, heading=message(f"outcomes.column.{key}"))

    def number(key: str, role: Role) -> Column:
        heading = message(f"outcomes.column.{key}")
        return Column(key=key, kind=Kind.ESTIMATE, heading=heading, role=role, unit=Unit.NONE, decimals=2)

    return RawTable(
        heading=Heading(
            id="level_two.outcomes.lights",
            title=message("outcomes.title.lights"),
            purpose=Purpose.NONE,
            base=message("outcomes.base.area"),
            source=message("outcomes.source.each"),
            footnotes=(message("outcomes.note.light"), message("outcomes.note.direction")),
        ),
        columns=(
            label_column(message("outcomes.column.indicator")),
            text("unit"),
            text("period"),
            number("value", Role.VALUE),
            number("expected", Role.EXPECTED),
            Column(key="light", kind=Kind.LIGHT, heading=message("outcomes.column.light"), role=Role.LIGHT),
            text("direction"),
            text("since"),
            text("remark"),
        ),
        rows=tuple(_light_row(one) for one in reads),
    )


def _light_row(one: Standing) -> RawRow:
    latest, travel = one.series.latest, one.travel
    return RawRow(
        key=one.series.indicator.code,
        cells=(
            label(one.series.title),
            RawCell(Words(one.series.unit)),
            RawCell(None if latest is None else Words(latest.period.label)),
            value_cell(latest, one.series.decimals),
            expected_cell(one.reading.expected, one.series.plan_decimals),
            RawCell(one.reading.light),
            RawCell(Words(message(f"outcomes.direction.{travel.direction.value}"))),
            RawCell(None if travel.since is None else Words(travel.since.label)),
            RawCell(_remark(one)),
        ),
    )


def _remark(one: Standing) -> Words | None:
    if one.reading.why_grey is not None:
        return Words(message(f"outcomes.grey.{one.reading.why_grey.value}"))
    if one.ratio is not None and one.ratio.flag is TrapFlag.FALL_DRIVEN_BY_DENOMINATOR:
        return Words(message("outcomes.remark.ratio_trap"))
    if one.ratio is not None and one.ratio.driver is Driver.DENOMINATOR:
        return Words(message("outcomes.remark.denominator"))
    return None


def lights_finding(table: SafeTable) -> Message | None:
    """How many stand on which colour."""
    place = table.column("light")
    lights = [cell.value for row in table.rows if isinstance((cell := row.cells[place]).value, Light)]
    colours = [light.colour for light in lights if isinstance(light, Light)]
    return message(
        "outcomes.finding.lights",
        n=len(colours),
        green=colours.count(Colour.GREEN),
        amber=colours.count(Colour.AMBER),
        red=colours.count(Colour.RED),
        untold=colours.count(Colour.GREY) + colours.count(Colour.CANNOT_TELL),
    )
