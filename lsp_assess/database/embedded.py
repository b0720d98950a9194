"""A PostgreSQL of our own, started when first wanted and stopped by the last who wanted it.

Everybody who uses it holds a shared lock on a file; the kernel lets go of it even after `kill -9`. Whether
the server lives is asked by connecting, never by a process number, which may long be somebody else's.
It listens on a socket in a folder of mode 0700 and asks for a password (scram) all the same: three roles
are of no use to a web process that could sign in as any of them.
"""

import fcntl
import hmac
import os
import shutil
import subprocess  # our own programs, no shell
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

import psycopg

from lsp_assess.database.embedded_place import Place, settle

BOOTSTRAP = "lsp_bootstrap"
PATIENCE = 60.0  # seconds: recovery after a crash included


class Durability(StrEnum):
    """FORGETFUL loses commits when the machine dies: for tests alone."""

    DURABLE = "on"
    FORGETFUL = "off"


class EmbeddedFailed(Exception):
    """The server would not start or is not what it must be; the end of its log is in the text."""


@dataclass(frozen=True, slots=True)
class EmbeddedServer:
    place: Place
    users: int = field(repr=False)
    postmaster: subprocess.Popen[bytes] | None = field(repr=False)

    @property
    def url(self) -> str:
        """The superuser's address, for making roles and databases."""
        password, socket = self.place.password, quote(str(self.place.socket), safe="")
        return f"postgresql+psycopg://{BOOTSTRAP}:{password}@/postgres?host={socket}"

    def password_of(self, role: str) -> str:
        """A role's password, derived so that none need be stored and none gives another away."""
        return hmac.digest(self.place.password.encode(), role.encode(), "sha256").hex()

    def is_running(self) -> bool:
        return _answers(self.place)

    def stop(self) -> None:
        """Let go of it; the last to let go stops the server."""
        with _starting(self.place.home):
            fcntl.flock(self.users, fcntl.LOCK_UN)
            try:
                fcntl.flock(self.users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return
            finally:
                os.close(self.users)
            if _answers(self.place):
                _pg_ctl_stop(self.place)
            if self.place.socket.parent != self.place.data.parent:
                shutil.rmtree(self.place.socket, ignore_errors=True)  # the one in /tmp
            if self.postmaster is not None:
                self.postmaster.wait()  # our child: or it stays as a zombie


def start_embedded(home: Path, *, durability: Durability = Durability.DURABLE) -> EmbeddedServer:
    """Start, or join, the server whose files are in `home`."""
    home = home.resolve()
    home.mkdir(parents=True, exist_ok=True)
    with _starting(home):
        place = settle(home)
        users = os.open(home / "users.lock", os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(users, fcntl.LOCK_SH)
        postmaster = None
        try:
            if not _answers(place):
                _create(place, durability)
                postmaster = _start(place, durability)
            _assert_durability(place, durability)
        except BaseException:
            os.close(users)
            raise
    return EmbeddedServer(place, users, postmaster)


def revive_embedded(home: Path) -> None:
    """Start it again if it has died under those who use it. Raises EmbeddedFailed."""
    home = home.resolve()
    with _starting(home):
        place = settle(home)
        if not _answers(place):
            _start(place, Durability.DURABLE)


@contextmanager
def _starting(home: Path) -> Iterator[None]:
    """One process at a time starts or stops."""
    with (home / "start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _connect(place: Place) -> psycopg.Connection:
    return psycopg.connect(
        host=str(place.socket),
        user=BOOTSTRAP,
        password=place.password,
        dbname="postgres",
        connect_timeout=5,
        autocommit=True,
    )


def _answers(place: Place) -> bool:
    try:
        with _connect(place) as connection:
            row = connection.execute("SHOW data_directory").fetchone()
    except psycopg.OperationalError:
        return False
    return row is not None and Path(row[0]) == place.data


def _create(place: Place, durability: Durability) -> None:
    """`initdb` beside the final place: one that was killed half-way leaves nothing that looks whole."""
    if place.data.exists():
        return
    draft = place.data.with_name("data.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    place.account.own(draft)
    password = place.socket / "password"
    password.write_text(place.password)
    place.account.own(password)
    made = place.account.run(
        place.programs / "initdb",
        f"--pgdata={draft}",
        f"--username={BOOTSTRAP}",
        f"--pwfile={password}",
        "--auth=scram-sha-256",
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        "--data-checksums",
        *(["--no-sync"] if durability is Durability.FORGETFUL else []),
    )
    password.unlink()
    if made.returncode != 0:
        raise EmbeddedFailed(f"initdb failed:\n{made.stdout}{made.stderr}")
    with (draft / "postgresql.conf").open("a") as settings:
        settings.write("include = 'lsp.conf'\n")
    draft.rename(place.data)


def _start(place: Place, durability: Durability) -> subprocess.Popen[bytes]:
    _write_settings(place, durability)
    _clear_leftovers(place)
    with place.log.open("ab") as log:
        postmaster = subprocess.Popen(  # noqa: S603  no shell, no text of a user
            [place.programs / "postgres", "-D", place.data],
            cwd="/",
            user=place.account.user,
            group=place.account.group,
            extra_groups=[] if place.account.user is not None else None,
            umask=0o077,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C in the terminal is for the supervisor
        )
    deadline = time.monotonic() + PATIENCE
    while not _answers(place):
        if postmaster.poll() is not None or time.monotonic() > deadline:
            postmaster.terminate()
            end = place.log.read_text(errors="replace").splitlines()[-15:]
            raise EmbeddedFailed("PostgreSQL did not start:\n" + "\n".join(end))
        time.sleep(0.05)
    return postmaster


def _write_settings(place: Place, durability: Durability) -> None:
    folder = str(place.socket).replace("'", "''").replace('"', '""')
    settings = place.data / "lsp.conf"
    settings.write_text(
        "listen_addresses = ''\n"
        f"unix_socket_directories = '\"{folder}\"'\n"
        "unix_socket_permissions = 0700\n"
        f"fsync = {durability}\nsynchronous_commit = {durability}\nfull_page_writes = {durability}\n"
        "timezone = 'UTC'\nlog_timezone = 'UTC'\n"
    )
    place.account.own(settings)


def _clear_leftovers(place: Place) -> None:
    """After `kill -9` the pid file stays, and its number may meanwhile be any process of this account, at
    which PostgreSQL gives up. It is taken away only once no process stands in the data folder: a back end
    that outlived its postmaster must end first."""
    leftovers = (place.data / "postmaster.pid", place.socket / ".s.PGSQL.5432.lock")
    if not any(leftover.exists() for leftover in leftovers):
        return
    deadline = time.monotonic() + PATIENCE
    while _inhabited(place.data):
        if time.monotonic() > deadline:
            raise EmbeddedFailed(f"another PostgreSQL is at work in {place.data} and does not answer")
        time.sleep(0.1)
    for leftover in leftovers:
        leftover.unlink(missing_ok=True)


def _inhabited(folder: Path) -> bool:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            if (process / "cwd").samefile(folder):
                return True
        except OSError:  # it has gone, or is not ours
            continue
    return False


def _pg_ctl_stop(place: Place) -> None:
    stopped = place.account.run(place.programs / "pg_ctl", "stop", "-w", "-m", "fast", "-D", place.data)
    if stopped.returncode != 0:
        raise EmbeddedFailed(f"PostgreSQL did not stop:\n{stopped.stderr}")


def _assert_durability(place: Place, durability: Durability) -> None:
    """A server that somebody else started carelessly is not joined."""
    if durability is Durability.FORGETFUL:
        return
    with _connect(place) as connection:
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            row = connection.execute("SELECT current_setting(%s)", [setting]).fetchone()
            if row is None or row[0] != "on":
                raise EmbeddedFailed(f"{setting} is off: acknowledged answers could be lost")
