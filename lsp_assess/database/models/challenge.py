"""What was asked of whoever leads a part, an action or an indicator, and the answer."""

from datetime import date
from uuid import UUID

from sqlalchemy import CheckConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.database.base import Base, OfPartnership, Versioned, choice, lookup, placed, within
from lsp_assess.partnerships.retention import RetentionClass as Keep
from lsp_assess.partnerships.roles import Role


class Challenge(OfPartnership, Versioned, Base):
    """Signed by a role or an organisation; who typed it is an account, by reference. The person who leads
    stands here only until there is an answer."""

    __tablename__ = "challenge"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("round_id", "main.round"),
        within("collection_id", "main.collection"),
        within("action_id", "main.action"),
        within("indicator_id", "main.indicator"),
        within("asking_id", "main.organisation"),
        within("lead_id", "main.organisation"),
        within("lead_person_id", "main.person"),
        within("answering_id", "main.organisation"),
        lookup("round_id"),
        CheckConstraint("num_nonnulls(part, action_id, indicator_id) = 1", name="about_one"),
        CheckConstraint("part IS NULL OR collection_id IS NOT NULL", name="part_of_a_meeting"),
        CheckConstraint("reply_by >= asked_on", name="reply_after_asking"),
        CheckConstraint("answered_on IS NULL OR answer IS NOT NULL", name="answered_in_words"),
    )
    round_id: Mapped[UUID] = mapped_column(doc="in which it was asked")
    collection_id: Mapped[UUID | None] = mapped_column(doc="at whose meeting; none between meetings")
    part: Mapped[str | None]
    action_id: Mapped[UUID | None]
    indicator_id: Mapped[UUID | None]
    flagged: Mapped[bool] = mapped_column(doc="raised by a red light or by disagreement")
    question: Mapped[str]
    asked_as: Mapped[Role] = mapped_column(choice(Role))
    asking_id: Mapped[UUID | None]
    asked_by: Mapped[UUID | None]
    asked_on: Mapped[date]
    reply_by: Mapped[date]
    lead_id: Mapped[UUID | None]
    lead_person_id: Mapped[UUID | None]
    answer: Mapped[str | None]
    answering_id: Mapped[UUID | None] = mapped_column(doc="none where the coordinator answered")
    answered_by: Mapped[UUID | None]
    answered_on: Mapped[date | None]
    reworded_on: Mapped[date | None] = mapped_column(doc="the coordinator struck words that name somebody")
