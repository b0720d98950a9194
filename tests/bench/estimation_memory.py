"""Prints how many times the size of its input a process needs at most while it estimates (Linux)."""

import sys
from pathlib import Path

from tests.bench.estimation import estimated, sample, stated


def main(rows: int) -> None:
    before = _kilobytes("VmRSS")
    frame = sample(rows)
    size = int(frame.memory_usage(index=False).sum()) / 1024
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak counts from here
    assert estimated(stated(frame)).made.figures.n.size
    print((_kilobytes("VmHWM") - before) / size)  # noqa: T201 (that is what it is for)


def _kilobytes(name: str) -> int:
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) for line in status.splitlines() if line.startswith(name))


if __name__ == "__main__":
    main(int(sys.argv[1]))
