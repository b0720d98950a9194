"""Partnerships, their organisations, seats, people, areas, rounds and collections."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.assessment.evidence import USUAL_MONTHS
from lsp_assess.database.base import (
    Base,
    Json,
    OfPartnership,
    Versioned,
    choice,
    lookup,
    placed,
    within,
)
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.areas import AreaType
from lsp_assess.partnerships.retention import RetentionClass as Keep
from lsp_assess.partnerships.roles import Matching, Role
from lsp_assess.partnerships.rounds import CollectionStatus


class Partnership(Versioned, Base):
    __tablename__ = "partnership"
    __table_args__ = placed("main", Keep.CONFIGURATION)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    matching: Mapped[Matching] = mapped_column(choice(Matching))
    time_zone: Mapped[str] = mapped_column(default="Europe/London")
    small_group: Mapped[int] = mapped_column(default=5)
    survey_minimum: Mapped[int] = mapped_column(default=30)
    smallest_change: Mapped[float | None] = mapped_column(doc="smallest change that matters, a share 0–1")
    accent: Mapped[str] = mapped_column(default="#1d5b79")
    demonstration: Mapped[bool] = mapped_column(default=False)
    ended_on: Mapped[date | None] = mapped_column(doc="its last day")
    action_reminders: Mapped[int] = mapped_column(default=0, doc="at most so many about one action")
    kept_days: Mapped[dict[str, int]] = mapped_column(
        JSONB(), default=dict, doc="retention class to days, where other than usual"
    )


class Organisation(OfPartnership, Versioned, Base):
    __tablename__ = "organisation"
    __table_args__ = placed("main", Keep.CONFIGURATION, UniqueConstraint("partnership_id", "name"))
    name: Mapped[str]
    sector: Mapped[str]
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class SubPartnership(OfPartnership, Versioned, Base):
    __tablename__ = "sub_partnership"
    __table_args__ = placed("main", Keep.CONFIGURATION, UniqueConstraint("partnership_id", "name"))
    name: Mapped[str]
    purpose: Mapped[str | None]


class Seat(OfPartnership, Versioned, Base):
    """A place at the table of one organisation; people hold it one after another."""

    __tablename__ = "seat"
    __table_args__ = placed(
        "main",
        Keep.CONFIGURATION,
        within("organisation_id", "main.organisation"),
        UniqueConstraint("partnership_id", "organisation_id", "title"),
    )
    organisation_id: Mapped[UUID]
    title: Mapped[str]


class Person(OfPartnership, Versioned, Base):
    """Somebody this partnership knows. `account_id` is set once the person has signed in."""

    __tablename__ = "person"
    __table_args__ = placed(
        "main", Keep.ACCOUNT, UniqueConstraint("partnership_id", "account_id"), lookup("name")
    )
    account_id: Mapped[UUID | None] = mapped_column(index=True)
    name: Mapped[str]


class Membership(OfPartnership, Versioned, Base):
    """A person's role for an organisation, from–to; `seat_id` names the seat that the person fills.
    `respondent_key_id` is there once a seat was handed over and the successor asked."""

    __tablename__ = "membership"
    __table_args__ = placed(
        "main",
        Keep.ACCOUNT,
        within("person_id", "main.person"),
        within("organisation_id", "main.organisation"),
        within("seat_id", "main.seat"),
        within("respondent_key_id", "main.respondent_key"),
        lookup("person_id"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
    )
    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    seat_id: Mapped[UUID | None]
    role: Mapped[Role] = mapped_column(choice(Role))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    same_respondent: Mapped[bool | None] = mapped_column(
        doc="as stated at the hand-over: compared with the predecessor, or apart; None without one"
    )
    respondent_key_id: Mapped[UUID | None]


class Area(OfPartnership, Versioned, Base):
    __tablename__ = "area"
    __table_args__ = placed(
        "main",
        Keep.CONFIGURATION,
        within("group_id", "main.area"),
        UniqueConstraint("partnership_id", "code"),
    )
    code: Mapped[str]
    name: Mapped[str]
    type: Mapped[AreaType] = mapped_column(choice(AreaType))
    comparator: Mapped[bool] = mapped_column(default=False, doc="outside the partnership")
    priority: Mapped[bool] = mapped_column(default=False, doc="a priority neighbourhood")
    group_id: Mapped[UUID | None] = mapped_column(doc="the group of areas that this one belongs to")
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]


class ResearcherArea(OfPartnership, Base):
    """An area in which a community researcher may work."""

    __tablename__ = "researcher_area"
    __table_args__ = placed(
        "main",
        Keep.ACCOUNT,
        within("membership_id", "main.membership"),
        within("area_id", "main.area"),
        UniqueConstraint("partnership_id", "membership_id", "area_id"),
    )
    membership_id: Mapped[UUID]
    area_id: Mapped[UUID]


class Round(OfPartnership, Versioned, Base):
    __tablename__ = "round"
    __table_args__ = placed("main", Keep.CONFIGURATION, UniqueConstraint("partnership_id", "number"))
    number: Mapped[int]
    name: Mapped[str]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    remind_before: Mapped[int] = mapped_column(default=0, doc="days before the closing date")
    remind_every: Mapped[int] = mapped_column(default=0, doc="days between two reminders")
    remind_most: Mapped[int] = mapped_column(default=0, doc="at most so many to a person; 0: none")
    evidence_months: Mapped[int] = mapped_column(
        default=USUAL_MONTHS, doc="from which age evidence is out of date"
    )


class Instrument(OfPartnership, Base):
    """A questionnaire as issued: immutable, known by the hash of its content."""

    __tablename__ = "instrument"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        UniqueConstraint("partnership_id", "content_hash"),
        UniqueConstraint("partnership_id", "name", "instrument_version"),
    )
    content_hash: Mapped[str]
    structure_hash: Mapped[str]
    name: Mapped[str]
    instrument_version: Mapped[str]
    kind: Mapped[str]
    source: Mapped[str] = mapped_column(doc="the YAML text as it was taken in")
    document: Mapped[Json] = mapped_column(doc="the same, parsed, as `instruments.document` writes it")
    issued_at: Mapped[datetime]


class Collection(OfPartnership, Versioned, Base):
    """One instrument in one round, with a life of its own."""

    __tablename__ = "collection"
    __table_args__ = placed(
        "main",
        Keep.CONFIGURATION,
        within("round_id", "main.round"),
        within("instrument_hash", "main.instrument", of="content_hash"),
        lookup("round_id"),
    )
    round_id: Mapped[UUID]
    instrument_hash: Mapped[str]
    status: Mapped[CollectionStatus] = mapped_column(choice(CollectionStatus))
    opens_on: Mapped[date | None]
    closes_at: Mapped[datetime | None]
    languages: Mapped[list[str]]
    settings: Mapped[Json] = mapped_column(default=dict, doc="selection rule, headline items, mode")


class CollectionEvent(OfPartnership, Base):
    """Each move of a collection from status to status, with its reason."""

    __tablename__ = "collection_event"
    __table_args__ = placed(
        "main", Keep.RECORDS, within("collection_id", "main.collection"), lookup("collection_id")
    )
    collection_id: Mapped[UUID]
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    event: Mapped[str]
    before: Mapped[str]
    after: Mapped[str]
    reason: Mapped[str | None]
