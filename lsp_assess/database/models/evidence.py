"""The register of evidence: what shows how the partnership stands in the parts of its self-assessment."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.assessment.evidence import Audience
from lsp_assess.database.base import Base, OfPartnership, Versioned, choice, lookup, placed, within
from lsp_assess.partnerships.retention import RetentionClass as Keep


class Evidence(OfPartnership, Versioned, Base):
    """Words, a link, a file, or several of them; none once it was withdrawn. It serves the parts of these
    codes in every round. Whoever added it is not shown to others."""

    __tablename__ = "evidence"
    __table_args__ = placed("main", Keep.RECORDS)
    title: Mapped[str]
    words: Mapped[str | None]
    link: Mapped[str | None]
    file_name: Mapped[str | None]
    media_type: Mapped[str | None]
    size: Mapped[int | None] = mapped_column(doc="of the file, in bytes")
    parts: Mapped[list[str]]
    audience: Mapped[Audience] = mapped_column(choice(Audience))
    effective_on: Mapped[date]
    expires_on: Mapped[date | None] = mapped_column(doc="the last day on which it counts")
    added_at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(doc="who added it")
    withdrawn_at: Mapped[datetime | None]
    withdrawn_because: Mapped[str | None]


class EvidenceFile(OfPartnership, Base):
    """The bytes of an item's file, apart: lists of items need none of them. They may hold anybody's name."""

    __tablename__ = "evidence_file"
    __table_args__ = placed("contacts", Keep.RECORDS, within("id", "main.evidence"))
    content: Mapped[bytes] = mapped_column(LargeBinary)


class ReliedEvidence(OfPartnership, Base):
    """What an agreed score relies on, with its title and whether it was out of date in that moment."""

    __tablename__ = "relied_evidence"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("agreed_score_id", "answers.agreed_score"),
        within("evidence_id", "main.evidence"),
        lookup("agreed_score_id"),
    )
    agreed_score_id: Mapped[UUID]
    evidence_id: Mapped[UUID]
    title: Mapped[str]
    was_stale: Mapped[bool]
