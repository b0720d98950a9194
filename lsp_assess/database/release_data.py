"""What a round is published from: its collections, the answers sent to them, and the sample's design."""

from collections.abc import Collection as Of
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import (
    Area,
    Collection,
    Instrument,
    Organisation,
    Partnership,
    Round,
)
from lsp_assess.database.models.publications import Release
from lsp_assess.database.models.residents import Household, SampleMember, Weight
from lsp_assess.database.models.responses import Participant, Response, ResponseStatus
from lsp_assess.database.session import scope_of
from lsp_assess.partnerships.areas import AreaType

FINAL_WEIGHT = "final"


@dataclass(frozen=True, slots=True)
class RoundRow:
    id: UUID
    number: int
    name: str
    starts_on: date
    ends_on: date


@dataclass(frozen=True, slots=True)
class CollectionRow:
    id: UUID
    round_id: UUID
    instrument_hash: str
    status: str
    settings: Mapping[str, Any]
    invited: int


@dataclass(frozen=True, slots=True)
class ResponseRow:
    """`submission` is what was sent, as JSON."""

    id: UUID
    collection_id: UUID
    respondent: UUID
    instrument_hash: str
    organisation_id: UUID | None
    area_id: UUID | None
    sample_member_id: UUID | None
    submission: Mapping[str, Any]
    submitted_at: datetime | None


@dataclass(frozen=True, slots=True)
class SampleRow:
    """`weight` is the final one, None where none was worked out; `stages` are all that are kept."""

    id: UUID
    collection_id: UUID
    area_id: UUID
    stratum: str | None
    cluster: str | None
    probability: float | None
    adults: int | None
    outcome: str | None
    panel: str
    stages: Mapping[str, float]

    @property
    def weight(self) -> float | None:
        return self.stages.get(FINAL_WEIGHT)


@dataclass(frozen=True, slots=True)
class AreaRow:
    id: UUID
    code: str
    name: str
    type: AreaType
    comparator: bool
    group_id: UUID | None


def partnership(session: Session) -> Partnership:
    return session.execute(
        select(Partnership).where(Partnership.id == scope_of(session).partnership_id)
    ).scalar_one()


def compared(session: Session, round_id: UUID) -> list[RoundRow]:
    """The round, after every earlier one with a release that stands, oldest first."""
    last = session.execute(select(Round).where(Round.id == round_id)).scalar_one()
    before = session.execute(
        select(Round)
        .join(Release, (Release.partnership_id == Round.partnership_id) & (Release.round_id == Round.id))
        .where(Release.superseded_by.is_(None), Round.number < last.number)
        .order_by(Round.number)
    ).scalars()
    return [_round(row) for row in (*before, last)]


def _round(row: Round) -> RoundRow:
    return RoundRow(row.id, row.number, row.name, row.starts_on, row.ends_on)


def collections_of(session: Session, rounds: Of[UUID]) -> list[CollectionRow]:
    invited = (
        select(func.count())
        .select_from(Participant)
        .where(
            Participant.partnership_id == Collection.partnership_id,
            Participant.collection_id == Collection.id,
        )
        .scalar_subquery()
    )
    rows = session.execute(
        select(Collection, invited).where(Collection.round_id.in_(rounds)).order_by(Collection.id)
    )
    return [
        CollectionRow(c.id, c.round_id, c.instrument_hash, c.status.value, c.settings, n) for c, n in rows
    ]


def instrument_versions(session: Session, hashes: Of[str]) -> dict[str, tuple[str, str]]:
    """By content hash: name and version."""
    rows = session.execute(
        select(Instrument.content_hash, Instrument.name, Instrument.instrument_version).where(
            Instrument.content_hash.in_(hashes)
        )
    )
    return {found: (name, version) for found, name, version in rows}


def responses_to(session: Session, collections: Of[UUID]) -> list[ResponseRow]:
    """Those sent and not withdrawn, also while reopened (ADR 0006); of a respondent entered twice, the
    first."""
    rows = session.execute(
        select(
            Response.id,
            Response.collection_id,
            Response.respondent_key_id,
            Response.instrument_hash,
            Response.organisation_id,
            Response.area_id,
            Response.sample_member_id,
            Response.submission,
            Response.submitted_at,
        )
        .where(
            Response.collection_id.in_(collections),
            Response.submission.is_not(None),
            Response.status != ResponseStatus.WITHDRAWN,
            Response.double_of.is_(None),
        )
        .order_by(Response.id)
    )
    return [ResponseRow(*row[:7], row.submission or {}, row.submitted_at) for row in rows]


def sample_of(session: Session, collections: Of[UUID]) -> list[SampleRow]:
    same = SampleMember.partnership_id
    rows = session.execute(
        select(SampleMember, Household.area_id)
        .join(Household, (Household.partnership_id == same) & (Household.id == SampleMember.household_id))
        .where(SampleMember.collection_id.in_(collections))
        .order_by(SampleMember.id)
    ).all()
    stages = _stages_of(session, collections)
    return [
        SampleRow(
            m.id,
            m.collection_id,
            area,
            m.stratum,
            m.cluster,
            m.probability,
            m.adults,
            m.outcome,
            m.panel.value,
            stages.get(m.id, {}),
        )
        for m, area in rows
    ]


def _stages_of(session: Session, collections: Of[UUID]) -> dict[UUID, dict[str, float]]:
    rows = session.execute(
        select(Weight.sample_member_id, Weight.stage, Weight.value)
        .join(
            SampleMember,
            (SampleMember.partnership_id == Weight.partnership_id)
            & (SampleMember.id == Weight.sample_member_id),
        )
        .where(SampleMember.collection_id.in_(collections))
    )
    found: dict[UUID, dict[str, float]] = {}
    for member, stage, value in rows:
        found.setdefault(member, {})[stage] = value
    return found


def areas(session: Session) -> list[AreaRow]:
    rows = session.execute(select(Area).order_by(Area.code)).scalars()
    return [AreaRow(a.id, a.code, a.name, a.type, a.comparator, a.group_id) for a in rows]


def organisations(session: Session) -> dict[UUID, tuple[str, str]]:
    """Name and sector of each."""
    rows = session.execute(select(Organisation.id, Organisation.name, Organisation.sector))
    return {found: (name, sector) for found, name, sector in rows}
