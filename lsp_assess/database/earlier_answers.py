"""The last earlier round in which the same questionnaire was asked, as one respondent knows it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, or_, select
from sqlalchemy.orm import Session, aliased

from lsp_assess.assessment.record import standing
from lsp_assess.database.meeting import records
from lsp_assess.database.models.partnerships import Collection, Instrument, Round
from lsp_assess.database.models.responses import Participant, RespondentKey, Response, ResponseStatus
from lsp_assess.partnerships.rounds import CollectionStatus


@dataclass(frozen=True, slots=True)
class Earlier:
    """`submission` is None where the respondent sent nothing then."""

    collection_id: UUID
    status: CollectionStatus
    round_name: str
    instrument_hash: str | None
    submission: Mapping[str, Any] | None
    submitted_at: datetime | None

    @property
    def is_final(self) -> bool:
        return self.status is CollectionStatus.FINAL


# A key may lead to what a predecessor or a colleague answered: that is theirs alone.
_asked, _key = aliased(Participant), aliased(RespondentKey)
_under_the_key = (_asked.collection_id == Collection.id) & (
    _asked.respondent_key_id == bindparam("respondent_key_id")
)
_THEIR_OWN = or_(
    exists().where(_under_the_key, _asked.person_id == bindparam("person_id"))
    & ~exists().where(_under_the_key, _asked.person_id != bindparam("person_id")),
    exists().where(_key.id == bindparam("respondent_key_id"), _key.person_id == bindparam("person_id")),
)
_now, _of_now, _its_round = aliased(Collection), aliased(Instrument), aliased(Round)
EARLIER = (
    select(
        Collection.id,
        Collection.status,
        Round.name,
        Response.instrument_hash,
        Response.submission,
        Response.submitted_at,
    )
    .join(Round, Round.id == Collection.round_id)
    .join(Instrument, Instrument.content_hash == Collection.instrument_hash)
    .join(_of_now, _of_now.name == Instrument.name)
    .join(_now, _now.instrument_hash == _of_now.content_hash)
    .join(_its_round, _its_round.id == _now.round_id)
    .outerjoin(
        Response,
        (Response.collection_id == Collection.id)
        & (Response.respondent_key_id == bindparam("respondent_key_id"))
        & (Response.status == ResponseStatus.SUBMITTED)
        & Response.double_of.is_(None)
        & _THEIR_OWN,
    )
    .where(_now.id == bindparam("collection_id"), Round.number < _its_round.number)
    .order_by(Round.number.desc())
    .limit(1)
)


def earlier(
    session: Session, collection_id: UUID, *, respondent_key_id: UUID, person_id: UUID | None
) -> Earlier | None:
    found = session.execute(
        EARLIER,
        {"collection_id": collection_id, "respondent_key_id": respondent_key_id, "person_id": person_id},
    ).one_or_none()
    return None if found is None else Earlier(*found)


def agreed_of(session: Session, collection_id: UUID) -> dict[str, float]:
    """By part, what stands in the record of the meeting."""
    found = {part: standing(steps) for (_, part), steps in records(session, [collection_id]).items()}
    return {part: float(step.agreed.score) for part, step in found.items() if step and step.agreed}
