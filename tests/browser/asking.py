"""Asks the partner of a site a questionnaire: where no other is named, a small one that has one of everything
which a walk needs."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.actions.invitations import hash_of
from lsp_assess.database.instruments import issue
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.residents import Invitation
from lsp_assess.database.models.responses import Participant, RespondentKey, Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import parse
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.browser.site import Site

WALK = Path(__file__).parents[1] / "questionnaires" / "walk.yaml"
TOKEN = "walks-through-one-door"


@dataclass
class Asked:
    """`home` is the list of sections, `invitation` the link in the mail."""

    site: Site
    collection_id: UUID

    @property
    def home(self) -> str:
        return f"/p/{self.site.full.slug}/answer/{self.collection_id}/1"

    @property
    def invitation(self) -> str:
        return f"/invitation/{self.site.full.partnership_id}/{TOKEN}"

    def response(self) -> Response | None:
        with self.site.full.session() as session:
            found = session.execute(select(Response).where(Response.collection_id == self.collection_id))
            return found.scalar_one_or_none()

    def draft(self) -> dict[str, object]:
        response = self.response()
        return dict(response.draft) if response else {}

    def close(self) -> None:
        with self._transaction() as session:
            row = session.get_one(Collection, (self.site.full.partnership_id, self.collection_id))
            row.status = CollectionStatus.CLOSED

    def _transaction(self) -> AbstractContextManager[Session]:
        return transaction(self.site.full.engine, Scope(partnership_id=self.site.full.partnership_id))


def ask(site: Site, *, languages: list[str], questionnaire: Path = WALK) -> Asked:
    world = site.full
    of = {"partnership_id": world.partnership_id}
    now = world.clock.now()
    source = questionnaire.read_text(encoding="utf-8")
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection = Collection(
            **of,
            id=new_id(),
            round_id=site.filled.rounds[-1],
            instrument_hash=issue(session, parse(source, file=questionnaire.name), source=source, at=now),
            status=CollectionStatus.OPEN,
            closes_at=now + timedelta(days=18),
            languages=languages,
        )
        session.add(collection)
        session.flush()
        person_id = world.people[Role.PARTNER]
        key = session.execute(
            select(RespondentKey.id).where(RespondentKey.person_id == person_id)
        ).scalar_one()
        participant = Participant(
            **of,
            id=new_id(),
            collection_id=collection.id,
            person_id=person_id,
            respondent_key_id=key,
            organisation_id=world.organisations[0],
        )
        session.add(participant)
        session.flush()
        session.add(
            Invitation(
                **of,
                token_hash=hash_of(TOKEN),
                person_id=person_id,
                participant_id=participant.id,
                made_at=now,
                expires_at=now + timedelta(days=28),
            )
        )
        return Asked(site, collection.id)
