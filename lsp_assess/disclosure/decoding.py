"""A stored release back into its types. Only what was encoded here and verified by its hash comes in."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, TypeAlias
from uuid import UUID

from lsp_assess.disclosure.tables import (
    SEAL,
    Cell,
    Column,
    Heading,
    Kind,
    Purpose,
    Role,
    RoundLabel,
    Row,
    RowRole,
    SafeTable,
    State,
    Unit,
)
from lsp_assess.disclosure.values import (
    Bound,
    Caution,
    Colour,
    Estimate,
    IntervalMethod,
    Light,
    Missing,
    Moment,
    Number,
    StoryReference,
    Strip,
    Value,
    Verdict,
    VerdictCode,
    Words,
)
from lsp_assess.kernel.messages import Message, Parameter

Stored: TypeAlias = Mapping[str, Any]


def message_of(stored: Stored) -> Message:
    params = stored.get("params", {})
    return Message(stored["code"], MappingProxyType({name: _parameter(v) for name, v in params.items()}))


def _parameter(stored: Any) -> Parameter:
    if not isinstance(stored, Mapping):
        plain: str | int | float | None = stored
        return plain
    ((tag, content),) = stored.items()
    match tag:
        case "message":
            return message_of(content)
        case "decimal":
            return Decimal(content)
        case "instant":
            return datetime.fromisoformat(content)
        case "date":
            return date.fromisoformat(content)
    raise ValueError(f"unknown parameter {tag}")


def optional_message(stored: Stored | None) -> Message | None:
    return None if stored is None else message_of(stored)


def table_of(stored: Stored) -> SafeTable:
    return SafeTable(
        heading=_heading(stored["heading"]),
        finding=optional_message(stored.get("finding")),
        columns=tuple(_column(column) for column in stored["columns"]),
        rows=tuple(_row(row) for row in stored.get("rows", ())),
        seal=SEAL,
    )


def _heading(stored: Stored) -> Heading:
    return Heading(
        id=stored["id"],
        title=message_of(stored["title"]),
        purpose=Purpose(stored["purpose"]),
        base=message_of(stored["base"]),
        source=message_of(stored["source"]),
        rounds=tuple(RoundLabel(r["key"], message_of(r["name"])) for r in stored.get("rounds", ())),
        footnotes=tuple(message_of(note) for note in stored.get("footnotes", ())),
    )


def _column(stored: Stored) -> Column:
    return Column(
        key=stored["key"],
        kind=Kind(stored["kind"]),
        heading=message_of(stored["heading"]),
        role=Role(stored["role"]),
        unit=Unit(stored["unit"]),
        decimals=stored["decimals"],
        round=stored.get("round"),
    )


def _row(stored: Stored) -> Row:
    return Row(
        key=stored["key"],
        cells=tuple(_cell(cell) for cell in stored["cells"]),
        role=RowRole(stored["role"]),
        group=stored.get("group"),
        round=stored.get("round"),
    )


def _cell(stored: Stored) -> Cell:
    return Cell(
        State(stored["state"]),
        value_of(stored["value"]) if "value" in stored else None,
        Missing(stored["missing"]) if "missing" in stored else None,
    )


def value_of(stored: Stored) -> Value:
    ((tag, content),) = stored.items()
    match tag:
        case "Number":
            return Number(content["amount"], Bound(content["bound"]), _cautions(content))
        case "Estimate":
            return _estimate(content)
        case "Words":
            return Words(message_of(content["message"]))
        case "Moment":
            return Moment(date.fromisoformat(content["on"]))
        case "Light":
            return Light(Colour(content["colour"]), tuple(Colour(c) for c in content.get("spans", ())))
        case "Verdict":
            return Verdict(VerdictCode(content["code"]), content.get("detectable"))
        case "Strip":
            return Strip(tuple((position, count) for position, count in content.get("points", ())))
        case "StoryReference":
            return StoryReference(UUID(content["story"]))
    raise ValueError(f"unknown value {tag}")


def _estimate(stored: Stored) -> Estimate:
    return Estimate(
        amount=stored["amount"],
        low=stored.get("low"),
        high=stored.get("high"),
        standard_error=stored.get("standard_error"),
        n=stored.get("n"),
        effective_n=stored.get("effective_n"),
        cautions=_cautions(stored),
        method=IntervalMethod(stored["method"]) if "method" in stored else None,
        df=stored.get("df"),
    )


def _cautions(stored: Stored) -> tuple[Caution, ...]:
    return tuple(Caution(caution) for caution in stored.get("cautions", ()))
