"""Interviews of published rounds one after the other, never all in memory, and nothing of contacts."""

import json
from collections.abc import Collection as Of
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, Text, cast, func, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.models.publications import Release
from lsp_assess.database.models.residents import Household, SampleMember, Weight
from lsp_assess.database.models.responses import Consent, Response, ResponseStatus
from lsp_assess.database.release_data import FINAL_WEIGHT, RoundRow
from lsp_assess.instruments.items import ConsentTo
from lsp_assess.residents.design import Drawn

AT_A_TIME = 1000


@dataclass(frozen=True, slots=True)
class Interview:
    """`may_be_linked`: consented to linking rounds, and did not take it back. `weights` by stage."""

    respondent: UUID
    household: UUID | None
    may_be_linked: bool
    area_id: UUID | None
    address: Drawn | None
    weights: Mapping[str, float]
    submission: Mapping[str, Any]


def published_rounds(session: Session) -> list[RoundRow]:
    """Those with a release that stands, oldest first."""
    rows = session.execute(
        select(Round)
        .join(Release, (Release.partnership_id == Round.partnership_id) & (Release.round_id == Round.id))
        .where(Release.superseded_by.is_(None))
        .order_by(Round.number)
    ).scalars()
    return [RoundRow(row.id, row.number, row.name, row.starts_on, row.ends_on) for row in rows]


def addresses_of(session: Session, collection_id: UUID) -> Iterator[Drawn | None]:
    """How the address of each interview was drawn."""
    for member, weights in session.execute(_interviews(collection_id, SampleMember, _weights())):
        yield _drawn(member, weights or {})


def interviews_of(session: Session, collection_id: UUID) -> Iterator[Interview]:
    """Those sent and not withdrawn; of a respondent entered twice, the first. Ids are random, and so is
    the order."""
    statement = _interviews(
        collection_id,
        Response.respondent_key_id,
        SampleMember,
        _weights(),
        _may_be_linked(),
        func.coalesce(Response.area_id, Household.area_id),
        cast(Response.submission, Text),
    ).outerjoin(
        Household,
        (Household.partnership_id == Response.partnership_id) & (Household.id == SampleMember.household_id),
    )
    for respondent, member, weights, linked, area_id, submission in session.execute(statement):
        yield Interview(
            respondent=respondent,
            household=None if member is None else member.household_id,
            may_be_linked=linked,
            area_id=area_id,
            address=_drawn(member, weights or {}),
            weights=weights or {},
            submission=json.loads(submission),
        )


def stages_of(session: Session, collections: Of[UUID]) -> frozenset[str]:
    """Those of weights that were worked out."""
    found = session.execute(
        select(Weight.stage)
        .join(
            SampleMember,
            (SampleMember.partnership_id == Weight.partnership_id)
            & (SampleMember.id == Weight.sample_member_id),
        )
        .where(SampleMember.collection_id.in_(collections))
        .distinct()
    )
    return frozenset(found.scalars())


def _interviews(collection_id: UUID, *columns: Any) -> Select[Any]:
    return (
        select(*columns)
        .select_from(Response)
        .outerjoin(
            SampleMember,
            (SampleMember.partnership_id == Response.partnership_id)
            & (SampleMember.id == Response.sample_member_id),
        )
        .where(
            Response.collection_id == collection_id,
            Response.submission.is_not(None),
            Response.status != ResponseStatus.WITHDRAWN,
            Response.double_of.is_(None),
        )
        .order_by(Response.id)
        .execution_options(yield_per=AT_A_TIME)
    )


def _weights() -> Any:
    return (
        select(func.jsonb_object_agg(Weight.stage, Weight.value))
        .where(
            Weight.partnership_id == SampleMember.partnership_id,
            Weight.sample_member_id == SampleMember.id,
        )
        .correlate(SampleMember)
        .scalar_subquery()
    )


def _may_be_linked() -> Any:
    return (
        select(Consent.id)
        .where(
            Consent.partnership_id == Response.partnership_id,
            Consent.response_id == Response.id,
            Consent.kind == ConsentTo.LINKING.value,
            Consent.given,
            Consent.withdrawn_at.is_(None),
        )
        .correlate(Response)
        .exists()
    )


def _drawn(member: SampleMember | None, weights: Mapping[str, float]) -> Drawn | None:
    if member is None:
        return None
    return Drawn(weights.get(FINAL_WEIGHT), member.stratum, member.cluster)
