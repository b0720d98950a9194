"""A deliberate break of the product for each of eleven checks: its test has to fail with it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.trust_run import Figure

HERE = Path(__file__).parent
PROJECT = HERE.parents[1]
BROKEN = ("A1", "A5", "A9", "B4", "B6", "B7", "C2", "C6", "D1", "D5", "D9")
EACH = [pytest.param(check, marks=pytest.mark.trust(check)) for check in BROKEN]
FETCHED = ("lsp_assess/web/static/vendor", "lsp_assess/rendering/fonts")


def fails_with(check: str) -> str:
    """The test that the first line of the break names."""
    return (HERE / f"{check}.diff").read_text(encoding="utf-8").splitlines()[0].removeprefix("# ").strip()


def git(*arguments: str, folder: Path) -> str:
    done = subprocess.run(["git", *arguments], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def broken_copy(tmp_path: Path) -> Path:
    """The project as it is here, to be broken; what was fetched at set-up is linked."""
    copy = tmp_path / "main"
    for name in git("ls-files", "--cached", "--others", "--exclude-standard", folder=PROJECT).splitlines():
        if (PROJECT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(PROJECT / name, copy / name)
    for name in (*FETCHED, ".venv", "node_modules"):
        (copy / name).symlink_to(PROJECT / name)
    if (PROJECT.parent / "shared").is_dir():
        (tmp_path / "shared").symlink_to(PROJECT.parent / "shared")
    return copy


@pytest.mark.parametrize("check", EACH)
def test_a_break_still_fits_the_source(check: str) -> None:
    git("apply", "--check", str(HERE / f"{check}.diff"), folder=PROJECT)
    file, _, name = fails_with(check).partition("::")
    assert f"def {name.partition('[')[0]}(" in (PROJECT / file).read_text(encoding="utf-8")


@pytest.mark.long
@pytest.mark.parametrize("check", EACH)
def test_a_break_makes_the_test_of_its_check_fail(check: str, broken_copy: Path, figure: Figure) -> None:
    git("apply", str(HERE / f"{check}.diff"), folder=broken_copy)
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "--quiet", "-p", "no:cacheprovider", fails_with(check)],
        cwd=broken_copy,
        env={name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "LSP_"))}
        | {"PYTHONPATH": str(broken_copy)},
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert run.returncode == 1, run.stdout + run.stderr
    assert re.search(r"^\d+ failed", run.stdout.splitlines()[-1]), run.stdout
    figure("a deliberate break is found")
