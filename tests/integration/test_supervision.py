"""Real processes, started, killed and ended."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lsp_assess.cli import supervision
from lsp_assess.cli.supervision import Child, supervise

# Each life appends its process number to a file; told to end, it writes a last word.
LIFE = """
import os, signal, sys, time
def end(*_):
    print("ended", file=open(sys.argv[1], "a")); sys.exit(0)
signal.signal(signal.SIGTERM, signal.SIG_IGN if sys.argv[2] == "deaf" else end)
print(os.getpid(), file=open(sys.argv[1], "a"))
while True: time.sleep(0.05)
"""

SUPERVISOR = """
import sys
from pathlib import Path
from lsp_assess.cli.supervision import supervise
from tests.integration.test_supervision import child
supervise([child(Path(sys.argv[1]))], ready=lambda: True, announce=lambda: None, tend=lambda: None)
"""


def child(diary: Path, manner: str = "obedient") -> Child:
    return Child("child", (sys.executable, "-c", LIFE, str(diary), manner), dict(os.environ))


def lives(diary: Path) -> list[int]:
    return [int(line) for line in entries(diary) if line.isdigit()]


def entries(diary: Path) -> list[str]:
    return diary.read_text().split() if diary.exists() else []


def wait_until(holds: Callable[[], bool], *, seconds: float = 20.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.02)


def supervise_until(
    told: Callable[[], None],
    *children: Child,
    ready: Callable[[], bool] = lambda: True,
    tend: Callable[[], None] = lambda: None,
) -> list[str]:
    """Signals reach the main thread alone, so that the story is told beside it."""
    announced: list[str] = []
    failed: list[BaseException] = []

    def tell() -> None:
        try:
            told()
        except BaseException as error:  # noqa: BLE001  raised again in the test's own thread
            failed.append(error)
        os.kill(os.getpid(), signal.SIGTERM)

    teller = threading.Thread(target=tell)
    teller.start()
    supervise(children, ready=ready, announce=lambda: announced.append("ready"), tend=tend)
    teller.join()
    if failed:
        raise failed[0]
    return announced


def is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


def test_a_killed_child_is_started_again(tmp_path: Path) -> None:
    diary = tmp_path / "diary"

    def story() -> None:
        wait_until(lambda: len(lives(diary)) == 1)
        os.kill(lives(diary)[0], signal.SIGKILL)
        wait_until(lambda: len(lives(diary)) == 2)

    supervise_until(story, child(diary))
    first, second = lives(diary)
    assert first != second
    assert not is_alive(second)


def test_a_stop_lets_every_child_say_its_last_word(tmp_path: Path) -> None:
    diaries = [tmp_path / "one", tmp_path / "other"]
    supervise_until(
        lambda: wait_until(lambda: all(lives(diary) for diary in diaries)),
        *(child(diary) for diary in diaries),
    )
    for diary in diaries:
        assert entries(diary)[-1] == "ended"


def test_a_child_that_will_not_end_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(supervision, "GRACE", 0.3)
    diary = tmp_path / "diary"
    supervise_until(lambda: wait_until(lambda: bool(lives(diary))), child(diary, "deaf"))
    assert not is_alive(lives(diary)[0])


def test_a_child_that_keeps_dying_is_given_longer_and_longer_pauses() -> None:
    hopeless = Child("child", (sys.executable, "-c", "raise SystemExit(3)"), dict(os.environ))
    supervise_until(lambda: wait_until(lambda: hopeless.pause >= 2.0), hopeless)
    assert hopeless.pause >= 4 * supervision.FIRST_PAUSE


def test_readiness_is_announced_once_and_only_when_it_is_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(supervision, "ROUND", 0.2)
    diary = tmp_path / "diary"
    rounds: list[float] = []
    announced = supervise_until(
        lambda: wait_until(lambda: bool(lives(diary)) and len(rounds) > 3),
        child(diary),
        ready=lambda: bool(lives(diary)),
        tend=lambda: rounds.append(time.monotonic()),
    )
    assert announced == ["ready"]
    assert supervise_until(lambda: time.sleep(0.3), child(diary), ready=lambda: False) == []


@pytest.mark.skipif(not supervision.WITH_US, reason="this system has no setpriv")
def test_children_end_in_peace_when_the_supervisor_is_killed(tmp_path: Path) -> None:
    diary = tmp_path / "diary"
    with subprocess.Popen([sys.executable, "-c", SUPERVISOR, str(diary)]) as supervisor:
        wait_until(lambda: len(lives(diary)) == 1)
        supervisor.kill()
    wait_until(lambda: entries(diary)[-1] == "ended")
