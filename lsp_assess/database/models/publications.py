"""What has been published, and the files made from it. A release never changes; a correction is another."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.database.base import Base, Json, OfPartnership, lookup, placed, within
from lsp_assess.partnerships.retention import RetentionClass as Keep


class Release(OfPartnership, Base):
    """Safe tables of one round and its change against every earlier one, as JSON, with its hash."""

    __tablename__ = "release"
    __table_args__ = placed(
        "publications",
        Keep.PUBLISHED,
        within("round_id", "main.round"),
        within("superseded_by", "publications.release"),
        UniqueConstraint("partnership_id", "number", "revision"),
        lookup("round_id", unique_where="superseded_by IS NULL", name="uq_release_current"),
    )
    round_id: Mapped[UUID]
    number: Mapped[int]
    revision: Mapped[int]
    reason: Mapped[str | None]
    document: Mapped[Json]
    content_hash: Mapped[str]
    published_at: Mapped[datetime]
    published_by: Mapped[UUID | None]
    superseded_by: Mapped[UUID | None]


class ReleasedText(OfPartnership, Base):
    """A story's words as released; redaction empties `content` and leaves the hash as a tombstone."""

    __tablename__ = "released_text"
    __table_args__ = placed(
        "publications",
        Keep.PUBLISHED,
        within("release_id", "publications.release"),
        UniqueConstraint("partnership_id", "release_id", "story_id"),
    )
    release_id: Mapped[UUID]
    story_id: Mapped[UUID]
    content: Mapped[Json | None]
    content_hash: Mapped[str]
    redacted_at: Mapped[datetime | None]


class RestrictedValues(OfPartnership, Base):
    """Full precision behind a release; `id` is the release's. No page reads it."""

    __tablename__ = "restricted_values"
    __table_args__ = placed("answers", Keep.INDIVIDUAL_ANSWERS, within("id", "publications.release"))
    content: Mapped[Json]


class LongWork(OfPartnership):
    """What somebody asked for and a worker does, and how far it is."""

    account_id: Mapped[UUID | None]
    asked_at: Mapped[datetime]
    status: Mapped[str] = mapped_column(doc="queued, running, done, failed, withdrawn")
    done: Mapped[int] = mapped_column(default=0)
    of: Mapped[int] = mapped_column(default=0)
    step: Mapped[str | None] = mapped_column(doc="what is being done, the end of a message code")
    error: Mapped[str | None]
    finished_at: Mapped[datetime | None]


class Publication(LongWork, Base):
    """A round that is to be published. Its release is stored with the row's end, or neither is."""

    __tablename__ = "publication"
    __table_args__ = placed(
        "publications",
        Keep.TRANSIENT,
        within("round_id", "main.round"),
        within("release_id", "publications.release"),
        lookup("round_id", "asked_at"),
    )
    round_id: Mapped[UUID]
    reason: Mapped[str | None]
    release_id: Mapped[UUID | None]


class ReportJob(LongWork, Base):
    """A report asked for, and the file once it is made. Bound to who asked."""

    __tablename__ = "report_job"
    __table_args__ = placed("publications", Keep.TRANSIENT, lookup("account_id"))
    release_ids: Mapped[list[str]]
    language: Mapped[str]
    file: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
    file_hash: Mapped[str | None]
