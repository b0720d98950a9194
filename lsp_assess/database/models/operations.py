"""The audit log, the outbox, and files that wait for their confirmation."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import BigInteger, ForeignKey, Identity, LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.database.base import Base, Json, OfPartnership, lookup, placed
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.retention import RetentionClass as Keep


class AuditEvent(Base):
    """One write or sensitive read, recorded in its own transaction; the application can only append.
    People appear by reference, never by name."""

    __tablename__ = "audit_event"
    __table_args__ = placed("operations", Keep.AUDIT)
    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    partnership_id: Mapped[UUID | None] = mapped_column(ForeignKey("main.partnership.id"), index=True)
    at: Mapped[datetime]
    account_id: Mapped[UUID | None]
    event: Mapped[str]
    object_kind: Mapped[str | None]
    object_id: Mapped[str | None]
    details: Mapped[Json] = mapped_column(default=dict)


class AuditSeal(Base):
    """A link of the chain that covers a partnership's events, or those of none; the application has no right
    on it. `database.audit_seals` says how the hash is made."""

    __tablename__ = "audit_seal"
    __table_args__ = placed(
        "operations",
        Keep.AUDIT,
        UniqueConstraint("partnership_id", "number", postgresql_nulls_not_distinct=True),
    )
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partnership_id: Mapped[UUID | None] = mapped_column(ForeignKey("main.partnership.id"))
    number: Mapped[int]
    last_event: Mapped[int] = mapped_column(BigInteger)
    events: Mapped[int]
    hash: Mapped[str]
    sealed_at: Mapped[datetime]


class Mail(Base):
    """The outbox: written in the transaction of what it is about, sent by a worker afterwards."""

    __tablename__ = "mail"
    __table_args__ = placed("contacts", Keep.TRANSIENT)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    partnership_id: Mapped[UUID | None] = mapped_column(ForeignKey("main.partnership.id"), index=True)
    to_address: Mapped[str]
    subject: Mapped[str]
    body: Mapped[str]
    written_at: Mapped[datetime]
    sent_at: Mapped[datetime | None]
    attempts: Mapped[int] = mapped_column(default=0)
    error: Mapped[str | None]


class HeldFile(OfPartnership, Base):
    """A file between its preview and its confirmation, so that what was seen is what is taken in. Its
    sender's only; gone once it is taken in or dropped. It may hold addresses or answers."""

    __tablename__ = "held_file"
    __table_args__ = placed("contacts", Keep.TRANSIENT, lookup("account_id"))
    account_id: Mapped[UUID | None]
    kind: Mapped[str] = mapped_column(doc="indicators, responses, sample")
    collection_id: Mapped[UUID | None] = mapped_column(doc="of a sample")
    held_at: Mapped[datetime]
    file_name: Mapped[str]
    file: Mapped[bytes] = mapped_column(LargeBinary)
    mapping_name: Mapped[str | None]
    mapping: Mapped[bytes | None] = mapped_column(LargeBinary)
    questionnaire_name: Mapped[str | None]
    questionnaire: Mapped[bytes | None] = mapped_column(LargeBinary)
