import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import gettempdir

import pytest
from xdist.remote import Producer
from xdist.scheduler import LoadFileScheduling

from lsp_assess.database.embedded import Durability, EmbeddedServer, start_embedded

PROJECT = Path(__file__).parents[1]
CHROMIUM = shutil.which("chromium")
pytest_plugins = ["tests.trust_run"]
DEMONSTRATION = "tests/integration/demonstration/"
ENOUGH = 4 * 1024**3
NO_CHROMIUM = "Chromium is not installed: the browser tests were NOT run (apt-get install chromium)"


class ByFileOrFolder(LoadFileScheduling):
    """A worker takes a file at a time; the files that share one load of the demonstration go together."""

    def _split_scope(self, nodeid: str) -> str:
        return DEMONSTRATION if nodeid.startswith(DEMONSTRATION) else super()._split_scope(nodeid)


def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> ByFileOrFolder:
    return ByFileOrFolder(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if PROJECT / "tests" / "browser" in item.path.parents:
            item.add_marker("browser")
            required = os.environ.get("LSP_BROWSER") == "required" or os.environ.get("CI") == "true"
            if CHROMIUM is None and not required:
                item.add_marker(pytest.mark.skip(reason=NO_CHROMIUM))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """A line of its own for what was left out, beside pytest's count of it."""
    reasons = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ())}
    for reason in sorted(reasons):
        if "NOT run" in reason:
            terminalreporter.write_line(f"!!! {reason.removeprefix('Skipped: ')}", red=True, bold=True)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The real input beside the project, which is not part of it. Its absence may not pass unseen in CI."""
    folder = PROJECT.parent / "shared"
    if not folder.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail("../shared is missing: the tests on real input cannot run")
        pytest.skip("../shared is missing: the tests on real input were NOT run")
    return folder


def roomy_memory() -> Path:
    """Where databases are copied in a thirtieth of the time, if this machine has that."""
    memory = Path("/dev/shm")
    if os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ENOUGH:
        return memory
    return Path(gettempdir())


@pytest.fixture(scope="session")
def embedded(request: pytest.FixtureRequest) -> Iterator[EmbeddedServer]:
    """One PostgreSQL for the whole run, shared by the workers of pytest-xdist: the last one stops it.
    `embedded.url` is the superuser's address; everything else is made from it."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID", str(os.getpid()))
    home = roomy_memory() / f"lsp-tests-{run}"
    server = start_embedded(home, durability=Durability.FORGETFUL)
    yield server
    server.stop()
    if not server.is_running():
        shutil.rmtree(home, ignore_errors=True)  # by the last one; another may have been quicker
