"""Seconds of the processor as trust E allows them, on a machine that others slow down."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

ORDINARY = 0.03
"""Seconds that the reference takes when nobody else is there."""


def _reference() -> float:
    started = time.process_time()
    sum(i * i for i in range(300_000))
    return time.process_time() - started


def slowness() -> float:
    """How many times slower this machine is now than it is alone."""
    return max(1.0, _reference() / ORDINARY)


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """Fails where what is done takes longer, counted in what this machine does at that time."""
    before, started = _reference(), time.process_time()
    yield
    spent = time.process_time() - started
    slowness = max(1.0, before / ORDINARY, _reference() / ORDINARY)
    assert spent < seconds * slowness, f"{spent:.1f} s, on a machine {slowness:.1f} times slower than usual"
