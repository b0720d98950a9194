"""Canonical JSON: the same content is the same bytes, so that a hash can vouch for it.

Encoded: sorted keys, no spaces, UTF-8, no NaN. Values carry their type as the one key of an object.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from hashlib import sha256
from typing import TypeAlias
from uuid import UUID

from lsp_assess.kernel.messages import Message, Parameter

Json: TypeAlias = "bool | int | float | str | Sequence[Json] | Mapping[str, Json] | None"


def canonical(content: Json) -> str:
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def digest(content: Json) -> str:
    return sha256(canonical(content).encode()).hexdigest()


def encode(value: object) -> Json:
    """Frozen dataclasses become objects of their fields (None and empty ones left out), messages and the
    types that JSON lacks become an object with one tagged key."""
    match value:
        case None | bool() | int() | float() | Enum():
            return value.value if isinstance(value, Enum) else value
        case str():
            return value
        case Message():
            return encode_message(value)
        case UUID():
            return str(value)
        case date():
            return value.isoformat()
        case tuple() | list():
            return [encode(item) for item in value]
    if is_dataclass(value) and not isinstance(value, type):
        named = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: encode(item) for name, item in named.items() if item is not None and item != ()}
    raise TypeError(f"no encoding for {type(value).__name__}")


def encode_tagged(value: object) -> Json:
    """A member of a union: its class's name says which."""
    return None if value is None else {type(value).__name__: encode(value)}


def encode_message(message: Message) -> Json:
    if not message.params:
        return {"code": message.code}
    return {
        "code": message.code,
        "params": {name: _parameter(value) for name, value in message.params.items()},
    }


def _parameter(value: Parameter) -> Json:
    match value:
        case Message():
            return {"message": encode_message(value)}
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"instant": value.isoformat()}
        case date():
            return {"date": value.isoformat()}
    return value
