"""Somebody of whom something stands in every table that can hold it, and the search for it afterwards."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import Column, Connection, Engine, Integer, Text, insert, text
from sqlalchemy.dialects.postgresql import JSONB

from tests.integration.matrix.planting import FITTING, WALLED, Planted, by_type

NUMBERS = {"ada": 1, "ben": 2}
"""Of rounds and releases, which bear each number once."""
OF_ACCOUNTS = ("account_id", "published_by", "asked_by", "answered_by")


def canary(who: str, column: Column[Any]) -> str:
    return f"zq{who}-{column.table.name}-{column.name}-{uuid4().hex[:6]}"


def plant_about(connection: Connection, partnership_id: UUID, *, who: str, account_id: UUID) -> Planted:
    """As the matrix plants, every text bearing the name of whoever it is about, every account theirs."""
    planted: Planted = {}
    for table in WALLED:
        row = {"partnership_id": partnership_id}
        for column in table.columns:
            if column.name != "partnership_id" and column.identity is None:
                row[column.name] = _value(column, planted, who, account_id)
        connection.execute(insert(table).values(row))
        planted[table.fullname] = row
    return planted


def _value(column: Column[Any], planted: Planted, who: str, account_id: UUID) -> Any:
    named = f"{column.table.name}.{column.name}"
    if named in FITTING and FITTING[named] is None:
        return None
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None
        return planted[key.column.table.fullname][key.column.name]
    if column.name in OF_ACCOUNTS:
        return account_id
    fitting = FITTING.get(named)
    if fitting is None and isinstance(column.type, Text) and column.type.__class__ is Text:
        return canary(who, column)
    if isinstance(column.type, Integer):
        return NUMBERS[who]
    made = fitting if fitting is not None else by_type(column)
    if isinstance(column.type, JSONB):
        said = canary(who, column)
        return [said] if isinstance(made, list) else {"said": said}
    return made


def texts_of(row: dict[str, Any], who: str) -> Iterator[str]:
    for value in row.values():
        said = (
            value.get("said") if isinstance(value, dict) else value[0] if isinstance(value, list) else value
        )
        if isinstance(said, str) and said.startswith(f"zq{who}-"):
            yield said


def search(engine: Engine, wanted: str) -> list[str]:
    """Every table in which a text stands, read past the walls: those of the jobs, too."""
    found = []
    with engine.connect() as connection:
        names = connection.execute(
            text(
                "SELECT c.oid::regclass::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace"
                " WHERE c.relkind = 'r' AND n.nspname NOT LIKE 'pg\\_%' AND n.nspname <> 'information_schema'"
            )
        ).scalars()
        for name in list(names):
            # a file is shown in hexadecimal digits
            hits = connection.execute(
                text(f"SELECT count(*) FROM {name} t WHERE t::text LIKE :text OR t::text LIKE :hex"),
                {"text": f"%{wanted}%", "hex": f"%{wanted.encode().hex()}%"},
            ).scalar_one()
            if hits:
                found.append(name)
    return sorted(found)
