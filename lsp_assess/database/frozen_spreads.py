"""Spreads as they were when scoring closed, kept as JSON: scores as fractions, "95/2"."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from lsp_assess.assessment.frozen import FrozenPart
from lsp_assess.database.base import Json
from lsp_assess.database.models.rescoring import FrozenSpread
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Frozen:
    """By part; one of which nothing may be told is missing."""

    threshold: int
    parts: Mapping[str, FrozenPart]


def freeze(session: Session, partnership_id: UUID, collection_id: UUID, found: Frozen, at: datetime) -> None:
    session.add(
        FrozenSpread(
            partnership_id=partnership_id,
            id=new_id(),
            collection_id=collection_id,
            at=at,
            threshold=found.threshold,
            parts={name: as_json(part) for name, part in found.parts.items()},
        )
    )
    session.flush()


def thaw(session: Session, collection_id: UUID) -> None:
    session.execute(delete(FrozenSpread).where(FrozenSpread.collection_id == collection_id))


def frozen(session: Session, collection_id: UUID) -> Frozen | None:
    """None where scoring is open, or closed under an older version."""
    row = session.execute(
        select(FrozenSpread).where(FrozenSpread.collection_id == collection_id)
    ).scalar_one_or_none()
    if row is None:
        return None
    return Frozen(row.threshold, {name: from_json(part) for name, part in row.parts.items()})


def as_json(part: FrozenPart) -> Json:
    return {
        "strip": [[str(score), n] for score, n in part.strip],
        "missing": [[kind.value, n] for kind, n in part.missing],
        "sectors": {name: str(median) for name, median in (part.sectors or {}).items()},
    }


def from_json(part: Json) -> FrozenPart:
    return FrozenPart(
        strip=tuple((Fraction(score), n) for score, n in part["strip"]),
        missing=tuple((MissingKind(kind), n) for kind, n in part["missing"]),
        sectors={name: Fraction(median) for name, median in part["sectors"].items()},
    )
