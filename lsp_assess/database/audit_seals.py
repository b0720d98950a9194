"""Audit events sealed into a chain of hashes, one chain a partnership and one for what belongs to none.

Only the migrator seals and verifies: the application has no right on the seals, and their heads are kept
outside the database, so that whoever can write in it cannot hide that they did. A seal's hash is the SHA-256
of the hash before it and of every event that it covers, in the order of their numbers."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import ColumnElement, Engine, func, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session

from lsp_assess.database.models.operations import AuditEvent, AuditSeal

SITE = "site"
"""The chain of events that belong to no partnership."""

# Whoever is recording ends first and nobody begins, for as long as it takes to read one number: an event
# that is written later then bears a higher one.
NOBODY_RECORDS = text("LOCK TABLE operations.audit_event IN SHARE MODE")
PATIENCE = text("SET LOCAL lock_timeout = '10s'")
ONE_SEALER = text("SELECT pg_advisory_xact_lock(hashtext('lsp_assess.audit_seals'))")
HEADS_REST = text("SELECT pg_advisory_xact_lock(hashtext('lsp_assess.audit_heads'))")


@dataclass(frozen=True, slots=True)
class Head:
    """The last seal of a chain, which is a partnership's id or `SITE`."""

    chain: str
    number: int
    last_event: int
    hash: str


@dataclass(frozen=True, slots=True)
class Chain:
    """As it was found; `fault` says what is wrong from the first seal that does not hold."""

    name: str
    seals: int
    events: int
    unsealed: int
    fault: str | None


def seal(engine: Engine, *, at: datetime) -> list[Head]:
    """Seal what has been recorded since the last time; the new heads. Raises OperationalError where events
    are being recorded for longer than the patience: try again later."""
    with Session(engine) as session, session.begin():
        session.execute(PATIENCE)
        session.execute(NOBODY_RECORDS)
        newest = _newest_events(session)
    with Session(engine) as session, session.begin():
        session.execute(ONE_SEALER)
        before = {row.partnership_id: row for row in _last_seals(session)}
        return [
            _seal(session, partnership_id, before.get(partnership_id), to=last, at=at)
            for partnership_id, last in newest.items()
            if partnership_id not in before or before[partnership_id].last_event < last
        ]


@contextmanager
def heads_at_rest(engine: Engine) -> Iterator[None]:
    """Seals and their heads outside the database are in step: nobody else is between one and the other."""
    with engine.begin() as connection:
        connection.execute(HEADS_REST)
        yield


def verify(engine: Engine, kept: Mapping[str, Head]) -> list[Chain]:
    """Every chain, compared with its events and with the head that was `kept` outside."""
    with Session(engine) as session:
        partnerships = session.execute(select(AuditSeal.partnership_id).distinct()).scalars()
        names = {_name(one) for one in partnerships} | {_name(one) for one in _newest_events(session)}
        return [_verified(session, name, kept.get(name)) for name in sorted(names | set(kept))]


def _seal(
    session: Session, partnership_id: UUID | None, before: AuditSeal | None, *, to: int, at: datetime
) -> Head:
    hash_, events = _hash(
        session,
        partnership_id,
        before=before.hash if before is not None else "",
        after=before.last_event if before is not None else 0,
        to=to,
    )
    row = AuditSeal(
        partnership_id=partnership_id,
        number=before.number + 1 if before is not None else 1,
        last_event=to,
        events=events,
        hash=hash_,
        sealed_at=at,
    )
    session.add(row)
    session.flush()
    return Head(_name(partnership_id), row.number, row.last_event, row.hash)


def _verified(session: Session, name: str, kept: Head | None) -> Chain:
    partnership_id = None if name == SITE else UUID(name)
    rows = session.execute(
        select(AuditSeal).where(_of(AuditSeal, partnership_id)).order_by(AuditSeal.number)
    ).scalars()
    seals, events, last, hash_, fault = 0, 0, 0, "", None
    for row in rows:
        hash_, found = _hash(session, partnership_id, before=hash_, after=last, to=row.last_event)
        seals, events, last = seals + 1, events + found, row.last_event
        if (row.number, row.hash, row.events) != (seals, hash_, found):
            fault = f"seal {row.number} does not hold: an event in it was changed, taken out or put in"
            break
        if kept is not None and kept.number == row.number and kept.hash != row.hash:
            fault = f"seal {row.number} is not the one whose head was kept"
            break
    if fault is None and kept is None and seals:
        fault = "no head was kept of it"
    if fault is None and kept is not None and kept.number > seals:
        fault = f"its end is missing: {kept.number} seals were made, {seals} are there"
    unsealed = session.execute(
        select(func.count()).where(_of(AuditEvent, partnership_id), AuditEvent.id > last)
    ).scalar_one()
    return Chain(name, seals, events, unsealed, fault)


def _hash(
    session: Session, partnership_id: UUID | None, *, before: str, after: int, to: int
) -> tuple[str, int]:
    """Of the hash `before` and the events numbered over `after` up `to` that; and how many they are."""
    rows = session.execute(
        select(AuditEvent)
        .where(_of(AuditEvent, partnership_id), AuditEvent.id > after, AuditEvent.id <= to)
        .order_by(AuditEvent.id)
        .execution_options(yield_per=1000)
    ).scalars()
    found, events = sha256(before.encode()), 0
    for line in map(_line, rows):
        found.update(line)
        events += 1
    return found.hexdigest(), events


def _line(row: AuditEvent) -> bytes:
    written = [
        row.id,
        row.at.astimezone(UTC).isoformat(),
        None if row.partnership_id is None else str(row.partnership_id),
        None if row.account_id is None else str(row.account_id),
        *(row.event, row.object_kind, row.object_id, row.details),
    ]
    return json.dumps(written, sort_keys=True, separators=(",", ":")).encode() + b"\n"


def _newest_events(session: Session) -> dict[UUID | None, int]:
    rows = session.execute(
        select(AuditEvent.partnership_id, func.max(AuditEvent.id)).group_by(AuditEvent.partnership_id)
    )
    return {row[0]: row[1] for row in rows}


def _last_seals(session: Session) -> Iterator[AuditSeal]:
    latest = select(AuditSeal).ext(distinct_on(AuditSeal.partnership_id))
    yield from session.execute(latest.order_by(AuditSeal.partnership_id, AuditSeal.number.desc())).scalars()


def _of(kind: type[AuditEvent] | type[AuditSeal], partnership_id: UUID | None) -> ColumnElement[bool]:
    return kind.partnership_id.is_not_distinct_from(partnership_id)


def _name(partnership_id: UUID | None) -> str:
    return SITE if partnership_id is None else str(partnership_id)
