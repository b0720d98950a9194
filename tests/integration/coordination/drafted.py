"""An open collection, and people who have answered all of it and not sent it yet."""

from datetime import date
from uuid import UUID, uuid4

from sqlalchemy import Engine, select

from lsp_assess.access.actor import Actor
from lsp_assess.actions.answering import Sheet, sheet_for
from lsp_assess.actions.questionnaires import shipped
from lsp_assess.actions.work import Work
from lsp_assess.database.answering import response_of
from lsp_assess.database.instruments import issue
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.responses import Mode, RespondentKey, Response, ResponseStatus
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import Answered, Instrument, answers_to_json
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.items import ScaleItem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.world import World


def wheel() -> tuple[Instrument, str]:
    return next(pair for pair in shipped().values() if pair[0].name == "progress_wheel")


def answered(instrument: Instrument, value: int) -> Answers:
    return {one.name: Answered(value) for one in instrument.questions if isinstance(one, ScaleItem)}


def drafts(world: World, engine: Engine, *, number: int, people: int) -> tuple[UUID, list[UUID]]:
    """Of a round of its own: the collection and the respondents' keys."""
    instrument, source = wheel()
    of, day = {"partnership_id": world.partnership_id}, date(2026, 6, 1)
    collection_id, round_id, keys = new_id(), new_id(), [new_id() for _ in range(people)]
    with transaction(engine, Scope(partnership_id=world.partnership_id)) as session:
        hash_ = issue(session, instrument, source=source, at=world.clock.now())
        session.add(
            Round(**of, id=round_id, number=number, name=f"Round {number}", starts_on=day, ends_on=day)
        )
        session.add_all(RespondentKey(**of, id=key, imported_id=str(key)) for key in keys)
        session.flush()
        session.add(
            Collection(
                **of,
                id=collection_id,
                round_id=round_id,
                instrument_hash=hash_,
                status=CollectionStatus.OPEN,
                languages=["en"],
            )
        )
        session.flush()
        session.add_all(
            Response(
                **of,
                id=uuid4(),
                collection_id=collection_id,
                respondent_key_id=key,
                instrument_hash=hash_,
                mode=Mode.ONLINE,
                status=ResponseStatus.DRAFT,
                draft=answers_to_json(answered(instrument, 3)),
                started_at=world.clock.now(),
            )
            for key in keys
        )
    return collection_id, keys


def sheet(work: Work, collection_id: UUID, key: UUID) -> Sheet:
    found = work.session.execute(select(Collection).where(Collection.id == collection_id)).scalar_one()
    response = response_of(work.session, collection_id=collection_id, respondent_key_id=key)
    return sheet_for(work, collection=found, respondent_key_id=key, response=response, mode=Mode.ONLINE)


def somebody(world: World) -> Actor:
    return Actor(account_id=None, partnership_id=world.partnership_id)
