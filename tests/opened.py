"""A questionnaire that people are asked: issued, in a round of a partnership, with its collection open."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.instruments import issue
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.responses import Participant, RespondentKey
from lsp_assess.instruments import parse
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.shipped import shipped_folder
from tests.world import World


def shipped(name: str) -> str:
    """The source of a questionnaire that ships."""
    return (shipped_folder("questionnaires") / f"{name}.yaml").read_text(encoding="utf-8")


def opened(session: Session, world: World, source: str, *, number: int = 1, **more: object) -> Collection:
    """`more` is of the collection, `number` of the round."""
    of, now = {"partnership_id": world.partnership_id}, world.clock.now()
    instrument_hash = issue(session, parse(source, file="questionnaire.yaml"), source=source, at=now)
    row = Round(
        **of, id=new_id(), number=number, name=f"Round {number}", starts_on=now.date(), ends_on=now.date()
    )
    session.add(row)
    session.flush()
    usual = {"instrument_hash": instrument_hash, "status": CollectionStatus.OPEN, "languages": ["en"]}
    collection = Collection(**of, id=new_id(), round_id=row.id, **{**usual, **more})
    session.add(collection)
    session.flush()
    return collection


def invited(session: Session, world: World, role: Role, collection: Collection) -> Participant:
    """The person of `role` is asked."""
    of = {"partnership_id": world.partnership_id}
    person_id = world.people[role]
    key = session.execute(
        select(RespondentKey).where(RespondentKey.person_id == person_id)
    ).scalar_one_or_none() or RespondentKey(**of, id=new_id(), person_id=person_id)
    session.add(key)
    session.flush()
    participant = Participant(
        **of,
        id=new_id(),
        collection_id=collection.id,
        person_id=person_id,
        respondent_key_id=key.id,
        organisation_id=world.organisations[0],
    )
    session.add(participant)
    session.flush()
    return participant
