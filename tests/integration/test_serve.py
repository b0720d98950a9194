"""The whole site as `make run` starts it: real processes, killed one after the other."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

import pytest

from tests.serving import Serving, eventually, serving


@pytest.fixture(scope="module")
def site() -> Iterator[Serving]:
    instance = Path(mkdtemp(prefix="lsp-serve-"))
    instance.chmod(0o755)  # for the account without rights that runs PostgreSQL for root
    with serving(instance) as site:
        yield site
    rmtree(instance)


def test_the_site_answers_when_it_says_so(site: Serving) -> None:
    assert site.answers()


def test_a_killed_web_server_comes_back(site: Serving) -> None:  # trust D1
    (web,) = site.children("gunicorn")
    os.killpg(web, signal.SIGKILL)
    eventually(lambda: site.children("gunicorn") not in ([], [web]) and site.answers())


def test_a_killed_worker_comes_back(site: Serving) -> None:
    (worker,) = site.children("worker\0")
    os.kill(worker, signal.SIGKILL)
    eventually(lambda: site.children("worker\0") not in ([], [worker]))


def test_a_killed_database_comes_back(site: Serving) -> None:  # trust D2
    killed = site.postmaster()
    assert killed is not None
    os.kill(killed, signal.SIGKILL)
    eventually(lambda: site.postmaster() not in (None, killed) and site.answers())


def test_a_second_site_at_the_same_address_is_refused_with_a_reason(site: Serving) -> None:
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


def test_a_stop_ends_all_of_it(site: Serving) -> None:
    postmaster = site.postmaster()
    site.supervisor.send_signal(signal.SIGINT)
    assert site.supervisor.wait(60) == 0
    assert not site.answers()
    with pytest.raises(FileNotFoundError):  # gone, or dead and waiting for its burial
        (Path("/proc") / str(postmaster) / "cwd").readlink()
    assert not (site.instance / "postgres" / "data" / "postmaster.pid").exists()
