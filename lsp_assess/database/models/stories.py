"""Level three: the panel's work on a story. The story itself is a response to its instrument."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped

from lsp_assess.database.base import Base, OfPartnership, Versioned, lookup, placed, within
from lsp_assess.partnerships.retention import RetentionClass as Keep


class Story(OfPartnership, Versioned, Base):
    """`id` is the response's. `decision` is the selection panel's, kept with its reason either way."""

    __tablename__ = "story"
    __table_args__ = placed(
        "answers",
        Keep.STORIES,
        within("id", "answers.response"),
        within("collector_id", "main.person"),
        CheckConstraint("decision IN ('selected', 'not_selected')", name="decision"),
        CheckConstraint("decision IS NULL OR decision_reason IS NOT NULL", name="reason_given"),
    )
    collector_id: Mapped[UUID | None]
    decision: Mapped[str | None]
    decision_reason: Mapped[str | None]
    decided_at: Mapped[datetime | None]


class StoryGrade(OfPartnership, Versioned, Base):
    """One named partner's vote on a story that somebody else told; both grades run from 0 to 4."""

    __tablename__ = "story_grade"
    __table_args__ = placed(
        "answers",
        Keep.STORIES,
        within("story_id", "answers.story"),
        within("rater_id", "main.person"),
        UniqueConstraint("partnership_id", "story_id", "rater_id"),
        CheckConstraint("contribution BETWEEN 0 AND 4", name="contribution"),
        CheckConstraint("evidence BETWEEN 0 AND 4", name="evidence"),
    )
    story_id: Mapped[UUID]
    rater_id: Mapped[UUID]
    contribution: Mapped[int]
    evidence: Mapped[int]
    at: Mapped[datetime]


class StoryLink(OfPartnership, Base):
    """A story illustrates, explains or contradicts an objective, indicator, question or driver part."""

    __tablename__ = "story_link"
    __table_args__ = placed("answers", Keep.STORIES, within("story_id", "answers.story"), lookup("story_id"))
    story_id: Mapped[UUID]
    target_kind: Mapped[str]
    target_code: Mapped[str]
    relation: Mapped[str]
