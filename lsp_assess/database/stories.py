"""Stories that were sent, with what became of them; and where a person may tell one."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Collection, Instrument, Person, Round
from lsp_assess.database.models.responses import (
    Consent,
    Participant,
    RespondentKey,
    Response,
    ResponseStatus,
)
from lsp_assess.database.models.stories import Story, StoryGrade
from lsp_assess.database.release_records import StoryRecord, story_records
from lsp_assess.database.session import scope_of
from lsp_assess.instruments.instrument import Kind
from lsp_assess.partnerships.rounds import CollectionStatus


@dataclass(frozen=True, slots=True)
class SentStory:
    """`tellers` are those whose own it is: who was asked, and who wrote it down."""

    response: Response
    collection: Collection
    round: Round
    tellers: frozenset[UUID]
    record: StoryRecord


@dataclass(frozen=True, slots=True)
class Telling:
    """An open collection that asks a person for stories, with those begun and not sent."""

    collection: Collection
    round: Round
    participant: Participant
    drafts: Sequence[Response]


def sent_stories(session: Session) -> list[SentStory]:
    """The latest round first, then as they were sent."""
    order = (Round.number.desc(), Response.submitted_at, Response.id)
    return _with_records(session, _sent().order_by(*order))


def sent_story(session: Session, story_id: UUID) -> SentStory | None:
    return next(iter(_with_records(session, _sent().where(Response.id == story_id))), None)


def open_to(session: Session, person_id: UUID) -> list[Telling]:
    rows = session.execute(
        select(Collection, Round, Participant)
        .join(Round, Round.id == Collection.round_id)
        .join(Instrument, Instrument.content_hash == Collection.instrument_hash)
        .join(Participant, Participant.collection_id == Collection.id)
        .where(
            Participant.person_id == person_id,
            Instrument.kind == Kind.STORY.value,
            Collection.status == CollectionStatus.OPEN,
        )
        .order_by(Round.number.desc())
    )
    return [Telling(c, round_, p, _drafts(session, c.id, p.respondent_key_id)) for c, round_, p in rows]


def panel_row(session: Session, story_id: UUID) -> Story:
    """The panel's row of a story, made with the first vote or decision; locked until the transaction ends."""
    session.execute(
        insert(Story)
        .values(partnership_id=scope_of(session).partnership_id, id=story_id)
        .on_conflict_do_nothing()
    )
    statement = select(Story).where(Story.id == story_id).with_for_update()
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one()


def vote_of(session: Session, story_id: UUID, person_id: UUID) -> StoryGrade | None:
    statement = select(StoryGrade).where(StoryGrade.story_id == story_id, StoryGrade.rater_id == person_id)
    return session.execute(statement.execution_options(populate_existing=True)).scalar_one_or_none()


def consent_held(session: Session, response_id: UUID, kind: str) -> Consent | None:
    """Locked until the transaction ends."""
    statement = select(Consent).where(Consent.response_id == response_id, Consent.kind == kind)
    return session.execute(
        statement.with_for_update().execution_options(populate_existing=True)
    ).scalar_one_or_none()


def _sent() -> Select[*tuple[Response, Collection, Round, UUID, UUID]]:
    """With the person who was asked, and the person of the key. While a story is reopened, what was sent
    before counts."""
    return (
        select(Response, Collection, Round, Participant.person_id, Person.id)
        .join(Collection, Collection.id == Response.collection_id)
        .join(Round, Round.id == Collection.round_id)
        .join(Instrument, Instrument.content_hash == Collection.instrument_hash)
        .join(RespondentKey, RespondentKey.id == Response.respondent_key_id)
        .outerjoin(Person, Person.id == RespondentKey.person_id)
        .outerjoin(
            Participant,
            (Participant.collection_id == Response.collection_id)
            & (Participant.respondent_key_id == Response.respondent_key_id),
        )
        .where(
            Instrument.kind == Kind.STORY.value,
            Response.submission.is_not(None),
            Response.status != ResponseStatus.WITHDRAWN,
            Response.double_of.is_(None),
        )
    )


def _with_records(
    session: Session, statement: Select[*tuple[Response, Collection, Round, UUID, UUID]]
) -> list[SentStory]:
    found: dict[UUID, SentStory] = {}
    rows = session.execute(statement).all()
    records = story_records(session, {response.id for response, *_ in rows})
    for response, collection, round_, asked, keyed in rows:
        tellers = {one for one in (asked, keyed, response.entered_by) if one is not None}
        if response.id in found:  # two have been asked under one key
            tellers |= found[response.id].tellers
        found[response.id] = SentStory(response, collection, round_, frozenset(tellers), records[response.id])
    return list(found.values())


def _drafts(session: Session, collection_id: UUID, key_id: UUID) -> Sequence[Response]:
    return (
        session.execute(
            select(Response)
            .where(
                Response.collection_id == collection_id,
                Response.respondent_key_id == key_id,
                Response.status == ResponseStatus.DRAFT,
            )
            .order_by(Response.number)
        )
        .scalars()
        .all()
    )
