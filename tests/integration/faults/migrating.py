"""Migrates databases, in a process of its own each, which kills itself at a given step of the way.

A program: each line that it reads is a database's address, the revision to reach and the step at which to
die; each line that it writes is how many steps were taken, or `killed`. A step is a statement, a commit, or
the end."""

import os
import signal
import sys
from pathlib import Path
from typing import Any

import procrastinate.schema  # noqa: F401  once, for all of the processes
from sqlalchemy import Engine, event

import lsp_assess.database.models  # noqa: F401  as well
from lsp_assess.database.migrate import upgrade
from lsp_assess.shipped import shipped_folder


def migrate(url: str, to: str, *, dies_at: int, tell: int) -> None:
    steps = 0

    def step(*_what: Any) -> None:
        nonlocal steps
        steps += 1
        if steps == dies_at:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(Engine, "before_cursor_execute", step)
    event.listen(Engine, "commit", step)
    upgrade(url, scripts=Path(shipped_folder("migrations")), to=to)
    step()
    os.write(tell, str(steps).encode())


def in_a_process(url: str, to: str, *, dies_at: int) -> str:
    told, tell = os.pipe()
    child = os.fork()
    if child == 0:
        migrate(url, to, dies_at=dies_at, tell=tell)
        os._exit(0)
    os.close(tell)
    _, status = os.waitpid(child, 0)
    said = os.read(told, 20).decode()
    os.close(told)
    return "killed" if os.WIFSIGNALED(status) else said


if __name__ == "__main__":
    for line in sys.stdin:
        url, to, dies_at = line.split()
        sys.stdout.write(in_a_process(url, to, dies_at=int(dies_at)) + "\n")
        sys.stdout.flush()
