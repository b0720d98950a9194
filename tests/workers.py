"""The worker: its code run once over what waits, or a process of its own."""

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

from sqlalchemy import Engine, text

from lsp_assess.config import Config
from lsp_assess.jobs.queue import make_queue


def work_off(config: Config) -> None:
    """Everything that waits, by the worker's own code in this process."""
    queue, engine = make_queue(config)

    def work() -> None:
        with queue.open():
            queue.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)

    # In a thread, since the browser's driver leaves an event loop running in this one.
    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(work).result()
    engine.dispose()


def take_up_again(config: Config) -> None:
    """What dead workers held, by the worker's own code, without waiting for the time at which it does so."""
    queue, engine = make_queue(config)

    async def once() -> None:
        async with queue.open_async():
            await queue.tasks["take_up_again"](timestamp=0)

    with ThreadPoolExecutor(max_workers=1) as aside:
        aside.submit(asyncio.run, once()).result()
    engine.dispose()


@contextmanager
def worker(application_url: str, instance: str) -> Iterator[subprocess.Popen[bytes]]:
    """A process of its own, as `serve` starts it."""
    environ = {**os.environ, "LSP_DATABASE_URL": application_url, "LSP_INSTANCE": instance}
    with subprocess.Popen([sys.executable, "-m", "lsp_assess.cli", "worker"], env=environ) as process:
        try:
            yield process
        finally:
            process.kill()


def eventually(holds: Callable[[], bool], *, seconds: float = 120.0) -> None:
    deadline = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < deadline, "it never came about"
        time.sleep(0.05)


def miss_heartbeats(engine: Engine) -> None:
    """As if every worker had been silent for long."""
    with engine.begin() as connection:
        connection.execute(
            text("UPDATE jobs.procrastinate_workers SET last_heartbeat = now() - interval '1 hour'")
        )
