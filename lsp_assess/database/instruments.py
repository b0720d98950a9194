"""Instruments as issued to a partnership: read once, kept parsed by their hash."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Instrument as Row
from lsp_assess.database.session import scope_of
from lsp_assess.instruments import Instrument, content_hash, document, parse_document, structure_hash
from lsp_assess.kernel.errors import Conflict, problem

KEPT_PARSED = 64
_parsed: dict[str, Instrument] = {}


def issue(session: Session, instrument: Instrument, *, source: str, at: datetime) -> str:
    """Store an instrument under its content hash, once; the hash. Raises Conflict where the partnership
    holds other content under that name and version: what has been issued never changes."""
    found = content_hash(instrument)
    held = session.execute(
        select(Row.content_hash).where(
            Row.name == instrument.name, Row.instrument_version == instrument.version
        )
    ).scalar_one_or_none()
    if held not in (None, found):
        raise Conflict(problem("version_held", name=instrument.name, version=instrument.version))
    if held is None:
        session.add(
            Row(
                partnership_id=scope_of(session).partnership_id,
                content_hash=found,
                structure_hash=structure_hash(instrument),
                name=instrument.name,
                instrument_version=instrument.version,
                kind=instrument.kind.value,
                source=source,
                document=document(instrument),
                issued_at=at,
            )
        )
        session.flush()
    return found


def instrument_of(session: Session, found: str) -> Instrument:
    """The instrument with this content hash; the session's partnership must hold it."""
    if found not in _parsed:
        stored = session.execute(select(Row.document).where(Row.content_hash == found)).scalar_one()
        if len(_parsed) >= KEPT_PARSED:
            _parsed.clear()
        _parsed[found] = parse_document(stored)
    return _parsed[found]
