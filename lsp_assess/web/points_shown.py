"""The points of a release taken apart: from the total to a criterion, its parts, and their attributes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.rendering.tables import ShownRow, ShownTable, show_table
from lsp_assess.reports.headings_level_one import TOTAL

POINTS = "level_one.points"
CRITERIA = "level_one.criteria"
ATTRIBUTES = "level_one.attributes."
SCORES = "level_one.scores."


@dataclass(frozen=True, slots=True)
class Whole:
    """Of the total or a criterion, as text; `agreed` is empty where no meeting agreed anything."""

    name: str
    possible: str
    points: str
    agreed: str


@dataclass(frozen=True, slots=True)
class ShownPart:
    name: str
    attributes: ShownTable


@dataclass(frozen=True, slots=True)
class ShownCriterion:
    """`strip` is the id of the table of its scores, if there is one; `detailed` are the parts of which the
    attributes are told."""

    whole: Whole
    parts: ShownTable
    detailed: tuple[ShownPart, ...]
    strip: str | None


@dataclass(frozen=True, slots=True)
class ShownPoints:
    table: ShownTable
    total: Whole
    criteria: tuple[ShownCriterion, ...]


def shown_points(document: ReleaseDocument, language: str) -> ShownPoints | None:
    """None where the release holds no points."""
    table, criteria_table = document.table(POINTS), document.table(CRITERIA)
    if table is None or criteria_table is None:
        return None
    shown = show_table(table, language)
    wholes = _wholes(criteria_table, document.round.key, language)
    criteria = dict.fromkeys(row.group for row in table.rows if row.group is not None)
    return ShownPoints(
        shown,
        wholes[TOTAL],
        tuple(
            ShownCriterion(
                wholes[name],
                _of_group(table, shown, name),
                tuple(_detailed(document, name, language)),
                f"{SCORES}{name}" if document.table(f"{SCORES}{name}") else None,
            )
            for name in criteria
        ),
    )


def _wholes(table: SafeTable, round_key: str, language: str) -> Mapping[str, Whole]:
    """Rounded once, as the criteria and the total stand in their own table."""
    shown = show_table(table, language)

    def text(row: ShownRow, key: str) -> str:
        place = next((i for i, column in enumerate(table.columns) if column.key == key), None)
        return "" if place is None else row.cells[place].text

    return {
        raw.key: Whole(
            row.cells[0].text,
            text(row, "possible"),
            text(row, f"value:{round_key}"),
            text(row, f"agreed:{round_key}"),
        )
        for raw, row in zip(table.rows, shown.rows, strict=True)
    }


def _detailed(document: ReleaseDocument, criterion: str, language: str) -> Iterator[ShownPart]:
    table = document.table(f"{ATTRIBUTES}{criterion}")
    if table is None:
        return
    shown = show_table(table, language)
    for item in dict.fromkeys(row.group for row in table.rows if row.group is not None):
        attributes = _of_group(table, shown, item)
        first = next(row for raw, row in zip(table.rows, shown.rows, strict=True) if raw.group == item)
        yield ShownPart(first.parted[0] if first.parted else item, attributes)


def _of_group(table: SafeTable, shown: ShownTable, group: str) -> ShownTable:
    """Its rows, by their own names, since what they belong to stands above them."""
    rows = (row for raw, row in zip(table.rows, shown.rows, strict=True) if raw.group == group)
    return replace(shown, id=f"{shown.id}.{group}", rows=tuple(_by_own_name(row) for row in rows))


def _by_own_name(row: ShownRow) -> ShownRow:
    if row.parted is None:
        return row
    label, *cells = row.cells
    return replace(row, cells=(replace(label, text=row.parted[1]), *cells))
