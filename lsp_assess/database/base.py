"""What every table shares: named constraints, a schema, a retention class, and, if it belongs to a
partnership, the composite key that keeps two partnerships apart."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    DateTime,
    Double,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, declared_attr, mapped_column
from sqlalchemy.schema import SchemaItem

from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.retention import RetentionClass

SCHEMAS = ("main", "answers", "contacts", "publications", "access", "operations")

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

Json = dict[str, Any]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {  # noqa: RUF012  SQLAlchemy reads it from the class
        datetime: DateTime(timezone=True),
        str: Text(),
        float: Double(),
        UUID: Uuid(),
        Json: JSONB(),
        list[str]: JSONB(),
    }


class OfPartnership:
    """A row of one partnership. The key is (partnership, id), so that a foreign key cannot cross over."""

    @declared_attr
    @classmethod
    def partnership_id(cls) -> Mapped[UUID]:
        return mapped_column(ForeignKey("main.partnership.id"), primary_key=True, sort_order=-2)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id, sort_order=-1)


class Versioned:
    """Edited by people: a stale save is refused instead of overwriting."""

    version: Mapped[int] = mapped_column(default=1)

    @declared_attr.directive
    @classmethod
    def __mapper_args__(cls) -> dict[str, Any]:
        return {"version_id_col": cls.__table__.c.version}  # type: ignore[attr-defined]


def choice(kind: type[StrEnum]) -> Enum:
    """A column that takes the values of `kind`, checked by the database as text."""
    return Enum(
        kind,
        name=kind.__name__.lower(),
        native_enum=False,
        create_constraint=True,
        length=40,
        values_callable=lambda members: [member.value for member in members],
    )


def within(column: str, target: str, *, of: str = "id") -> ForeignKeyConstraint:
    """A foreign key to `target` ("schema.table") that stays inside the partnership."""
    return ForeignKeyConstraint(["partnership_id", column], [f"{target}.partnership_id", f"{target}.{of}"])


def lookup(*columns: str, unique_where: str | None = None, name: str | None = None) -> Index:
    """An index that starts with the partnership; unique over the rows of `unique_where` if given."""
    where = text(unique_where) if unique_where else None
    return Index(name, "partnership_id", *columns, unique=unique_where is not None, postgresql_where=where)


def placed(schema: str, retention: RetentionClass, *constraints: SchemaItem) -> tuple[Any, ...]:
    """`__table_args__`: where the table stands and how long its rows may be kept."""
    return (*constraints, {"schema": schema, "info": {"retention": retention}})
