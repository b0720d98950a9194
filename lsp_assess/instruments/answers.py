"""Answers, and the typed reasons why there is none."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from lsp_assess.instruments.scales import MissingKind

Value: TypeAlias = int | float | str | date | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    value: Value


@dataclass(frozen=True, slots=True)
class Missing:
    """`reason` justifies *not applicable*."""

    kind: MissingKind
    reason: str | None = None


Answer: TypeAlias = Answered | Missing
Answers: TypeAlias = Mapping[str, Answer]

NOT_ASKED = Missing(MissingKind.NOT_ASKED)
UNANSWERED = Missing(MissingKind.UNANSWERED)
