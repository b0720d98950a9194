"""A part scored a second time at the meeting, blind again, and what each person gave then."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.assessment.rescoring import RescoringStatus
from lsp_assess.database.base import Base, Json, OfPartnership, Versioned, choice, lookup, placed, within
from lsp_assess.partnerships.retention import RetentionClass as Keep


class Rescoring(OfPartnership, Base):
    """Of one part, once: two reveals side by side could tell who changed their mind between them. Taken back
    before its reveal, it may be opened again, and what was scored stands."""

    __tablename__ = "rescoring"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("collection_id", "main.collection"),
        UniqueConstraint("partnership_id", "collection_id", "part"),
    )
    collection_id: Mapped[UUID]
    part: Mapped[str]
    status: Mapped[RescoringStatus] = mapped_column(choice(RescoringStatus))
    opened_at: Mapped[datetime]
    revealed_at: Mapped[datetime | None]
    shown: Mapped[Json | None] = mapped_column(
        JSONB(none_as_null=True),
        doc="frozen at the reveal: how many gave each score; nothing where that may not be told",
    )


class SecondScore(OfPartnership, Versioned, Base):
    """Read by nobody but the person, and counted once, at the reveal."""

    __tablename__ = "second_score"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("rescoring_id", "answers.rescoring"),
        within("person_id", "main.person"),
        UniqueConstraint("partnership_id", "rescoring_id", "person_id"),
        lookup("person_id"),
    )
    rescoring_id: Mapped[UUID]
    person_id: Mapped[UUID]
    score: Mapped[int]
    at: Mapped[datetime]


class FrozenSpread(OfPartnership, Base):
    """How the scores of each part lay when scoring closed, of those parts of which it may be told."""

    __tablename__ = "frozen_spread"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("collection_id", "main.collection"),
        UniqueConstraint("partnership_id", "collection_id"),
    )
    collection_id: Mapped[UUID]
    at: Mapped[datetime]
    threshold: Mapped[int] = mapped_column(doc="the smallest group that was told of")
    parts: Mapped[Json]
