"""Thirty five-point items in thirty wards: the distribution, top two, bottom two, net and mean of each, with
full standard errors, beside the means alone by `svyby` of R's survey, on the same data in the same run."""

import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from lsp_assess.estimation import Design, Estimates, distribution, scale, stated_design
from tests.bench.table import REPEATS, Line, middle, over

SIZES = (10_000, 100_000, 1_000_000)
ITEMS = tuple(f"q{number}" for number in range(1, 31))
WARDS, CLUSTER = 30, 20
FIVE = scale([1, 2, 3, 4, 5])
SCRIPT = Path(__file__).with_name("estimation.R")
PATIENCE = 600
REFERENCE = (
    f"{len(ITEMS)} five-point items in {WARDS} wards, which are the strata, in clusters of {CLUSTER} with "
    "unequal weights: shares, top two, bottom two, net and mean of each with standard errors. Reference: "
    "`svyby(~q1 + … + q30, ~ward, design, svymean)` of R's survey, the means alone. Reading the data and "
    "stating the design are left out of both."
)


def estimation() -> tuple[str, list[Line]]:
    found = {rows: _both(sample(rows)) for rows in SIZES}
    lines = [_line(rows, ours, theirs) for rows, (ours, theirs) in found.items()]
    growth = np.polyfit(np.log(SIZES), np.log([ours for ours, _ in found.values()]), 1)[0]
    steepest = np.log(found[SIZES[-1]][0] / found[SIZES[-2]][0]) / np.log(SIZES[-1] / SIZES[-2])
    largest = f"{SIZES[-1]:,} rows".replace(",", " ")
    return REFERENCE, [
        *lines,
        Line("exponent of growth, over all three", f"{growth:.2f}", aim="≤ 1.1"),
        Line("exponent of growth, the last step", f"{steepest:.2f}", aim="≤ 1.1"),
        Line(f"intervals, effective sizes and flags, {largest}", f"{1000 * _dressing():.0f} ms"),
        Line(f"peak memory with the input, {largest}", f"{_peak():.1f} × the input", aim="≤ 3 ×"),
    ]


def sample(rows: int) -> pd.DataFrame:
    rng = np.random.default_rng(1973)
    ward = np.sort(rng.integers(0, WARDS, rows))
    cluster = ward * rows + np.arange(rows) // CLUSTER
    columns = {
        "ward": ward,
        "stratum": ward,
        "cluster": cluster,
        "weight": rng.uniform(0.5, 2, rows).round(3),
    }
    return pd.DataFrame(columns | {item: rng.integers(1, 6, rows).astype(float) for item in ITEMS})


def stated(frame: pd.DataFrame) -> Design:
    return stated_design(frame, weights="weight", strata="stratum", clusters="cluster")


def estimated(design: Design) -> Estimates:
    return distribution(design, ITEMS, scale=FIVE, by=("ward",))


def _line(rows: int, ours: float, theirs: float | None) -> Line:
    what = f"{rows:,} rows".replace(",", " ")
    if theirs is None:
        return Line(what, f"{1000 * ours:.0f} ms", "no answer of R here", aim="15×")
    ratio = f"{over(ours, theirs)} ({theirs / ours:.0f}× faster)"
    return Line(what, f"{1000 * ours:.0f} ms", f"{1000 * theirs:.0f} ms", ratio, "15×")


def _both(frame: pd.DataFrame) -> tuple[float, float | None]:
    design = stated(frame)
    return middle([_seconds(design) for _ in range(REPEATS)]), _seconds_of_r(frame)


def _seconds(design: Design) -> float:
    began = time.perf_counter()
    estimated(design)
    return time.perf_counter() - began


def _dressing() -> float:
    made = estimated(stated(sample(SIZES[-1])))
    began = time.perf_counter()
    assert made.estimates
    return time.perf_counter() - began


def _seconds_of_r(frame: pd.DataFrame) -> float | None:
    if shutil.which("Rscript") is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder, "data.csv")
        frame.to_csv(data, index=False)
        command = ["Rscript", str(SCRIPT), str(data), str(REPEATS)]
        try:
            told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
        except subprocess.TimeoutExpired:
            return None
    return middle([float(each) for each in told.stdout.split()]) if told.returncode == 0 else None


def _peak() -> float:
    """Of a process that does nothing else, over the size of the frame, the frame itself counted."""
    told = subprocess.run(
        [sys.executable, "-m", "tests.bench.estimation_memory", str(SIZES[-1])],
        capture_output=True,
        text=True,
        check=True,
        timeout=PATIENCE,
    )
    return float(told.stdout)
