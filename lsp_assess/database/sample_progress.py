"""Samples as the coordinator oversees them: who works which households, and how far fieldwork is."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, or_, select, update
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Area, Membership, Person, ResearcherArea
from lsp_assess.database.models.residents import Household, HouseholdAddress, SampleMember, Visit
from lsp_assess.partnerships.roles import Role
from lsp_assess.residents.outcomes import Disposition
from lsp_assess.residents.visits import Visit as Told
from lsp_assess.residents.visits import VisitOutcome, final_outcome


@dataclass(frozen=True, slots=True)
class AreaSample:
    """Households of one area in a sample."""

    area_id: UUID
    name: str
    sampled: int
    assigned: int
    finished: int


@dataclass(frozen=True, slots=True)
class Researcher:
    """A researcher's membership with the areas and the households of one sample."""

    id: UUID
    name: str
    areas: frozenset[UUID]
    assigned: int
    finished: int


@dataclass(frozen=True, slots=True)
class Sampled:
    """One household of the sample, for whoever deals them out."""

    id: UUID
    area_id: UUID
    reference: str
    address: str | None
    researcher_id: UUID | None
    finished: bool


def by_area(session: Session, collection_id: UUID) -> list[AreaSample]:
    rows = session.execute(
        select(
            Area.id,
            Area.name,
            func.count(),
            func.count(SampleMember.researcher_id),
            func.count(SampleMember.outcome),
        )
        .select_from(SampleMember)
        .join(Household, Household.id == SampleMember.household_id)
        .join(Area, Area.id == Household.area_id)
        .where(SampleMember.collection_id == collection_id)
        .group_by(Area.id, Area.name)
        .order_by(Area.name)
    )
    return [AreaSample(*row) for row in rows]


def researchers(session: Session, collection_id: UUID, *, on: object) -> list[Researcher]:
    """Those who may work on a day, by name."""
    rows = session.execute(
        select(Membership.id, Person.name)
        .join(Person, Person.id == Membership.person_id)
        .where(
            Membership.role == Role.RESEARCHER,
            Membership.valid_from <= on,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= on),
        )
        .order_by(Person.name)
    ).all()
    areas: dict[UUID, set[UUID]] = defaultdict(set)
    for membership_id, area_id in session.execute(
        select(ResearcherArea.membership_id, ResearcherArea.area_id)
    ):
        areas[membership_id].add(area_id)
    load = {
        researcher_id: (assigned, finished)
        for researcher_id, assigned, finished in session.execute(
            select(SampleMember.researcher_id, func.count(), func.count(SampleMember.outcome))
            .where(SampleMember.collection_id == collection_id)
            .group_by(SampleMember.researcher_id)
        )
    }
    return [Researcher(id_, name, frozenset(areas[id_]), *load.get(id_, (0, 0))) for id_, name in rows]


def sampled(session: Session, collection_id: UUID, *, area_id: UUID | None = None) -> list[Sampled]:
    """Households in order of their reference."""
    statement = (
        select(
            SampleMember.id,
            Household.area_id,
            Household.reference,
            HouseholdAddress.address,
            SampleMember.researcher_id,
            SampleMember.outcome.is_not(None),
        )
        .join(Household, Household.id == SampleMember.household_id)
        .outerjoin(HouseholdAddress, HouseholdAddress.id == Household.id)
        .where(SampleMember.collection_id == collection_id)
        .order_by(Household.reference)
    )
    if area_id is not None:
        statement = statement.where(Household.area_id == area_id)
    return [Sampled(*row) for row in session.execute(statement)]


def assign(session: Session, member_ids: Sequence[UUID], *, researcher_id: UUID | None) -> None:
    session.execute(
        update(SampleMember)
        .where(SampleMember.id.in_(member_ids))
        .values(researcher_id=researcher_id, version=SampleMember.version + 1)
        .execution_options(synchronize_session=False)
    )


def dispositions(session: Session, collection_id: UUID) -> list[Disposition]:
    """Of every household, what it would count as if fieldwork ended now."""
    visits: dict[UUID, list[Told]] = defaultdict(list)
    for member_id, at, outcome in session.execute(
        select(Visit.sample_member_id, Visit.at, Visit.outcome)
        .join(SampleMember, SampleMember.id == Visit.sample_member_id)
        .where(SampleMember.collection_id == collection_id)
    ):
        visits[member_id].append(Told(at, VisitOutcome(outcome)))
    rows = session.execute(
        select(SampleMember.id, SampleMember.outcome).where(SampleMember.collection_id == collection_id)
    )
    return [Disposition(outcome) if outcome else final_outcome(visits[id_]) for id_, outcome in rows]
