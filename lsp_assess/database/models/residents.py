"""Samples of households and the work on them. Addresses stand apart, in `contacts`."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.database.base import (
    Base,
    OfPartnership,
    Versioned,
    choice,
    lookup,
    placed,
    within,
)
from lsp_assess.partnerships.retention import RetentionClass as Keep


class PanelState(StrEnum):
    FRESH = "fresh"
    REVISIT = "revisit"
    REFRESHMENT = "refreshment"


class Household(OfPartnership, Base):
    """An address drawn into a sample; its id is random and says nothing of where it is."""

    __tablename__ = "household"
    __table_args__ = placed(
        "main",
        Keep.INDIVIDUAL_ANSWERS,
        within("area_id", "main.area"),
        UniqueConstraint("partnership_id", "reference"),
    )
    area_id: Mapped[UUID]
    reference: Mapped[str] = mapped_column(doc="the sample file's number, printed on the form")


class Resident(OfPartnership, Base):
    """The adult of a household who was selected; another person in a later round is another row."""

    __tablename__ = "resident"
    __table_args__ = placed(
        "main", Keep.INDIVIDUAL_ANSWERS, within("household_id", "main.household"), lookup("household_id")
    )
    household_id: Mapped[UUID]


class SampleMember(OfPartnership, Versioned, Base):
    """A household in the sample of one collection, with the design that drew it and what became of it."""

    __tablename__ = "sample_member"
    __table_args__ = placed(
        "main",
        Keep.INDIVIDUAL_ANSWERS,
        within("collection_id", "main.collection"),
        within("household_id", "main.household"),
        within("resident_id", "main.resident"),
        within("researcher_id", "main.membership"),
        UniqueConstraint("partnership_id", "collection_id", "household_id"),
        lookup("researcher_id"),
        CheckConstraint("probability > 0 AND probability <= 1", name="probability"),
    )
    collection_id: Mapped[UUID]
    household_id: Mapped[UUID]
    resident_id: Mapped[UUID | None]
    researcher_id: Mapped[UUID | None] = mapped_column(doc="the researcher's membership")
    stratum: Mapped[str | None]
    cluster: Mapped[str | None]
    probability: Mapped[float | None] = mapped_column(doc="chance of the address, over 0, at most 1")
    panel: Mapped[PanelState] = mapped_column(choice(PanelState), default=PanelState.FRESH)
    adults: Mapped[int | None]
    outcome: Mapped[str | None] = mapped_column(doc="final outcome code; none while work goes on")
    serial: Mapped[str | None]


class Weight(OfPartnership, Base):
    """One stage of a household's weight; all stages are kept, `final` is used."""

    __tablename__ = "weight"
    __table_args__ = placed(
        "main",
        Keep.INDIVIDUAL_ANSWERS,
        within("sample_member_id", "main.sample_member"),
        UniqueConstraint("partnership_id", "sample_member_id", "stage"),
        CheckConstraint("value >= 0", name="not_negative"),
    )
    sample_member_id: Mapped[UUID]
    stage: Mapped[str] = mapped_column(doc="design, panel, raked, trimmed, final")
    value: Mapped[float]


class Visit(OfPartnership, Base):
    __tablename__ = "visit"
    __table_args__ = placed(
        "main",
        Keep.INDIVIDUAL_ANSWERS,
        within("sample_member_id", "main.sample_member"),
        within("researcher_id", "main.membership"),
        lookup("sample_member_id"),
    )
    sample_member_id: Mapped[UUID]
    researcher_id: Mapped[UUID | None]
    at: Mapped[datetime]
    device_at: Mapped[datetime | None] = mapped_column(doc="what the tablet's clock said")
    outcome: Mapped[str]
    note: Mapped[str | None]


class HouseholdAddress(OfPartnership, Base):
    """`id` is the household's."""

    __tablename__ = "household_address"
    __table_args__ = placed("contacts", Keep.CONTACT, within("id", "main.household"))
    address: Mapped[str]
    postcode: Mapped[str | None]
    telephone: Mapped[str | None]


class PersonContact(OfPartnership, Versioned, Base):
    """`id` is the person's."""

    __tablename__ = "person_contact"
    __table_args__ = placed("contacts", Keep.CONTACT, within("id", "main.person"))
    email: Mapped[str]
    telephone: Mapped[str | None]


class Invitation(OfPartnership, Base):
    """A single-use link, sent by e-mail; only the hash of its 256-bit token is kept."""

    __tablename__ = "invitation"
    __table_args__ = placed(
        "contacts",
        Keep.TRANSIENT,
        within("person_id", "main.person"),
        within("participant_id", "main.participant"),
    )
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[UUID]
    participant_id: Mapped[UUID | None]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    redeemed_at: Mapped[datetime | None]
