"""The whole site as `lsp-assess serve` starts it: real processes, which a test may kill."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.error import URLError
from urllib.request import urlopen


@dataclass(frozen=True, slots=True)
class Serving:
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
        """Of the embedded database; None while there is none."""
        with suppress(FileNotFoundError, IndexError):
            return int((self.instance / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        return None

    def children(self, mark: str) -> list[int]:
        """The supervisor's own whose command line has `mark`."""
        return [child for child in children_of(self.supervisor.pid) if mark in command_of(child)]

    def web_workers(self) -> list[int]:
        return [worker for master in self.children("gunicorn") for worker in children_of(master)]


def children_of(parent: int) -> list[int]:
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if int((process / "stat").read_text().rpartition(")")[2].split()[1]) == parent:
                found.append(int(process.name))
    return found


def command_of(process: int) -> str:
    with suppress(OSError):
        return (Path("/proc") / str(process) / "cmdline").read_text()
    return ""


def eventually(holds: Callable[[], bool], *, seconds: float = 60.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.1)


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def serving(instance: Path, *, printed: TextIO | None = None, **settings: str) -> Iterator[Serving]:
    """Once it answers; `settings` are variables of the environment. What it prints goes to `printed`."""
    port = free_port()
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LSP_")}
    with subprocess.Popen(
        [sys.executable, "-m", "lsp_assess.cli", "serve", "--port", str(port)],
        env=environ | {"LSP_INSTANCE": str(instance), "PYTHONUNBUFFERED": "1"} | settings,
        stdout=subprocess.PIPE,
        stderr=printed,
        text=True,
    ) as supervisor:
        site = Serving(instance, f"http://127.0.0.1:{port}/", supervisor)
        assert supervisor.stdout is not None
        assert site.address.rstrip("/") in supervisor.stdout.readline()
        try:
            yield site
        finally:
            supervisor.terminate()  # its children with it
            supervisor.wait(60)
            if printed is not None:
                printed.write(supervisor.stdout.read())
