"""What stands round an action: who helps, what is done by when, how it has stood, who was reminded of it."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.database.base import Base, OfPartnership, Versioned, lookup, placed, within
from lsp_assess.partnerships.retention import RetentionClass as Keep


class ActionContributor(OfPartnership, Base):
    __tablename__ = "action_contributor"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("action_id", "main.action"),
        within("organisation_id", "main.organisation"),
        UniqueConstraint("partnership_id", "action_id", "organisation_id"),
    )
    action_id: Mapped[UUID]
    organisation_id: Mapped[UUID]


class Milestone(OfPartnership, Versioned, Base):
    """A step of an action, with its day."""

    __tablename__ = "milestone"
    __table_args__ = placed("main", Keep.PUBLISHED, within("action_id", "main.action"), lookup("action_id"))
    action_id: Mapped[UUID]
    due_on: Mapped[date]
    words: Mapped[str]
    done: Mapped[bool] = mapped_column(default=False)


class ActionEvent(OfPartnership, Base):
    """How an action stood from a moment on."""

    __tablename__ = "action_event"
    __table_args__ = placed("main", Keep.RECORDS, within("action_id", "main.action"), lookup("action_id"))
    action_id: Mapped[UUID]
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    status: Mapped[str]
    light: Mapped[str | None]
    due_on: Mapped[date | None]
    note: Mapped[str | None] = mapped_column(doc="what whoever changed it said")


class ActionReminder(OfPartnership, Base):
    """That somebody of the owner was written to about an action."""

    __tablename__ = "action_reminder"
    __table_args__ = placed(
        "operations",
        Keep.RECORDS,
        within("action_id", "main.action"),
        within("person_id", "main.person"),
        lookup("person_id"),
    )
    action_id: Mapped[UUID]
    person_id: Mapped[UUID]
    at: Mapped[datetime]
