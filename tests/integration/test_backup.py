"""`lsp-assess backup` and `restore`, on databases that nobody else uses. # trust D17"""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, create_engine, make_url, text

from lsp_assess.cli import main
from lsp_assess.cli.backup_folder import NAME
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.embedded import EmbeddedServer
from lsp_assess.database.migrate import downgrade
from lsp_assess.partnerships.roles import Role
from lsp_assess.shipped import shipped_folder
from tests.databases import clone
from tests.schemas import schema_of
from tests.world import World, session_cookie

Command = Callable[..., Result]


@pytest.fixture
def other(embedded: EmbeddedServer, template: Urls) -> Iterator[Urls]:
    """An installation with nobody in it."""
    with clone(embedded, template) as urls:
        yield urls


@pytest.fixture
def run(tmp_path: Path) -> Command:
    """A command on the database of `urls`; each has an instance of its own, with the same secrets."""

    def command(urls: Urls, *arguments: str, superuser: str = "") -> Result:
        return CliRunner().invoke(
            main,
            arguments,
            env={
                "LSP_DATABASE_URL": urls.application,
                "LSP_MIGRATOR_DATABASE_URL": urls.migrator,
                "LSP_BOOTSTRAP_DATABASE_URL": superuser,
                "LSP_INSTANCE": str(tmp_path / "instance"),
                "LSP_AUDIT_HEAD_FOLDER": str(heads_of(tmp_path, urls)),
            },
        )

    return command


def heads_of(folder: Path, urls: Urls) -> Path:
    return folder / "heads" / urls.application.rpartition("/")[2].partition("?")[0]


def taken(run: Command, urls: Urls, folder: Path) -> Path:
    done = run(urls, "backup", str(folder))
    assert done.exit_code == 0, done.output
    return Path(done.output.splitlines()[0])


def asked(url: str, query: str) -> object:
    engine = create_engine(url)
    with engine.connect() as connection:
        answer = connection.execute(text(query)).scalar_one()
    engine.dispose()
    return answer


def something_is_sealed(run: Command, urls: Urls) -> None:
    assert run(urls, "administrator", "add", "somebody@example.org").exit_code == 0
    assert run(urls, "audit", "seal").exit_code == 0


def left_alone(engine: Engine) -> None:
    """A site that has been stopped."""
    engine.dispose()


def test_what_is_restored_has_the_same_people_schema_and_whole_audit_chains(
    world: World, database: Urls, other: Urls, run: Command, tmp_path: Path
) -> None:
    something_is_sealed(run, database)
    backup = taken(run, database, tmp_path / "backups")
    done = run(other, "restore", str(backup))
    assert done.exit_code == 0, done.output
    assert "1 seals, 2 events" in done.output
    assert "broken: 0" in done.output
    assert "WARNING" not in done.output
    assert asked(other.migrator, "SELECT count(*) FROM access.account") == len(Role) + 1
    assert schema_of(other.migrator) == schema_of(database.migrator)
    assert run(other, "audit", "verify").exit_code == 0


def test_nobody_is_signed_in_to_what_is_restored(
    world: World, database: Urls, other: Urls, run: Command, tmp_path: Path
) -> None:
    session_cookie(world.engine, world.clock, world.accounts[Role.PARTNER])
    assert run(other, "restore", str(taken(run, database, tmp_path))).exit_code == 0
    assert asked(other.migrator, "SELECT count(*) FROM access.web_session") == 0


def test_a_backup_is_noted_in_the_audit_log_before_it_is_taken_and_a_restore_after(
    world: World, database: Urls, other: Urls, run: Command, tmp_path: Path
) -> None:
    backup = taken(run, database, tmp_path)
    assert run(other, "restore", str(backup)).exit_code == 0
    noted = "SELECT array_agg(event ORDER BY id) FROM operations.audit_event WHERE object_id = "
    assert asked(other.migrator, f"{noted}'{backup.name}'") == ["backup_taken", "restored"]


def test_no_secret_is_in_a_backup_and_other_secrets_are_told(
    world: World, database: Urls, other: Urls, run: Command, tmp_path: Path
) -> None:
    backup = taken(run, database, tmp_path / "backups")
    secrets = tmp_path / "instance" / "secrets.json"
    held = [one.removeprefix("1:").encode() for one in json.loads(secrets.read_text()).values()]
    written = b"".join(path.read_bytes() for path in backup.rglob("*") if path.is_file())
    assert len(held) == 3
    assert not any(one in written for one in held)
    secrets.unlink()
    done = run(other, "restore", str(backup))
    assert "WARNING: other than when it was made: LSP_SECRET_KEY, LSP_PASSWORD_SALT" in done.output


def test_people_are_replaced_only_where_that_is_said(
    world: World, database: Urls, run: Command, tmp_path: Path
) -> None:
    something_is_sealed(run, database)
    backup = taken(run, database, tmp_path / "backups")
    left_alone(world.engine)
    refused = run(database, "restore", str(backup))
    assert refused.exit_code == 1
    assert "--replace" in refused.output
    assert run(database, "restore", str(backup), "--replace").exit_code == 0
    assert len(list(heads_of(tmp_path, database).glob("before-*/*.heads"))) == 1


def test_nothing_is_restored_under_a_site_that_runs(
    world: World, database: Urls, run: Command, tmp_path: Path
) -> None:
    backup = taken(run, database, tmp_path)
    with world.engine.connect():
        refused = run(database, "restore", str(backup), "--replace")
    assert refused.exit_code == 1
    assert "stop it first" in refused.output


def test_roles_and_database_are_made_where_a_superuser_is_named(
    world: World, embedded: EmbeddedServer, database: Urls, run: Command, tmp_path: Path
) -> None:
    backup = taken(run, database, tmp_path)
    name = f"restored_{uuid4().hex}"
    urls = Urls(
        *(url.replace(str(make_url(url).database), name) for url in (database.application, database.migrator))
    )
    assert run(urls, "restore", str(backup)).exit_code == 1
    done = run(urls, "restore", str(backup), superuser=embedded.url)
    assert done.exit_code == 0, done.output
    assert schema_of(urls.migrator) == schema_of(database.migrator)


@pytest.mark.parametrize("damage", ["a byte", "a file too few", "a file too many", "no sums"])
def test_a_damaged_backup_is_refused_and_changes_nothing(
    world: World, database: Urls, other: Urls, run: Command, tmp_path: Path, damage: str
) -> None:
    backup = taken(run, database, tmp_path)
    dump = backup / "database.dump"
    match damage:
        case "a byte":
            content = bytearray(dump.read_bytes())
            content[len(content) // 2] ^= 1
            dump.write_bytes(content)
        case "a file too few":
            dump.unlink()
        case "a file too many":
            (backup / "more").touch()
        case "no sums":
            (backup / "SHA256SUMS").unlink()
    refused = run(other, "restore", str(backup))
    assert refused.exit_code == 1
    assert str(backup) in refused.output
    assert asked(other.migrator, "SELECT count(*) FROM access.account") == 0


def test_an_older_backup_is_migrated_forward_and_a_newer_one_is_refused(
    world: World, database: Urls, other: Urls, run: Command, tmp_path: Path
) -> None:
    new = schema_of(database.migrator)
    left_alone(world.engine)
    downgrade(database.migrator, scripts=shipped_folder("migrations"), to="-1")
    older = taken(run, database, tmp_path)
    assert run(other, "restore", str(older)).exit_code == 0
    assert schema_of(other.migrator) == new
    with create_engine(database.migrator).begin() as connection:
        connection.execute(text("UPDATE migrations.alembic_version SET version_num = '9999'"))
    refused = run(other, "restore", str(taken(run, database, tmp_path)), "--replace")
    assert refused.exit_code == 1
    assert "newer version" in refused.output


def test_older_backups_expire_once_there_is_a_new_one(
    world: World, database: Urls, run: Command, tmp_path: Path
) -> None:
    now = datetime.now(UTC)
    old, recent = ((now - timedelta(days=days)).strftime(NAME) for days in (31, 29))
    for name in (old, recent, "not of ours"):
        (tmp_path / "backups" / name).mkdir(parents=True)
    done = run(database, "backup", str(tmp_path / "backups"), "--keep", "30")
    assert f"taken away: {old}" in done.output
    made = Path(done.output.splitlines()[0]).name
    assert {path.name for path in (tmp_path / "backups").iterdir()} == {recent, "not of ours", made}


def test_a_backup_that_fails_leaves_nothing_and_takes_nothing_away(
    world: World, embedded: EmbeddedServer, database: Urls, run: Command, tmp_path: Path
) -> None:
    old = tmp_path / "backups" / (datetime.now(UTC) - timedelta(days=31)).strftime(NAME)
    old.mkdir(parents=True)
    superuser = create_engine(make_url(embedded.url).set(database=make_url(database.migrator).database))
    with superuser.begin() as connection:
        connection.execute(text("CREATE TABLE main.of_a_stranger ()"))
    superuser.dispose()
    done = run(database, "backup", str(tmp_path / "backups"), "--keep", "30")
    assert done.exit_code == 1
    assert "permission denied for table of_a_stranger" in done.output
    assert [path.name for path in (tmp_path / "backups").iterdir()] == [old.name]
