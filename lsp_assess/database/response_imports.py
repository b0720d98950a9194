"""Responses that came in a file: their rounds and collections, and what is held of them already."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Area, Collection, CollectionEvent, Instrument, Round
from lsp_assess.database.models.responses import Mode, RespondentKey, Response, ResponseStatus
from lsp_assess.database.session import scope_of
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.rounds import CollectionStatus


@dataclass(frozen=True, slots=True)
class Held:
    id: UUID
    imported_id: str
    area: str | None
    submission: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class New:
    collection_id: UUID
    imported_id: str
    area_id: UUID | None
    draft: Mapping[str, Any]
    submission: Mapping[str, Any]


def instrument_issued(session: Session, *, name: str, version: str) -> str | None:
    """The content hash of the questionnaire that this partnership holds under name and version."""
    return (
        session.execute(
            select(Instrument.content_hash)
            .where(Instrument.name == name, Instrument.instrument_version == version)
            .order_by(Instrument.issued_at.desc())
        )
        .scalars()
        .first()
    )


def collection_in(session: Session, *, round_name: str, instrument_hash: str) -> Collection | None:
    return (
        session.execute(
            select(Collection)
            .join(
                Round,
                (Round.partnership_id == Collection.partnership_id) & (Round.id == Collection.round_id),
            )
            .where(Round.name == round_name, Collection.instrument_hash == instrument_hash)
            .order_by(Collection.opens_on)
        )
        .scalars()
        .first()
    )


def ensure_round(session: Session, *, name: str, starts_on: date, ends_on: date) -> UUID:
    found = session.execute(select(Round.id).where(Round.name == name)).scalar_one_or_none()
    if found is not None:
        return found
    highest = session.execute(select(func.max(Round.number))).scalar_one() or 0
    round_ = Round(
        partnership_id=scope_of(session).partnership_id,
        id=new_id(),
        number=highest + 1,
        name=name,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    session.add(round_)
    session.flush()
    return round_.id


def add_closed_collection(
    session: Session,
    *,
    round_id: UUID,
    instrument_hash: str,
    opens_on: date,
    closes_at: datetime,
    languages: list[str],
    settings: Mapping[str, Any],
) -> Collection:
    """Fieldwork that was over before the file came."""
    collection = Collection(
        partnership_id=scope_of(session).partnership_id,
        id=new_id(),
        round_id=round_id,
        instrument_hash=instrument_hash,
        status=CollectionStatus.CLOSED,
        opens_on=opens_on,
        closes_at=closes_at,
        languages=languages,
        settings=dict(settings),
    )
    session.add(collection)
    session.flush()
    return collection


def record_move(
    session: Session,
    *,
    collection_id: UUID,
    event: str,
    before: str,
    after: str,
    reason: str,
    account_id: UUID | None,
    at: datetime,
) -> None:
    session.add(
        CollectionEvent(
            partnership_id=scope_of(session).partnership_id,
            id=new_id(),
            collection_id=collection_id,
            at=at,
            account_id=account_id,
            event=event,
            before=before,
            after=after,
            reason=reason,
        )
    )
    session.flush()


def held_responses(session: Session, collection_id: UUID) -> list[Held]:
    """The current responses of a collection that came in files."""
    within = Response.partnership_id
    rows = session.execute(
        select(Response.id, RespondentKey.imported_id, Area.code, Response.submission)
        .join(
            RespondentKey,
            (RespondentKey.partnership_id == within) & (RespondentKey.id == Response.respondent_key_id),
        )
        .outerjoin(Area, (Area.partnership_id == within) & (Area.id == Response.area_id))
        .where(
            Response.collection_id == collection_id,
            Response.double_of.is_(None),
            RespondentKey.imported_id.is_not(None),
        )
    )
    return [Held(id_, imported or "", area, submission or {}) for id_, imported, area, submission in rows]


def add_responses(
    session: Session,
    rows: Sequence[New],
    *,
    instrument_hash: str,
    language: str,
    run_id: UUID,
    at: datetime,
) -> None:
    partnership_id = scope_of(session).partnership_id
    keys = _ensure_keys(session, [row.imported_id for row in rows])
    session.add_all(
        Response(
            partnership_id=partnership_id,
            id=new_id(),
            collection_id=row.collection_id,
            respondent_key_id=keys[row.imported_id],
            instrument_hash=instrument_hash,
            area_id=row.area_id,
            language=language,
            mode=Mode.IMPORTED,
            status=ResponseStatus.SUBMITTED,
            draft=dict(row.draft),
            submission=dict(row.submission),
            started_at=at,
            submitted_at=at,
            import_run_id=run_id,
        )
        for row in rows
    )
    session.flush()


def revise_response(session: Session, response_id: UUID, row: New, *, run_id: UUID, at: datetime) -> None:
    """The response takes the new answers; the old ones stay as a withdrawn record that points to it."""
    response = session.execute(select(Response).where(Response.id == response_id)).scalar_one()
    copied = {
        column.key: getattr(response, column.key)
        for column in Response.__mapper__.column_attrs
        if column.key not in ("id", "version", "status", "double_of")
    }
    session.add(Response(**copied, id=new_id(), status=ResponseStatus.WITHDRAWN, double_of=response.id))
    response.area_id = row.area_id
    response.draft = dict(row.draft)
    response.submission = dict(row.submission)
    response.submitted_at = at
    response.import_run_id = run_id
    session.flush()


def _ensure_keys(session: Session, imported_ids: list[str]) -> dict[str, UUID]:
    statement = select(RespondentKey.imported_id, RespondentKey.id).where(
        RespondentKey.imported_id.in_(imported_ids)
    )
    keys = {imported: id_ for imported, id_ in session.execute(statement) if imported is not None}
    for imported_id in imported_ids:
        if imported_id not in keys:
            keys[imported_id] = new_id()
            session.add(
                RespondentKey(
                    partnership_id=scope_of(session).partnership_id,
                    id=keys[imported_id],
                    imported_id=imported_id,
                )
            )
    session.flush()
    return keys
