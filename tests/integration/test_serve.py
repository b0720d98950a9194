"""The whole site as `make run` starts it: real processes, killed one after the other."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp
from urllib.error import URLError
from urllib.request import urlopen

import pytest


@dataclass(frozen=True, slots=True)
class Site:
    instance: Path
    address: str
    supervisor: subprocess.Popen[str]

    def answers(self) -> bool:
        try:
            with urlopen(self.address, timeout=5) as page:
                return bool(page.status == 200)
        except (URLError, ConnectionError, TimeoutError):
            return False

    def postmaster(self) -> int | None:
        """None while there is none."""
        with suppress(FileNotFoundError, IndexError):
            return int((self.instance / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        return None

    def children(self, mark: str) -> list[int]:
        """The supervisor's own whose command line has `mark`."""
        found = []
        for process in Path("/proc").glob("[0-9]*"):
            with suppress(OSError):
                parent = int((process / "stat").read_text().rpartition(")")[2].split()[1])
                if parent == self.supervisor.pid and mark in (process / "cmdline").read_text():
                    found.append(int(process.name))
        return found


def eventually(holds: Callable[[], bool], *, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.1)


@pytest.fixture(scope="module")
def site() -> Iterator[Site]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    instance = Path(mkdtemp(prefix="lsp-serve-"))
    instance.chmod(0o755)  # for the account without rights that runs PostgreSQL for root
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LSP_")}
    with subprocess.Popen(
        [sys.executable, "-m", "lsp_assess.cli", "serve", "--port", str(port)],
        env=environ | {"LSP_INSTANCE": str(instance), "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
        text=True,
    ) as supervisor:
        site = Site(instance, f"http://127.0.0.1:{port}/", supervisor)
        assert supervisor.stdout is not None
        assert site.address.rstrip("/") in supervisor.stdout.readline()
        yield site
        supervisor.kill()
    rmtree(instance)


def test_the_site_answers_when_it_says_so(site: Site) -> None:
    assert site.answers()


def test_a_killed_web_server_comes_back(site: Site) -> None:  # trust D1
    (web,) = site.children("gunicorn")
    os.killpg(web, signal.SIGKILL)
    eventually(lambda: site.children("gunicorn") not in ([], [web]) and site.answers())


def test_a_killed_worker_comes_back(site: Site) -> None:
    (worker,) = site.children("worker\0")
    os.kill(worker, signal.SIGKILL)
    eventually(lambda: site.children("worker\0") not in ([], [worker]))


def test_a_killed_database_comes_back(site: Site) -> None:  # trust D2
    killed = site.postmaster()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: site.postmaster() not in (None, killed) and site.answers())


def test_a_second_site_at_the_same_address_is_refused_with_a_reason(site: Site) -> None:
    port = site.address.rstrip("/").rpartition(":")[2]
    refused = subprocess.run(
        [sys.executable, "-m", "lsp_assess.cli", "serve", "--port", port],
        env=os.environ | {"LSP_INSTANCE": str(site.instance)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert refused.returncode == 1
    assert "answers at" in refused.stderr
    assert site.answers()  # the one that was refused took no database with it


def test_a_stop_ends_all_of_it(site: Site) -> None:
    postmaster = site.postmaster()
    site.supervisor.send_signal(signal.SIGINT)
    assert site.supervisor.wait(60) == 0
    assert not site.answers()
    with pytest.raises(FileNotFoundError):  # gone, or dead and waiting for its burial
        (Path("/proc") / str(postmaster) / "cwd").readlink()
    assert not (site.instance / "postgres" / "data" / "postmaster.pid").exists()
