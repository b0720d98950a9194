"""A canary in every text of every table that a partnership has rows in: made from the models, so that a new
table or column is planted too, or fails."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    Boolean,
    Column,
    Connection,
    Date,
    DateTime,
    Double,
    Enum,
    Integer,
    LargeBinary,
    Table,
    Text,
    Uuid,
    insert,
)
from sqlalchemy.dialects.postgresql import JSONB

from lsp_assess.database import models  # noqa: F401  fills the metadata
from lsp_assess.database.base import Base
from lsp_assess.kernel.ids import new_id

CANARY = "zqcanary"
WALLED = [
    table for table in Base.metadata.sorted_tables if "partnership_id" in table.c and table.schema != "access"
]
# Where a check constraint of the table leaves no room for a canary, or for what a type would get.
FITTING: Mapping[str, Any] = {
    "indicator.polarity": "higher",
    "story.decision": "selected",
    "action.light": "amber",
    "challenge.action_id": None,
    "challenge.indicator_id": None,
}
Row = dict[str, Any]
Planted = dict[str, Row]
"""By «schema.table»."""


def plant(connection: Connection, partnership_id: UUID) -> Planted:
    """A row of the partnership in every table, by a role that may write past the walls."""
    planted: Planted = {}
    for table in WALLED:
        row = {column.name: value for column, value in _values(table, planted)}
        row["partnership_id"] = partnership_id
        connection.execute(insert(table).values(row))
        planted[table.fullname] = row
    return planted


def canary_of(column: Column[Any]) -> str:
    return f"{CANARY}-{column.table.name}-{column.name}"


def _values(table: Table, planted: Planted) -> Iterator[tuple[Column[Any], Any]]:
    for column in table.columns:
        if column.name != "partnership_id" and column.identity is None:
            yield column, _value(column, planted)


def _value(column: Column[Any], planted: Planted) -> Any:
    named = f"{column.table.name}.{column.name}"
    if named in FITTING:
        return FITTING[named]
    for key in column.foreign_keys:
        target = key.column
        if target.table is column.table:
            return None
        return planted[target.table.fullname][target.name]
    return by_type(column)


def by_type(column: Column[Any]) -> Any:
    kind, said = column.type, canary_of(column)
    if isinstance(kind, Enum):
        return kind.enums[0]
    if isinstance(kind, JSONB):
        return [said] if column.type.python_type is list or _is_list(column) else {"canary": said}
    simple = {
        Text: said,
        Uuid: new_id(),
        Boolean: False,
        Integer: 1,
        Double: 0.5,
        Date: date(2026, 1, 1),
        DateTime: datetime(2026, 1, 1, tzinfo=UTC),
        LargeBinary: said.encode(),
    }
    found = [value for each, value in simple.items() if isinstance(kind, each)]
    assert found, f"say what to plant in {column}: {kind!r}"
    return found[0]


def _is_list(column: Column[Any]) -> bool:
    return column.name in {"languages", "assigned", "release_ids", "parts"}
