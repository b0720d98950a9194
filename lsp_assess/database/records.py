"""Sent answers one after the other, never all in memory."""

import json
from collections.abc import Iterator
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Area, Collection, Instrument, Round
from lsp_assess.database.models.responses import Response, ResponseStatus

AT_A_TIME = 1000


def collection_known_as(session: Session, *, round_number: int, instrument: str) -> Collection | None:
    return session.execute(
        select(Collection)
        .join(Round, (Round.partnership_id == Collection.partnership_id) & (Round.id == Collection.round_id))
        .join(
            Instrument,
            (Instrument.partnership_id == Collection.partnership_id)
            & (Instrument.content_hash == Collection.instrument_hash),
        )
        .where(Round.number == round_number, Instrument.name == instrument)
    ).scalar_one_or_none()


def stored_records(session: Session, collection_id: UUID) -> Iterator[tuple[str | None, dict[str, Any]]]:
    """Area code and submission of those sent and not withdrawn; of a respondent entered twice, the first.
    Ids are random, and so is the order."""
    statement = (
        select(Area.code, cast(Response.submission, Text))
        .outerjoin(Area, (Area.partnership_id == Response.partnership_id) & (Area.id == Response.area_id))
        .where(
            Response.collection_id == collection_id,
            Response.submission.is_not(None),
            Response.status != ResponseStatus.WITHDRAWN,
            Response.double_of.is_(None),
        )
        .order_by(Response.id)
        .execution_options(yield_per=AT_A_TIME)
    )
    for code, submission in session.execute(statement):
        yield code, json.loads(submission)
