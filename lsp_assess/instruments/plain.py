"""Plain data, as it is stored and hashed: what has its default value is left out."""

from collections.abc import Iterable
from typing import TypeAlias

from lsp_assess.instruments.text import Text

Document: TypeAlias = dict[str, object]


def kept(**entries: object) -> Document:
    return {key.rstrip("_"): value for key, value in entries.items() if value is not None}


def listed(members: Iterable[object]) -> list[object] | None:
    return list(members) or None


def texts(text: Text | None) -> dict[str, str] | None:
    return dict(text.entries) if text else None
