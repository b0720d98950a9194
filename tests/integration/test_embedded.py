"""The embedded PostgreSQL through what befalls it. Each test has a server of its own."""

import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import psycopg
import pytest

from lsp_assess.database.embedded import Durability, EmbeddedFailed, EmbeddedServer, start_embedded


class Servers:
    def __init__(self) -> None:
        self.running: list[EmbeddedServer] = []

    def start(self, home: Path) -> EmbeddedServer:
        self.running.append(start_embedded(home, durability=Durability.FORGETFUL))
        return self.running[-1]

    def stop(self, server: EmbeddedServer) -> None:
        self.running.remove(server)
        server.stop()


@pytest.fixture
def home() -> Iterator[Path]:
    """Reachable for an account without rights, which pytest's own folders are not."""
    folder = Path(mkdtemp(prefix="lsp-embedded-"))
    folder.chmod(0o755)
    yield folder / "pg"
    rmtree(folder, ignore_errors=True)


@pytest.fixture
def servers() -> Iterator[Servers]:
    servers = Servers()
    yield servers
    left = servers.running.copy()
    for server in left:
        servers.stop(server)
    for folder in {server.place.data.parent for server in left}:
        rmtree(folder)


def ask(server: EmbeddedServer, query: str) -> str:
    with psycopg.connect(conninfo(server)) as connection:
        row = connection.execute(query.encode()).fetchone()
    assert row is not None
    return str(row[0])


def conninfo(server: EmbeddedServer) -> str:
    return server.url.replace("postgresql+psycopg", "postgresql")


def postmaster_of(server: EmbeddedServer) -> int:
    return int((server.place.data / "postmaster.pid").read_text().splitlines()[0])


def keep_a_note(server: EmbeddedServer) -> None:
    with psycopg.connect(conninfo(server), autocommit=True) as connection:
        connection.execute("CREATE TABLE note AS SELECT 'kept' AS word")
        connection.execute("CHECKPOINT")


def test_a_durable_server_syncs_every_commit_and_checks_its_pages(home: Path) -> None:  # trust D2
    server = start_embedded(home)
    try:
        for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
            assert ask(server, f"SHOW {setting}") == "on"
        assert ask(server, "SHOW server_version_num").startswith("18")
        assert ask(server, "SHOW TimeZone") == "UTC"
    finally:
        server.stop()


def test_who_needs_durability_does_not_join_a_server_that_may_forget(home: Path, servers: Servers) -> None:
    servers.start(home)
    with pytest.raises(EmbeddedFailed, match="fsync is off"):
        start_embedded(home, durability=Durability.DURABLE)


def test_nothing_listens_on_the_network(home: Path, servers: Servers) -> None:
    assert ask(servers.start(home), "SHOW listen_addresses") == ""


def test_a_wrong_password_opens_nothing_even_through_the_socket(home: Path, servers: Servers) -> None:
    server = servers.start(home)
    wrong = conninfo(server).replace(server.place.password, "wrong")
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(wrong)
    assert stat.S_IMODE(server.place.socket.stat().st_mode) == 0o700


def test_one_roles_password_does_not_give_another_away(home: Path, servers: Servers) -> None:
    server = servers.start(home)
    assert server.password_of("one") != server.password_of("other")
    assert server.password_of("one") == servers.start(home).password_of("one")
    assert server.place.password not in server.password_of("one")


@pytest.mark.parametrize("name", ["a space", "quo'te", 'dou"ble', "per%cent", "Ynys Môn", "d" * 110])
def test_any_folder_name_will_do(home: Path, servers: Servers, name: str) -> None:
    server = servers.start(home.parent / name / "pg")
    assert ask(server, "SELECT 1") == "1"


def test_data_outlive_a_stop(home: Path, servers: Servers) -> None:
    first = servers.start(home)
    keep_a_note(first)
    servers.stop(first)
    assert not first.is_running()
    assert ask(servers.start(home), "SELECT word FROM note") == "kept"


def test_the_last_user_stops_the_server_and_no_other(home: Path, servers: Servers) -> None:
    first, second = servers.start(home), servers.start(home)
    assert first.url == second.url
    servers.stop(first)
    assert ask(second, "SELECT 1") == "1"
    servers.stop(second)
    assert not second.is_running()


def test_a_user_that_was_killed_holds_nothing_back(home: Path, servers: Servers) -> None:
    program = (
        "import os, signal, sys; from pathlib import Path;"
        "from lsp_assess.database.embedded import Durability, start_embedded;"
        "start_embedded(Path(sys.argv[1]), durability=Durability.FORGETFUL);"
        "os.kill(os.getpid(), signal.SIGKILL)"
    )
    killed = subprocess.run([sys.executable, "-c", program, str(home)], check=False)
    assert killed.returncode == -signal.SIGKILL
    server = servers.start(home)
    assert server.postmaster is None  # it outlived its starter and was joined
    servers.stop(server)
    assert not server.is_running()


def test_killed_server_recovers_what_was_committed(home: Path, servers: Servers) -> None:  # trust D2
    first = servers.start(home)
    keep_a_note(first)
    os.kill(postmaster_of(first), signal.SIGKILL)
    assert first.postmaster is not None
    first.postmaster.wait()
    assert (home / "data" / "postmaster.pid").exists()
    assert ask(servers.start(home), "SELECT word FROM note") == "kept"


def test_a_stale_number_that_is_now_a_stranger_does_not_bar_the_start(home: Path, servers: Servers) -> None:
    first = servers.start(home)
    keep_a_note(first)
    pid_file = first.place.data / "postmaster.pid"
    lines = pid_file.read_text().splitlines()
    servers.stop(first)
    owner = first.place.data.stat()
    with subprocess.Popen(["/bin/sleep", "60"], user=owner.st_uid, cwd="/") as stranger:
        pid_file.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")
        os.chown(pid_file, owner.st_uid, owner.st_gid)
        second = servers.start(home)
        assert stranger.poll() is None
        stranger.kill()
    assert ask(second, "SELECT word FROM note") == "kept"


def test_initdb_cut_short_leaves_nothing_that_looks_whole(home: Path, servers: Servers) -> None:
    (home / "data.new").mkdir(parents=True)
    (home / "data.new" / "PG_VERSION").write_text("18\n")
    assert ask(servers.start(home), "SELECT 1") == "1"


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has folders that its PostgreSQL cannot reach")
def test_where_its_account_cannot_reach_the_data_lie_elsewhere(tmp_path: Path, servers: Servers) -> None:
    server = servers.start(tmp_path / "pg")
    assert ask(server, "SELECT 1") == "1"
    assert tmp_path not in server.place.data.parents
