"""A story collection and stories in it, for the tests of this folder."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from lsp_assess.actions.answering import sheet_for, submit
from lsp_assess.database.instruments import issue
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.responses import Mode, Participant, RespondentKey, Response, ResponseStatus
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import parse
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.shipped import shipped_folder
from tests.integration.publishing.partners import add_round
from tests.world import World

TITLE = "Canary lamps along the towpath"
BODY = "The lamps of the canary were lit on a Tuesday"
WITNESS = "Wilhelmina Canary-Witness"
ANSWERS = {
    "story_title": TITLE,
    "teller_name": "Canary Teller",
    "teller_organisation": "Police",
    "story_area": "Ward W01",
    "what_changed": BODY,
    "partner_contributions": "The council lent a ladder.",
    "anyway": "Nothing.",
    "corroborator_name": WITNESS,
    "evidence_kind": ["none"],
}
AGREED = {"use": "yes", "quotation": "yes", "photograph": "no", "recontact": "yes"}


def story_collection(world: World, *, status: CollectionStatus = CollectionStatus.OPEN) -> UUID:
    """In round 1, which is made first if it is not there."""
    source = (shipped_folder("questionnaires") / "value_added_story.yaml").read_text(encoding="utf-8")
    instrument = parse(source, file="value_added_story.yaml")
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        held = session.execute(select(Round.id).where(Round.number == 1)).scalar_one_or_none()
        collection = Collection(
            partnership_id=world.partnership_id,
            id=new_id(),
            round_id=held or add_round(session, world, 1),
            instrument_hash=issue(session, instrument, source=source, at=world.clock.now()),
            status=status,
            languages=["en"],
        )
        session.add(collection)
        session.flush()
        return collection.id


def ask(world: World, collection_id: UUID, person_id: UUID) -> UUID:
    """Invite a person; the respondent key."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        key_id = session.execute(
            select(RespondentKey.id).where(RespondentKey.person_id == person_id)
        ).scalar_one_or_none()
        if key_id is None:
            key_id = new_id()
            session.add(RespondentKey(partnership_id=world.partnership_id, id=key_id, person_id=person_id))
            session.flush()
        session.add(
            Participant(
                partnership_id=world.partnership_id,
                collection_id=collection_id,
                person_id=person_id,
                organisation_id=world.organisations[1],
                respondent_key_id=key_id,
            )
        )
        return key_id


def tell(
    world: World,
    collection_id: UUID,
    person_id: UUID,
    *,
    consents: Mapping[str, str] = AGREED,
    title: str = TITLE,
    number: int = 1,
) -> UUID:
    """A story that somebody was asked for and sent; its id."""
    with world.session() as session:
        asked = session.execute(
            select(Participant.respondent_key_id).where(
                Participant.collection_id == collection_id, Participant.person_id == person_id
            )
        ).scalar_one_or_none()
    key_id = asked or ask(world, collection_id, person_id)
    story_id = new_id()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection = session.get_one(Collection, (world.partnership_id, collection_id))
        given = {**ANSWERS, "story_title": title}
        given |= {f"consent_{to}": said for to, said in consents.items()}
        response = Response(
            partnership_id=world.partnership_id,
            id=story_id,
            collection_id=collection_id,
            respondent_key_id=key_id,
            number=number,
            instrument_hash=collection.instrument_hash,
            organisation_id=world.organisations[1],
            mode=Mode.ONLINE,
            status=ResponseStatus.DRAFT,
            draft={name: {"value": value} for name, value in given.items()},
            started_at=world.clock.now(),
        )
        session.add(response)
        session.flush()
        work = world.work(Role.PARTNER, session)
        sheet = sheet_for(
            work,
            collection=collection,
            respondent_key_id=key_id,
            response=response,
            mode=Mode.ONLINE,
            number=number,
        )
        submit(work, sheet, sending_id=new_id())
    return story_id


def move(world: World, collection_id: UUID, status: CollectionStatus) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.get_one(Collection, (world.partnership_id, collection_id)).status = status
