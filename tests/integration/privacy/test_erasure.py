"""Who is erased, or takes their answers out, is found nowhere afterwards; releases and audit log stay."""

from collections.abc import Callable
from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, select, text
from sqlalchemy.orm import Session

from lsp_assess.actions.personal_data import erase_person, withdraw_answers_of
from lsp_assess.cli import main
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Person
from lsp_assess.database.models.publications import Release, ReleasedText
from lsp_assess.database.models.residents import SampleMember
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.kernel.errors import Conflict
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk
from tests.integration.privacy.canaries import search, texts_of
from tests.integration.privacy.conftest import Somebody
from tests.integration.privacy.test_subject_access import OF_A_HOUSEHOLD, OF_A_PERSON
from tests.trust_run import Figure
from tests.world import World, build_world

Browser = Callable[[UUID], FlaskClient]
# Whose rows these are is somebody's work in the partnership, not the person: their reference leads nowhere.
BY_REFERENCE = {
    "operations.audit_event",
    "operations.import_run",
    "answers.agreed_score",
    "main.collection_event",
    "main.action_event",
    "publications.publication",
    "publications.release",
    "main.indicator",
    "main.evidence",
    "main.challenge",
}


def words_of(somebody: Somebody, tables: list[str]) -> list[str]:
    """Those of the tables themselves, not keys to others."""
    return [
        word
        for name in tables
        for word in texts_of(somebody.rows[name], somebody.who)
        if word.startswith(f"zq{somebody.who}-{name.split('.')[1]}-")
    ]


def left_over(migrator: Engine, words: list[str]) -> dict[str, list[str]]:
    return {word: where for word in words if (where := search(migrator, word))}


def test_an_erased_person_is_found_nowhere(
    world: World, migrator: Engine, browser_of: Browser, ada: Somebody, ben: Somebody, figure: Figure
) -> None:
    own = [name for name in OF_A_PERSON if name not in BY_REFERENCE] + ["main.person", "contacts.mail"]
    words = [*words_of(ada, own), ada.email]  # trust C8
    others = words_of(ben, [name for name in own if name != "contacts.held_file"])  # all are sent again
    with migrator.begin() as connection:
        _ask_for_a_job(connection, ada.account_id)
    assert all(search(migrator, word) for word in words)
    desk = Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)
    path = f"/partnership/people/{ada.membership_id}/held"
    asked = desk.get(f"{path}/erase").text
    assert "What goes" in asked
    assert "What stays" in asked
    unsure = desk.fill(f"{path}/erase")
    assert unsure.status_code == 422
    assert search(migrator, ada.email)
    assert desk.fill(f"{path}/erase", sure="sure").status_code == 302
    assert left_over(migrator, words) == {}
    assert search(migrator, str(ada.account_id)) == sorted(BY_REFERENCE - {"main.indicator"})
    assert [word for word in others if not search(migrator, word)] == []
    with Session(migrator) as session:
        event = session.execute(select(AuditEvent).where(AuditEvent.event == "person_erased")).scalar_one()
        released = session.get_one(
            ReleasedText, (world.partnership_id, ada.rows["publications.released_text"]["id"])
        )
        assert session.query(Release).count() == 2
    assert event.object_id == str(ada.person_id)
    assert event.details["deleted"]["answers.response"] == 1
    assert (released.content, released.redacted_at is None) == (None, False)
    figure(f"texts of an erased person: {len(words)} planted, 0 left; of another {len(others)}, all there")


def test_an_erased_household_is_found_nowhere(
    world: World, migrator: Engine, browser_of: Browser, ada: Somebody, ben: Somebody, figure: Figure
) -> None:
    words = words_of(ada, [*OF_A_HOUSEHOLD, "main.household"])  # trust C8
    others = words_of(ben, [*OF_A_HOUSEHOLD, "main.household"])
    desk = Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)
    assert desk.fill(f"/partnership/households/{ada.household_id}/erase", sure="sure").status_code == 302
    assert left_over(migrator, words) == {}
    assert [word for word in others if not search(migrator, word)] == []
    figure(f"texts of an erased household: {len(words)} planted, 0 left")


def test_answers_taken_out_by_a_household_are_found_nowhere(
    world: World, migrator: Engine, browser_of: Browser, ada: Somebody
) -> None:
    words = words_of(ada, ["answers.response", "answers.consent", "answers.story"])  # trust C8
    desk = Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)
    path = f"/partnership/households/{ada.household_id}/withdraw"
    assert desk.fill(path, sure="sure").status_code == 302
    assert left_over(migrator, words) == {}
    with world.session() as session:
        member = session.get_one(SampleMember, (world.partnership_id, ada.rows["main.sample_member"]["id"]))
        assert member.outcome == "refused_by_household"
        assert session.query(AuditEvent).filter_by(event="answers_withdrawn").count() == 1
    assert search(migrator, ada.rows["contacts.household_address"]["address"])
    assert desk.fill(path, sure="sure").status_code == 409


def test_a_partners_answers_are_taken_out_and_the_person_stays(
    world: World, migrator: Engine, ada: Somebody
) -> None:
    words = words_of(ada, ["answers.response", "answers.consent", "answers.story"])  # trust C8
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        collection_id = ada.rows["main.collection"]["id"]
        assert withdraw_answers_of(work, ada.person_id, collection_id=collection_id) == 1
    assert left_over(migrator, words) == {}
    assert search(migrator, ada.rows["main.person"]["name"])
    with Session(migrator) as session:
        assert session.query(ReleasedText).filter_by(content=None).count() == 0
        redacted = session.get_one(
            ReleasedText, (world.partnership_id, ada.rows["publications.released_text"]["id"])
        )
        assert redacted.redacted_at is not None


def test_an_account_of_two_partnerships_stays_for_the_other(
    engine: Engine, world: World, clock: SetClock, migrator: Engine, ada: Somebody
) -> None:
    other = build_world(engine, clock, slug="southbridge")  # trust C8
    with Session(migrator) as session, session.begin():
        session.add(Person(partnership_id=other.partnership_id, account_id=ada.account_id, name="Ada there"))
    with transaction(engine, Scope(partnership_id=world.partnership_id)) as session:
        erase_person(world.work(Role.COORDINATOR, session), ada.person_id)
    with Session(migrator) as session:
        assert session.get(Account, ada.account_id) is not None
    assert search(migrator, "Ada there") == ["main.person"]
    assert search(migrator, ada.rows["main.person"]["name"]) == []


def test_nobody_erases_themselves(world: World) -> None:
    with pytest.raises(Conflict) as refused, world.session() as session:  # trust C8
        erase_person(world.work(Role.COORDINATOR, session), world.people[Role.COORDINATOR])
    assert refused.value.problems[0].code == "cannot_erase_oneself"


def test_the_commands_take_out_and_erase(
    database: Urls,
    world: World,
    ada: Somebody,
    migrator: Engine,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)  # trust C8
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_INSTANCE", str(tmp_path))

    def run(*arguments: str) -> str:
        ran = CliRunner().invoke(main, [arguments[0], "--partnership", world.slug, *arguments[1:]])
        assert ran.exit_code == 0, ran.output
        return ran.output

    reference, email = ada.rows["main.household"]["reference"], ada.rows["contacts.person_contact"]["email"]
    assert "Responses taken out: 1" in run("withdraw", "--household", reference)
    assert "main.household  1" in run("erase", "--household", reference, "--yes")
    assert "main.person  1" in run("erase", "--person", email, "--yes")
    assert search(migrator, email) == []


def _ask_for_a_job(connection: Connection, account_id: UUID) -> None:
    connection.execute(
        text(
            "INSERT INTO jobs.procrastinate_jobs (queue_name, task_name, args)"
            " VALUES ('default', 'send_new_links', jsonb_build_object('account_id', CAST(:id AS text)))"
        ),
        {"id": str(account_id)},
    )
