"""Every file that a command writes: no cell or header of it begins a formula (trust B6)."""

import csv
from io import StringIO
from pathlib import Path

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, create_engine, text

from lsp_assess.cli import main
from lsp_assess.database.bootstrap import Urls
from lsp_assess.exchange.records import write_records
from tests.bench.residents import surveyed
from tests.integration.hostile.test_files_out import MARK, begins_a_formula, formulas
from tests.integration.matrix.test_exports_and_commands import commands
from tests.trust_run import Figure

# Of the commands that are told where to write, those whose file has cells; what they are given beside it.
TABLES = {
    "records": ("--round", "1", "--questionnaire", "thirty", "--agreement", f"={MARK}"),
}
WITHOUT_CELLS = {
    "report": "a PDF",
    "subject-access": "a page and JSON, in a zip",
    "backup": "a folder with a dump, a manifest and sums",
}
READ_ONLY = {"questionnaires check", "questionnaires issue"}
"""They say themselves that a file is not there."""


def may_write(command: click.Command) -> bool:
    """It is given a path at which nothing has to be yet."""
    return any(isinstance(one.type, click.Path) and not one.type.exists for one in command.params)


def test_every_command_that_writes_a_file_is_listed() -> None:
    # trust B6
    listed = TABLES.keys() | WITHOUT_CELLS.keys() | READ_ONLY
    assert {name for name, one in commands(main, "") if may_write(one)} == listed


@pytest.mark.parametrize("name", TABLES)
def test_no_cell_of_a_file_that_a_command_writes_begins_a_formula(
    name: str, engine: Engine, database: Urls, tmp_path: Path, figure: Figure
) -> None:
    # trust B6
    world = surveyed(engine, (200,))
    plant(database)
    out = tmp_path / "out.csv"
    environ = {
        "LSP_DATABASE_URL": database.application,
        "LSP_MIGRATOR_DATABASE_URL": database.migrator,
        "LSP_INSTANCE": str(tmp_path / "instance"),
    }
    given = [name, "--partnership", world.slug, *TABLES[name], "--out", str(out)]
    done = CliRunner().invoke(main, given, env=environ)
    assert done.exit_code == 0, done.output
    cells = cells_of(out.read_text(encoding="utf-8-sig"))
    planted = [cell for cell in cells if MARK in cell]
    assert len(planted) == 200
    assert [cell for cell in cells if begins_a_formula(cell)] == []
    figure(f"`{name}`: {len(cells)} cells, {len(planted)} planted: run 0")


def test_no_header_or_code_of_the_records_begins_a_formula() -> None:
    # trust B6: nor would it, were a name ever allowed to
    hostile = [next(words) for words in [formulas()] for _ in range(100)]
    out = StringIO()
    records = [(each, {name: {"value": each} for name in hostile}) for each in hostile]
    assert write_records(records, questions=hostile, out=out) == len(hostile)
    cells = cells_of(out.getvalue())
    assert sum(MARK in cell for cell in cells) == 100 + 100 * 101
    assert [cell for cell in cells if begins_a_formula(cell)] == []


def cells_of(text: str) -> list[str]:
    return [cell for row in csv.reader(StringIO(text, newline=""), strict=True) for cell in row]


def plant(database: Urls) -> None:
    """A formula before the code of each area: every kind of it, as far as there are areas."""
    owner, words = create_engine(database.migrator), formulas()
    with owner.begin() as connection:
        for id_ in connection.execute(text("SELECT id FROM main.area ORDER BY id")).scalars().all():
            connection.execute(
                text("UPDATE main.area SET code = :f || code WHERE id = :id"), {"f": next(words), "id": id_}
            )
    owner.dispose()
