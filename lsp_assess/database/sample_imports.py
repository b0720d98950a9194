"""Samples of households: what a collection has of one, and the addresses that a file adds to it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Area, Collection, Instrument
from lsp_assess.database.models.residents import Household, HouseholdAddress, PanelState, SampleMember
from lsp_assess.database.session import scope_of
from lsp_assess.kernel.ids import new_id


@dataclass(frozen=True, slots=True)
class Sampled:
    """A household as this partnership knows it; `in_collection` when it is in the sample already."""

    id: UUID
    area: str
    address: str
    stratum: str | None
    cluster: str | None
    probability: float | None
    in_collection: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class NewAddress:
    """`household_id` where the household was in an earlier sample: it is visited again."""

    household_id: UUID | None
    reference: str
    area_id: UUID
    address: str
    postcode: str | None
    telephone: str | None
    stratum: str | None
    cluster: str | None
    probability: float


def own_areas(session: Session) -> dict[str, UUID]:
    statement = select(Area.code, Area.id).where(Area.comparator.is_(False))
    return dict(session.execute(statement).all())


def collection_and_kind(session: Session, collection_id: UUID) -> tuple[Collection, str] | None:
    row = session.execute(
        select(Collection, Instrument.kind)
        .join(
            Instrument,
            (Instrument.partnership_id == Collection.partnership_id)
            & (Instrument.content_hash == Collection.instrument_hash),
        )
        .where(Collection.id == collection_id)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def households_known(
    session: Session, *, collection_id: UUID, references: Sequence[str]
) -> dict[str, Sampled]:
    within = Household.partnership_id
    rows = session.execute(
        select(Household, Area.code, HouseholdAddress.address, SampleMember)
        .join(Area, (Area.partnership_id == within) & (Area.id == Household.area_id))
        .outerjoin(
            HouseholdAddress,
            (HouseholdAddress.partnership_id == within) & (HouseholdAddress.id == Household.id),
        )
        .outerjoin(
            SampleMember,
            (SampleMember.partnership_id == within)
            & (SampleMember.household_id == Household.id)
            & (SampleMember.collection_id == collection_id),
        )
        .where(Household.reference.in_(references))
    )
    return {
        household.reference: Sampled(
            household.id,
            area,
            address or "",
            member.stratum if member is not None else None,
            member.cluster if member is not None else None,
            member.probability if member is not None else None,
            member is not None,
        )
        for household, area, address, member in rows
    }


def add_addresses(session: Session, rows: Sequence[NewAddress], *, collection_id: UUID) -> None:
    """Households get random ids; their addresses stand apart."""
    partnership_id = scope_of(session).partnership_id
    ids = {row.reference: row.household_id or new_id() for row in rows}
    fresh = [row for row in rows if row.household_id is None]
    session.add_all(
        Household(
            partnership_id=partnership_id,
            id=ids[row.reference],
            area_id=row.area_id,
            reference=row.reference,
        )
        for row in fresh
    )
    session.flush()
    session.add_all(
        HouseholdAddress(
            partnership_id=partnership_id,
            id=ids[row.reference],
            address=row.address,
            postcode=row.postcode,
            telephone=row.telephone,
        )
        for row in fresh
    )
    session.add_all(
        SampleMember(
            partnership_id=partnership_id,
            id=new_id(),
            collection_id=collection_id,
            household_id=ids[row.reference],
            stratum=row.stratum,
            cluster=row.cluster,
            probability=row.probability,
            panel=PanelState.FRESH if row.household_id is None else PanelState.REVISIT,
        )
        for row in rows
    )
    session.flush()
