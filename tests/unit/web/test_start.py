"""What a web process loads as it starts; each of these takes seconds, on every worker and every restart."""

import subprocess
import sys

HEAVY = {"altair", "fontTools", "numpy", "openpyxl", "pandas", "scipy", "vl_convert", "weasyprint"}


def test_a_web_process_starts_without_what_reckons_draws_or_prints() -> None:
    loaded = subprocess.run(
        [sys.executable, "-c", "import lsp_assess.web.application, sys; print(*sys.modules)"],
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split()
    assert "lsp_assess.web.application" in loaded
    assert HEAVY & set(loaded) == set()
