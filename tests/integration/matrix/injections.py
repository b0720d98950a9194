"""Every column of every model as a field that no form asked for, and whether any of it arrived."""

from collections import Counter
from typing import Any

from sqlalchemy import Boolean, Column, Date, DateTime, Double, Engine, Enum, Integer, Uuid, select, text
from sqlalchemy.dialects.postgresql import JSONB

from lsp_assess.database.base import Base

COLUMNS = [column for table in Base.metadata.sorted_tables for column in table.columns]
ID, TEXT, WHOLE, REAL = "0bad0bad-0bad-4bad-8bad-0bad0bad0bad", "zqinjected", "77777", "77777.25"
DAY, INSTANT = "2031-03-07", "2031-03-07T07:07:07+00:00"
SENTINELS = (ID, TEXT, WHOLE, DAY)
COUNTED = (Boolean, Enum, Integer, Double, Date)
"""Types of which a sentinel cannot be told from what belongs there: their values are counted instead."""


def injected(names: set[str]) -> dict[str, str]:
    """A value for each column, but for the fields that the form has itself."""
    return {
        column.name: _value(column)
        for column in COLUMNS
        if column.name not in names and column.name != "then"
    }


def _value(column: Column[Any]) -> str:
    kind = column.type
    if isinstance(kind, Enum):
        return str(kind.enums[-1])
    values = {Boolean: "true", Uuid: ID, Integer: WHOLE, Double: REAL, Date: DAY, DateTime: INSTANT}
    if isinstance(kind, JSONB):
        return f'{{"{TEXT}": 1}}'
    return next((value for each, value in values.items() if isinstance(kind, each)), TEXT)


def arrived(migrator: Engine) -> list[str]:
    """Tables in which a sentinel stands."""
    found = []
    with migrator.connect() as connection:
        for table in Base.metadata.sorted_tables:
            rows = connection.execute(text(f"SELECT t::text FROM {table.fullname} t")).scalars()
            found += [table.fullname for row in rows if any(one in row for one in SENTINELS)]
    return found


def counted(migrator: Engine) -> dict[str, Counter[Any]]:
    """How often each value stands in each column of a few values."""
    with migrator.connect() as connection:
        return {
            str(column): Counter(connection.execute(select(column)).scalars())
            for column in COLUMNS
            if isinstance(column.type, COUNTED)
        }
