"""`lsp-assess report`, as somebody at the machine runs it."""

from pathlib import Path
from uuid import UUID

import pytest
from click.testing import CliRunner, Result

from lsp_assess.cli import main
from lsp_assess.database.bootstrap import Urls
from tests.world import World


@pytest.fixture
def out(database: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_INSTANCE", str(tmp_path / "instance"))
    return tmp_path / "out" / "report.pdf"


def run(world: World, out: Path, rounds: str, *more: str) -> Result:
    arguments = ["report", "--partnership", world.slug, "--rounds", rounds, "--out", str(out), *more]
    return CliRunner().invoke(main, arguments, catch_exceptions=False)


def test_rounds_are_named_by_number_or_by_name(world: World, releases: list[UUID], out: Path) -> None:
    done = run(world, out, "1, year 2", "--lang", "cy")
    assert done.exit_code == 0, done.output
    assert out.read_bytes().startswith(b"%PDF-")
    assert [path.name for path in out.parent.iterdir()] == ["report.pdf"]


@pytest.mark.parametrize("asked", ["3", "1,Year 9", ","])
def test_a_round_that_is_not_there_is_told_with_those_that_are(
    world: World, asked: str, out: Path, releases: list[UUID]
) -> None:
    done = run(world, out, asked)
    assert done.exit_code == 1
    assert "There are: 1 (Year 1), 2 (Year 2)" in done.output
    assert not out.exists()


def test_a_round_that_is_not_published_makes_no_report(
    world: World, out: Path, rounds: tuple[UUID, UUID]
) -> None:
    done = run(world, out, "1,2")
    assert done.exit_code == 1
    assert "has not been published" in done.output
    assert not out.exists()
