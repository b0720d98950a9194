"""Households as a researcher works them: the assigned ones, their visits, the response that came of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Area, Collection
from lsp_assess.database.models.residents import Household, HouseholdAddress, SampleMember, Visit
from lsp_assess.database.models.responses import Response, ResponseStatus
from lsp_assess.partnerships.rounds import CollectionStatus


@dataclass(frozen=True, slots=True)
class Case:
    """One household of one collection, as far as fieldwork has come."""

    member: SampleMember
    household: Household
    area: Area
    address: HouseholdAddress | None
    collection: Collection


@dataclass(frozen=True, slots=True)
class BatchTotals:
    """What has been keyed of one pile of forms."""

    forms: int
    flagged: int
    last_serial: str | None


def assigned_to(session: Session, *, researcher_id: UUID, areas: frozenset[UUID]) -> list[Case]:
    """Open cases' households of one researcher, inside the areas that the researcher may work in."""
    rows = session.execute(
        _cases()
        .where(
            SampleMember.researcher_id == researcher_id,
            Household.area_id.in_(areas),
            Collection.status == CollectionStatus.OPEN,
        )
        .order_by(Area.name, HouseholdAddress.address)
    )
    return [Case(*row) for row in rows]


def case_of(session: Session, member_id: UUID, *, researcher_id: UUID, areas: frozenset[UUID]) -> Case | None:
    row = session.execute(
        _cases().where(
            SampleMember.id == member_id,
            SampleMember.researcher_id == researcher_id,
            Household.area_id.in_(areas),
        )
    ).one_or_none()
    return None if row is None else Case(*row)


def case_by_serial(
    session: Session, *, collection_id: UUID, serial: str, areas: frozenset[UUID]
) -> Case | None:
    """The household whose number is printed on a paper form; any in the researcher's areas, since a pile
    of forms may be another researcher's."""
    row = session.execute(
        _cases().where(
            SampleMember.collection_id == collection_id,
            Household.reference == serial,
            Household.area_id.in_(areas),
        )
    ).one_or_none()
    return None if row is None else Case(*row)


def hold(session: Session, member: SampleMember) -> None:
    """The household as it stands now, and nobody else works on it until this transaction ends."""
    session.refresh(member, with_for_update={"key_share": True})


def visits_of(session: Session, member_ids: Sequence[UUID]) -> dict[UUID, list[Visit]]:
    """Visits by sample member, in order of time."""
    found: dict[UUID, list[Visit]] = {member_id: [] for member_id in member_ids}
    for visit in session.execute(
        select(Visit).where(Visit.sample_member_id.in_(member_ids)).order_by(Visit.at)
    ).scalars():
        found[visit.sample_member_id].append(visit)
    return found


def position_in_sample(session: Session, member: SampleMember) -> int:
    """The place (from 0) of the household in the sample's order, by which Kish tables are dealt out."""
    household = select(Household.reference).where(Household.id == member.household_id).scalar_subquery()
    return session.execute(
        select(func.count())
        .select_from(SampleMember)
        .join(Household, Household.id == SampleMember.household_id)
        .where(SampleMember.collection_id == member.collection_id, Household.reference < household)
    ).scalar_one()


def keying_collections(session: Session) -> list[Collection]:
    """Open collections that have a sample."""
    sampled = select(SampleMember.collection_id).distinct()
    return list(
        session.execute(
            select(Collection).where(Collection.status == CollectionStatus.OPEN, Collection.id.in_(sampled))
        ).scalars()
    )


def batch_totals(session: Session, *, collection_id: UUID, batch: str, entered_by: UUID) -> BatchTotals:
    mine = (
        Response.collection_id == collection_id,
        Response.batch == batch,
        Response.entered_by == entered_by,
        Response.status == ResponseStatus.SUBMITTED,
    )
    forms, flagged = session.execute(
        select(func.count(), func.count(Response.double_of)).select_from(Response).where(*mine)
    ).one()
    last = session.execute(
        select(Response.serial).where(*mine).order_by(Response.submitted_at.desc()).limit(1)
    ).scalar_one_or_none()
    return BatchTotals(forms, flagged, last)


def _cases() -> Select[*tuple[SampleMember, Household, Area, HouseholdAddress, Collection]]:
    return (
        select(SampleMember, Household, Area, HouseholdAddress, Collection)
        .join(Household, Household.id == SampleMember.household_id)
        .join(Area, Area.id == Household.area_id)
        .outerjoin(HouseholdAddress, HouseholdAddress.id == Household.id)
        .join(Collection, Collection.id == SampleMember.collection_id)
    )
