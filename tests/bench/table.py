"""What the benchmarks found, each beside its reference from the same run."""

import os
import platform
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from statistics import median

REPEATS = 3


@dataclass(frozen=True, slots=True)
class Line:
    """`ratio` is ours over the reference's, of what the line measures."""

    what: str
    ours: str
    reference: str = ""
    ratio: str = ""
    aim: str = ""


def over(ours: float, reference: float) -> str:
    return f"{ours / reference:.2f}"


def middle(values: Sequence[float]) -> float:
    """The median of the repeats."""
    return median(values)


def percentile(values: Sequence[float], percent: int) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(percent / 100 * len(ordered)))]


def as_markdown(sections: dict[str, tuple[str, list[Line]]], *, minutes: float) -> str:
    """`sections`: title → (what the reference is, lines)."""
    text = [
        "# The last run of `make bench`",
        "",
        f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{minutes:.0f} minutes. Written by the run: medians of {REPEATS} where not said otherwise, "
        "each against its reference in the same run.",
    ]
    for title, (reference, lines) in sections.items():
        text += ["", f"## {title}", "", reference, ""]
        text += ["| what | ours | reference | ratio | aim |", "|---|---|---|---|---|"]
        text += [f"| {x.what} | {x.ours} | {x.reference} | {x.ratio} | {x.aim} |" for x in lines]
    return "\n".join(text) + "\n"
