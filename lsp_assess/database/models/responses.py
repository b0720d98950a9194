"""Who is asked, what they answered, and the receipts that make a final submission safe to repeat."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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


class ResponseStatus(StrEnum):
    DRAFT = "draft"
    SUBMITTED = "submitted"
    WITHDRAWN = "withdrawn"


class Mode(StrEnum):
    ONLINE = "online"
    FACE_TO_FACE = "face_to_face"
    PAPER = "paper"
    IMPORTED = "imported"


class RespondentKey(OfPartnership, Base):
    """Under which answers are matched from round to round: a person's, a seat's, a resident's, or the
    id that an imported file gave."""

    __tablename__ = "respondent_key"
    __table_args__ = placed(
        "main",
        Keep.INDIVIDUAL_ANSWERS,
        within("person_id", "main.person"),
        within("seat_id", "main.seat"),
        within("resident_id", "main.resident"),
        lookup("person_id", unique_where="person_id IS NOT NULL"),
        lookup("seat_id", unique_where="seat_id IS NOT NULL"),
        lookup("resident_id", unique_where="resident_id IS NOT NULL"),
        lookup("imported_id", unique_where="imported_id IS NOT NULL"),
    )
    person_id: Mapped[UUID | None]
    seat_id: Mapped[UUID | None]
    resident_id: Mapped[UUID | None]
    imported_id: Mapped[str | None]


class Participant(OfPartnership, Versioned, Base):
    """Somebody invited to a collection, answering for an organisation."""

    __tablename__ = "participant"
    __table_args__ = placed(
        "main",
        Keep.ACCOUNT,
        within("collection_id", "main.collection"),
        within("person_id", "main.person"),
        within("organisation_id", "main.organisation"),
        within("respondent_key_id", "main.respondent_key"),
        UniqueConstraint("partnership_id", "collection_id", "person_id"),
    )
    collection_id: Mapped[UUID]
    person_id: Mapped[UUID]
    organisation_id: Mapped[UUID | None]
    respondent_key_id: Mapped[UUID]
    assigned: Mapped[list[str]] = mapped_column(
        default=list, doc="the portions of the questionnaire that the person is asked; empty: all"
    )
    reminders: Mapped[int] = mapped_column(default=0, doc="that the person was sent")


class Response(OfPartnership, Versioned, Base):
    """One respondent's answers to one collection. `draft` keeps all that was ever entered; `submission`
    is what was sent, validated against the instrument of `instrument_hash`."""

    __tablename__ = "response"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("collection_id", "main.collection"),
        within("respondent_key_id", "main.respondent_key"),
        within("organisation_id", "main.organisation"),
        within("area_id", "main.area"),
        within("sample_member_id", "main.sample_member"),
        within("instrument_hash", "main.instrument", of="content_hash"),
        within("entered_by", "main.person"),
        within("double_of", "answers.response"),
        lookup(
            "collection_id",
            "respondent_key_id",
            "number",
            unique_where="double_of IS NULL",
            name="uq_response_one_a_respondent",
        ),
        lookup("collection_id", "status"),
        lookup("sample_member_id"),
    )
    collection_id: Mapped[UUID]
    respondent_key_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(default=1, doc="a respondent may tell several stories")
    instrument_hash: Mapped[str]
    organisation_id: Mapped[UUID | None]
    area_id: Mapped[UUID | None]
    sample_member_id: Mapped[UUID | None]
    language: Mapped[str] = mapped_column(default="en")
    mode: Mapped[Mode] = mapped_column(choice(Mode))
    status: Mapped[ResponseStatus] = mapped_column(choice(ResponseStatus))
    draft: Mapped[Json] = mapped_column(default=dict)
    submission: Mapped[Json | None]
    started_at: Mapped[datetime]
    submitted_at: Mapped[datetime | None]
    entered_by: Mapped[UUID | None]
    agreed_at: Mapped[datetime | None] = mapped_column(
        doc="when whoever keyed it said that the respondent had agreed"
    )
    serial: Mapped[str | None] = mapped_column(doc="number on the paper form")
    batch: Mapped[str | None] = mapped_column(doc="the pile of forms it was keyed with")
    double_of: Mapped[UUID | None] = mapped_column(doc="a second record of the same respondent, flagged")
    import_run_id: Mapped[UUID | None]


class Consent(OfPartnership, Base):
    """One consent of one response; each is separate and can be withdrawn."""

    __tablename__ = "consent"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("response_id", "answers.response"),
        UniqueConstraint("partnership_id", "response_id", "kind"),
    )
    response_id: Mapped[UUID]
    kind: Mapped[str]
    given: Mapped[bool]
    at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]


class AgreedScore(OfPartnership, Base):
    """One step of the record of a part at the consensus meeting, which can only be added to: a score that was
    agreed, or, without one, that the last was taken back. Individual scores stay as they were."""

    __tablename__ = "agreed_score"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("collection_id", "main.collection"),
        UniqueConstraint("partnership_id", "collection_id", "part", "step"),
    )
    collection_id: Mapped[UUID]
    part: Mapped[str]
    step: Mapped[int] = mapped_column(default=1, doc="of the part, from 1")
    score: Mapped[float | None]
    rationale: Mapped[str]
    at: Mapped[datetime]
    account_id: Mapped[UUID | None] = mapped_column(doc="who wrote it down")


class Dissent(OfPartnership, Base):
    """Who did not agree, and what they said: with the person only where that person agreed to be named, and
    then the row is theirs."""

    __tablename__ = "dissent"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("agreed_score_id", "answers.agreed_score"),
        within("person_id", "main.person"),
        lookup("agreed_score_id"),
    )
    agreed_score_id: Mapped[UUID]
    place: Mapped[int] = mapped_column(doc="among the dissents from this score, from 1")
    words: Mapped[str]
    person_id: Mapped[UUID | None]


class ClearedRemark(OfPartnership, Versioned, Base):
    """What a facilitator lets the room see of what somebody wrote: their words, some of them struck; empty
    where all were."""

    __tablename__ = "cleared_remark"
    __table_args__ = placed(
        "answers",
        Keep.INDIVIDUAL_ANSWERS,
        within("response_id", "answers.response"),
        UniqueConstraint("partnership_id", "response_id", "item"),
    )
    response_id: Mapped[UUID]
    item: Mapped[str]
    words: Mapped[str]


class Receipt(OfPartnership, Base):
    """The idempotency ledger: `id` is made by the client; the same id with the same body gets the same
    receipt, with another body a conflict."""

    __tablename__ = "receipt"
    __table_args__ = placed("operations", Keep.RECORDS)
    account_id: Mapped[UUID | None]
    body_hash: Mapped[str]
    content: Mapped[Json]
    at: Mapped[datetime]


class KeptBody(OfPartnership, Base):
    """A body that could not be taken (another body under a used id, or too late): kept, not lost."""

    __tablename__ = "kept_body"
    __table_args__ = placed("answers", Keep.INDIVIDUAL_ANSWERS, within("collection_id", "main.collection"))
    collection_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None]
    receipt_id: Mapped[UUID | None]
    reason: Mapped[str]
    body: Mapped[Json]
    at: Mapped[datetime]
