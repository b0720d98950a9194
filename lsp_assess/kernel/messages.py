"""What the pure packages say: a code and its parameters. `rendering.wording` turns it into words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import TypeAlias

Parameter: TypeAlias = "str | int | float | Decimal | date | datetime | Message | None"


@dataclass(frozen=True, slots=True)
class Message:
    """`code` names an entry of the wording catalogue; `params` fill its placeholders."""

    code: str
    params: Mapping[str, Parameter] = field(default_factory=lambda: MappingProxyType({}))


def message(code: str, **params: Parameter) -> Message:
    return Message(code, MappingProxyType(params))


def given(text: str = "", /, **languages: str) -> Message:
    """Words that come as data (a name, a question), in the languages that there are: `given("Northbank")`
    reads the same in all, `given(en=…, cy=…)` in the reader's, English where that is missing."""
    return message("given", **(languages or {"en": text}))
