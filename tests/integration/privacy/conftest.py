from dataclasses import dataclass
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text, update

from lsp_assess.actions.questionnaires import shipped
from lsp_assess.database.base import Base
from lsp_assess.instruments.document import document
from lsp_assess.kernel.ids import new_id
from tests.integration.matrix.planting import Planted
from tests.integration.privacy.canaries import plant_about
from tests.world import World


@dataclass(frozen=True)
class Somebody:
    """Somebody of whom something stands in every table: a member, and a household."""

    who: str
    account_id: UUID
    email: str
    rows: Planted

    @property
    def person_id(self) -> UUID:
        return self.rows["main.person"]["id"]

    @property
    def household_id(self) -> UUID:
        return self.rows["main.household"]["id"]

    @property
    def membership_id(self) -> UUID:
        return self.rows["main.membership"]["id"]


@pytest.fixture
def ada(world: World, migrator: Engine) -> Somebody:
    return _somebody(world, migrator, "ada")


@pytest.fixture
def ben(world: World, migrator: Engine) -> Somebody:
    return _somebody(world, migrator, "ben")


def _somebody(world: World, migrator: Engine, who: str) -> Somebody:
    account_id, email = new_id(), f"zq{who}-account@example.org"
    tables = Base.metadata.tables
    with migrator.begin() as connection:
        connection.execute(
            tables["access.account"]
            .insert()
            .values(
                id=account_id, email=email, active=True, administrator=False, language="en", fs_uniquifier=who
            )
        )
        rows = plant_about(connection, world.partnership_id, who=who, account_id=account_id)
        for name, changes in _as_the_site_writes_them(rows).items():
            kind = tables[name]
            connection.execute(update(kind).where(kind.c.id == rows[name]["id"]).values(changes))
            rows[name] = {**rows[name], **changes}
        _of_the_account(connection, account_id, email)
    return Somebody(who, account_id, email, rows)


def _as_the_site_writes_them(rows: Planted) -> dict[str, dict[str, object]]:
    """What no foreign key says: whose mail, whose words, whose membership runs."""
    return {
        "contacts.mail": {"to_address": rows["contacts.person_contact"]["email"]},
        "publications.released_text": {"story_id": rows["answers.response"]["id"]},
        "main.instrument": {"document": document(next(iter(shipped().values()))[0])},
        "main.objective_link": {"asserted_by": rows["main.person"]["name"]},
        "main.membership": {"role": "partner", "valid_to": None},
        "main.action": {"status": "under_way"},
    }


def _of_the_account(connection: Connection, account_id: UUID, email: str) -> None:
    session = Base.metadata.tables["access.web_session"]
    mail = Base.metadata.tables["contacts.mail"]
    now = text("now()")
    connection.execute(
        session.insert().values(
            id_hash=email.encode(),
            account_id=account_id,
            content={"said": email},
            started_at=now,
            seen_at=now,
        )
    )
    connection.execute(
        mail.insert().values(
            id=new_id(), to_address=email, subject="Sign in", body=f"To {email}", written_at=now, attempts=0
        )
    )
