"""What every import writes beside its rows: areas, the source, and the account that is kept of the run."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from lsp_assess.database.models.outcomes import DataSource, ImportRun
from lsp_assess.database.models.partnerships import Area, Partnership
from lsp_assess.database.session import scope_of
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.areas import AreaStanding, AreaType

_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")


@dataclass(frozen=True, slots=True)
class NewArea:
    """`group` is the code of the group of areas that it belongs to."""

    code: str
    name: str
    type: AreaType
    standing: AreaStanding = AreaStanding.OWN
    group: str | None = None


def hold_imports(session: Session) -> None:
    """Until this transaction ends, no other import of this partnership compares and writes."""
    session.execute(_ONE_AT_A_TIME, {"what": f"import {scope_of(session).partnership_id}"})


def time_zone(session: Session) -> str:
    here = scope_of(session).partnership_id
    return session.execute(select(Partnership.time_zone).where(Partnership.id == here)).scalar_one()


def areas_by_code(session: Session) -> dict[str, UUID]:
    return dict(session.execute(select(Area.code, Area.id)).all())


def ensure_areas(session: Session, areas: Iterable[NewArea]) -> dict[str, UUID]:
    """Add the areas that are not known yet; those that are stay as the partnership has them."""
    known = areas_by_code(session)
    # groups first: an area's group must stand before it
    for area in sorted(areas, key=lambda one: one.group is not None):
        if area.code in known:
            continue
        known[area.code] = new_id()
        session.add(
            Area(
                partnership_id=scope_of(session).partnership_id,
                id=known[area.code],
                code=area.code,
                name=area.name,
                type=area.type,
                comparator=area.standing is AreaStanding.COMPARATOR,
                group_id=known[area.group] if area.group is not None else None,
            )
        )
        session.flush()
    return known


def ensure_source(
    session: Session, *, title: str, publisher: str | None, licence: str, attribution: str | None
) -> UUID:
    found = session.execute(select(DataSource.id).where(DataSource.title == title)).scalar_one_or_none()
    if found is not None:
        return found
    source = DataSource(
        partnership_id=scope_of(session).partnership_id,
        id=new_id(),
        title=title,
        publisher=publisher,
        licence=licence,
        attribution=attribution,
    )
    session.add(source)
    session.flush()
    return source.id


def record_run(
    session: Session,
    *,
    kind: str,
    file_name: str,
    file_hash: str,
    mapping: str,
    reconciliation: Mapping[str, Any],
    account_id: UUID | None,
    agreement_id: UUID | None,
    at: datetime,
) -> UUID:
    """Keep the account of one file taken in."""
    run = ImportRun(
        partnership_id=scope_of(session).partnership_id,
        id=new_id(),
        kind=kind,
        file_name=file_name,
        file_hash=file_hash,
        mapping=mapping,
        reconciliation=dict(reconciliation),
        account_id=account_id,
        agreement_id=agreement_id,
        at=at,
    )
    session.add(run)
    session.flush()
    return run.id
