"""Raking on three margins beside R's `rake`, on the same data in the same run."""

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from lsp_assess.estimation import margin, raked, starting_weights
from tests.bench.table import REPEATS, Line, middle, over

SIZES = (10_000, 100_000, 1_000_000)
CATEGORIES = {"sex": 2, "age": 7, "ward": 30}
POPULATION = 5_000_000
SCRIPT = Path(__file__).with_name("raking.R")


def raking() -> tuple[str, list[Line]]:
    rng = np.random.default_rng(1940)
    shares = {name: rng.uniform(0.7, 1.3, size) for name, size in CATEGORIES.items()}
    targets = {name: POPULATION * share / share.sum() for name, share in shares.items()}
    lines = [_line(_sample(rng, rows), targets) for rows in SIZES]
    return (
        "Reference: `rake` of R's survey with its own tolerance (no cell moves by a person); ours is held to "
        "10⁻¹¹ of each margin. Reading the data and stating the design are left out of both.",
        lines,
    )


def _sample(rng: np.random.Generator, rows: int) -> pd.DataFrame:
    columns = {name: rng.integers(0, size, rows) for name, size in CATEGORIES.items()}
    return pd.DataFrame({**columns, "weight": rng.uniform(0.5, 2, rows).round(3)})


def _line(frame: pd.DataFrame, targets: dict[str, np.ndarray]) -> Line:
    ours = middle([_seconds(frame, targets) for _ in range(REPEATS)])
    what = f"raking {len(frame):,} rows on three margins".replace(",", " ")
    theirs = _seconds_of_r(frame, targets)
    if theirs is None:
        return Line(what, f"{1000 * ours:.0f} ms", "no R here")
    ratio = f"{over(ours, theirs)} ({theirs / ours:.0f}× faster)"
    aim = "100×" if len(frame) == SIZES[-1] else ""
    return Line(what, f"{1000 * ours:.0f} ms", f"{1000 * theirs:.0f} ms", ratio, aim)


def _seconds(frame: pd.DataFrame, targets: dict[str, np.ndarray]) -> float:
    start = starting_weights(frame, weights="weight")
    began = time.perf_counter()
    raked(start, *(margin(name, dict(enumerate(of.tolist()))) for name, of in targets.items()))
    return time.perf_counter() - began


def _seconds_of_r(frame: pd.DataFrame, targets: dict[str, np.ndarray]) -> float | None:
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        data, margins = Path(folder, "data.csv"), Path(folder, "margins.csv")
        frame.to_csv(data, index=False)
        known = [(name, at, people) for name, of in targets.items() for at, people in enumerate(of)]
        pd.DataFrame(known, columns=["margin", "category", "people"]).to_csv(margins, index=False)
        command = ["Rscript", str(SCRIPT), str(data), str(margins), str(REPEATS)]
        told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=600)
    return middle([float(each) for each in told.stdout.split()]) if told.returncode == 0 else None
