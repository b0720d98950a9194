"""Keep child processes alive until told to stop; then end them in peace."""

import os
import shutil
import signal
import subprocess  # our own programs, no shell
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from types import FrameType

import click

FIRST_PAUSE = 0.5  # seconds before a dead child is started again; doubles while it keeps dying
LONGEST_PAUSE = 30.0
STEADY = 10.0  # seconds after which a child counts as well again
GRACE = 30.0  # seconds from asking to insisting
TICK = 0.1
ROUND = 5.0  # seconds between two looks at what is no child

# Where the system has it: a child is told to end when we are killed and cannot tell it ourselves.
WITH_US = ("setpriv", "--pdeathsig", "TERM", "--") if shutil.which("setpriv") else ()


@dataclass
class Child:
    name: str
    command: Sequence[str]
    environ: Mapping[str, str]
    process: subprocess.Popen[bytes] | None = None
    started: float = 0.0
    pause: float = FIRST_PAUSE

    def start(self) -> None:
        self.started = time.monotonic()
        self.process = subprocess.Popen(  # noqa: S603  no shell, no text of a user
            (*WITH_US, *self.command),
            env=dict(self.environ),
            stdin=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for the supervisor, which ends the children in order
        )

    def revive(self) -> None:
        """Start it again if it has died, at growing intervals while it keeps dying."""
        if self.process is None or self.process.poll() is None:
            return
        lived = time.monotonic() - self.started
        if lived >= STEADY:
            self.pause = FIRST_PAUSE
        if lived >= self.pause:
            click.echo(f"The {self.name} ended with {self.process.returncode}; starting it again.", err=True)
            self.pause = min(2 * self.pause, LONGEST_PAUSE)
            self.start()

    def end(self, deadline: float) -> None:
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()


def supervise(
    children: Sequence[Child],
    *,
    ready: Callable[[], bool],
    announce: Callable[[], None],
    tend: Callable[[], None],
) -> None:
    """Until SIGTERM or Ctrl-C. `announce` is called once, as soon as `ready`; `tend` every few seconds."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        asked.append(number)

    before = {number: signal.signal(number, ask) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        for child in children:
            child.start()
        announced, tended = False, time.monotonic()
        while not asked:
            if time.monotonic() - tended >= ROUND:
                tend()
                tended = time.monotonic()
            if not announced and ready():
                announce()
                announced = True
            for child in children:
                child.revive()
            time.sleep(TICK)
    finally:
        _end(children)
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(children: Sequence[Child]) -> None:
    for child in children:
        if child.process is not None and child.process.poll() is None:
            child.process.terminate()
    deadline = time.monotonic() + GRACE
    for child in children:
        child.end(deadline)
