"""What a round found, in the words of the meeting, and how the partners ranked it."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.assessment.consensus import FindingKind
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
from lsp_assess.partnerships.retention import RetentionClass as Keep


class Finding(OfPartnership, Versioned, Base):
    """A strength or an area for improvement. One that was merged stays, and is not ranked. The figures are
    those of the moment in which the ranking was closed."""

    __tablename__ = "finding"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("collection_id", "main.collection"),
        within("merged_into", "main.finding"),
        lookup("collection_id"),
    )
    collection_id: Mapped[UUID]
    kind: Mapped[FindingKind] = mapped_column(choice(FindingKind))
    words: Mapped[str]
    criterion: Mapped[str | None]
    merged_into: Mapped[UUID | None]
    voters: Mapped[int | None]
    impact: Mapped[float | None] = mapped_column(doc="median; none where too few voted")
    feasibility: Mapped[float | None]


class Ranking(OfPartnership, Base):
    """Of the findings of one collection; without a row they are still being gathered."""

    __tablename__ = "ranking"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("collection_id", "main.collection"),
        UniqueConstraint("partnership_id", "collection_id"),
        CheckConstraint("closed_at IS NULL OR closed_at >= opened_at", name="closed_after_it_opened"),
    )
    collection_id: Mapped[UUID]
    opened_at: Mapped[datetime]
    closed_at: Mapped[datetime | None]


class Ballot(OfPartnership, Versioned, Base):
    """One partner's votes on the findings of one collection: by the finding's id, impact and feasibility."""

    __tablename__ = "ballot"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("collection_id", "main.collection"),
        within("voter_id", "main.person"),
        UniqueConstraint("partnership_id", "collection_id", "voter_id"),
    )
    collection_id: Mapped[UUID]
    voter_id: Mapped[UUID]
    votes: Mapped[Json]
    at: Mapped[datetime]
