"""Items: what all types share is read here once, what is their own by one reader a type."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, TypeAlias

from lsp_assess.instruments import items
from lsp_assess.instruments.items import AnyItem, ItemType
from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.conditions import read_base, read_condition
from lsp_assess.instruments.reading.fields import Fields
from lsp_assess.instruments.reading.nodes import Mapping as MappingNode
from lsp_assess.instruments.reading.nodes import Node, Scalar
from lsp_assess.instruments.reading.report import Report
from lsp_assess.instruments.reading.scales import read_missing, scale_named
from lsp_assess.instruments.scales import MissingKind, Scale

Common: TypeAlias = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the reader of one item type is given."""

    fields: Fields
    common: Common
    scales: dict[str, Scale]

    def missing(self, default: tuple[MissingKind, ...] = ()) -> tuple[MissingKind, ...]:
        return read_missing(self.fields) if self.fields.has("missing") else default


def read_item(node: Node, scales: dict[str, Scale], report: Report) -> AnyItem:
    name = node.get("name") if isinstance(node, MappingNode) else None
    known = str(name.value)[:60] if isinstance(name, Scalar) else None
    fields = Fields(node, keys.ANY_ITEM, report=report, what="item", question=known)
    item_type = fields.one_of("type", ItemType)
    for key in sorted(keys.ANY_ITEM - keys.ITEM[item_type]):
        if fields.has(key):
            fields.problem("Q107", fields.line_of(key), key=key, type=item_type.value)
    report.mark_lines(known or "", fields.lines)
    return _READERS[item_type](Reading(fields, _read_common(fields, item_type), scales))


def _read_common(fields: Fields, item_type: ItemType) -> Common:
    purpose = items.Purpose.CONSENT if item_type is ItemType.CONSENT else items.Purpose.MEASURE
    return {
        "name": fields.name(),
        "text": fields.text("text"),
        "help": fields.optional_text("help"),
        "required": fields.switch("required", default=False),
        "show_if": read_condition(fields, "show_if"),
        "base": read_base(fields),
        "sensitivity": fields.one_of("sensitivity", items.Sensitivity, items.Sensitivity.ORDINARY),
        "purpose": fields.one_of("purpose", items.Purpose, purpose),
        "headline": fields.switch("headline", default=False),
        "links": fields.codes("links"),
    }


def _read_choices(fields: Fields) -> tuple[items.Choice, ...]:
    choices: dict[str, items.Choice] = {}
    for node in fields.needed_nodes("choices", at_least=2):
        inner = fields.inner(node, keys.CHOICE, "choice")
        choice = items.Choice(
            value=inner.code("value"),
            label=inner.text("label"),
            exclusive=inner.switch("exclusive", default=False),
            opinion=inner.switch("opinion", default=True),
        )
        if choice.value in choices:
            inner.problem("Q307", value=choice.value)
        choices[choice.value] = choice
    return tuple(choices.values())


def _single(reading: Reading) -> AnyItem:
    choices = _read_choices(reading.fields)
    return items.SingleItem(**reading.common, missing=reading.missing(), choices=choices)


def _multiple(reading: Reading) -> AnyItem:
    fields = reading.fields
    choices = _read_choices(fields)
    maximum = fields.whole("maximum", low=1, high=1000, optional=True)
    if maximum is not None and maximum > len(choices):
        fields.problem("Q306", fields.line_of("maximum"), maximum=maximum, choices=len(choices))
    return items.MultipleItem(**reading.common, missing=reading.missing(), choices=choices, maximum=maximum)


def _scale(reading: Reading) -> AnyItem:
    fields = reading.fields
    scale = scale_named(fields, reading.scales)
    statements = tuple(fields.text_of("statements", node) for node in fields.nodes("statements"))
    missing = reading.missing(scale.missing)
    return items.ScaleItem(**reading.common, missing=missing, scale=scale, statements=statements)


def _grid(reading: Reading) -> AnyItem:
    fields = reading.fields
    scale = scale_named(fields, reading.scales)
    rows: dict[str, items.Row] = {}
    for node in fields.needed_nodes("rows"):
        inner = fields.inner(node, keys.ROW, "row")
        row = items.Row(inner.name(), inner.text("text"), inner.optional_name("attribute"))
        if row.name in rows:
            inner.problem("Q106", what="row", name=row.name)
        rows[row.name] = row
    missing = reading.missing(scale.missing)
    return items.GridItem(**reading.common, missing=missing, scale=scale, rows=tuple(rows.values()))


def _bound(fields: Fields, key: str) -> int | float:
    node = fields.needed(key)
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        return value
    if node is not None:
        fields.wrong_kind(key, node, "number")
    return 0


def _number(reading: Reading) -> AnyItem:
    fields = reading.fields
    low: int | float = 0
    high: int | float = 1
    node = fields.needed("range")
    if node is not None:
        inner = fields.inner(node, keys.RANGE, "range")
        low, high = _bound(inner, "from"), _bound(inner, "to")
        if low >= high and inner.has("from") and inner.has("to"):
            inner.problem("Q304", low=str(low), high=str(high))
    return items.NumberItem(
        **reading.common,
        missing=reading.missing(),
        low=low,
        high=high,
        decimals=fields.whole("decimals", low=0, high=6, optional=True) or 0,
        unit=fields.optional_text("unit"),
    )


def _date_bound(fields: Fields, key: str) -> items.DateBound | None:
    word = fields.word(key, optional=True)
    if word is None:
        return None
    if word == "today":
        return "today"
    try:
        return date.fromisoformat(word)
    except ValueError:
        fields.problem("Q310", fields.line_of(key), value=word[:60])
        return None


def _date(reading: Reading) -> AnyItem:
    node = reading.fields.node("range")
    earliest = latest = None
    if node is not None:
        inner = reading.fields.inner(node, keys.RANGE, "range")
        earliest, latest = _date_bound(inner, "from"), _date_bound(inner, "to")
        if isinstance(earliest, date) and isinstance(latest, date) and earliest > latest:
            inner.problem("Q304", low=earliest.isoformat(), high=latest.isoformat())
    return items.DateItem(**reading.common, missing=reading.missing(), earliest=earliest, latest=latest)


def _short_text(reading: Reading) -> AnyItem:
    length = reading.fields.whole("length", low=1, high=1000, optional=True) or 200
    return items.ShortTextItem(**reading.common, missing=reading.missing(), length=length)


def _long_text(reading: Reading) -> AnyItem:
    length = reading.fields.whole("length", low=1, high=20_000, optional=True) or 5000
    return items.LongTextItem(**reading.common, missing=reading.missing(), length=length)


def _consent(reading: Reading) -> AnyItem:
    consent = reading.fields.one_of("consent", items.ConsentTo)
    return items.ConsentItem(**reading.common, missing=reading.missing(), consent=consent)


def _note(reading: Reading) -> AnyItem:
    return items.NoteItem(**reading.common)


_READERS: Mapping[ItemType, Callable[[Reading], AnyItem]] = MappingProxyType(
    {
        ItemType.SINGLE: _single,
        ItemType.MULTIPLE: _multiple,
        ItemType.SCALE: _scale,
        ItemType.GRID: _grid,
        ItemType.NUMBER: _number,
        ItemType.DATE: _date,
        ItemType.SHORT_TEXT: _short_text,
        ItemType.LONG_TEXT: _long_text,
        ItemType.CONSENT: _consent,
        ItemType.NOTE: _note,
    }
)
