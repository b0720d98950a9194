"""What a web process loads as it starts; each of these takes seconds, on every worker and every restart, and
memory that an export of a hundred thousand records does not have."""

import subprocess
import sys

import pytest

HEAVY = {"altair", "fontTools", "numpy", "openpyxl", "pandas", "scipy", "vl_convert", "weasyprint"}


@pytest.mark.parametrize("module", ["lsp_assess.web.application", "lsp_assess.cli.records"])
def test_it_starts_without_what_reckons_draws_or_prints(module: str) -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", f"import {module}, sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    assert module in loaded
    assert HEAVY & set(loaded) == set()
