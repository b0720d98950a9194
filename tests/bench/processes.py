"""Real servers for the benchmarks: PostgreSQL as it is shipped, gunicorn as the product starts it."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, mkdtemp
from urllib.error import URLError
from urllib.request import urlopen

from lsp_assess.cli.serve import web_server
from lsp_assess.config import load_config
from lsp_assess.database.bootstrap import Urls, prepare
from lsp_assess.database.embedded import EmbeddedServer, start_embedded
from lsp_assess.database.migrate import upgrade
from lsp_assess.shipped import shipped_folder
from tests.workers import eventually

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Server:
    """`cpu` is what its processes have used since they began."""

    url: str
    process: int

    def cpu(self) -> float:
        return cpu_of(self.process)


def cpu_of(parent: int) -> float:
    """Processor seconds of a process and of all that came from it, those that have ended included."""
    total = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(stat.parent.name) == parent or int(fields[1]) == parent:
            total += sum(map(int, fields[11:13])) / TICKS
            if int(stat.parent.name) == parent:
                total += sum(map(int, fields[13:15])) / TICKS
    return total


@contextmanager
def database() -> Iterator[tuple[EmbeddedServer, Urls]]:
    """A durable PostgreSQL with a migrated, empty database."""
    home = Path(mkdtemp(prefix="lsp-bench-"))
    home.chmod(0o755)
    server = start_embedded(home / "postgres")
    try:
        urls = prepare(server.url, database="bench", password_of=server.password_of)
        upgrade(urls.migrator, scripts=shipped_folder("migrations"))
        yield server, urls
    finally:
        server.stop()
        rmtree(home, ignore_errors=True)


def environment(urls: Urls, *, port: int, instance: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("LSP_")}
    settings = {
        "LSP_DATABASE_URL": urls.application,
        "LSP_INSTANCE": str(instance),
        "LSP_BASE_URL": f"http://127.0.0.1:{port}",
    }
    load_config(settings)
    return kept | settings


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(
    urls: Urls,
    *,
    application: str = "lsp_assess.web.wsgi:app",
    workers: int = 2,
    known_as: int = 0,
    instance: Path | None = None,
) -> Iterator[Server]:
    """`known_as` is the port of the proxy before it, if there is one; `instance` is shared by its hosts."""
    port = free_port()
    with TemporaryDirectory(prefix="lsp-bench-") as folder:
        command = (sys.executable, *web_server(port, application=application, workers=workers))
        environ = environment(urls, port=known_as or port, instance=instance or Path(folder))
        process = subprocess.Popen(command, env=environ, stdout=subprocess.DEVNULL)
        try:
            url = f"http://127.0.0.1:{port}"
            eventually(lambda: answers(url), seconds=60)
            yield Server(url, process.pid)
        finally:
            process.terminate()
            process.wait(60)


def answers(url: str) -> bool:
    try:
        with urlopen(f"{url}/health", timeout=5) as page:
            return bool(page.status == 200)
    except (URLError, OSError):
        return False
