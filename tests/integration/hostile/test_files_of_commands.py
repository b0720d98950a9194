"""Every file that a command writes: no cell or header of it begins a formula (trust B6)."""

import csv
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZipFile

import click
import pytest
from click.testing import CliRunner
from sqlalchemy import Engine, create_engine, text

from lsp_assess.cli import main
from lsp_assess.database.bootstrap import Urls
from lsp_assess.exchange.research_codebook import Named
from lsp_assess.exchange.research_columns import SumColumn
from lsp_assess.exchange.research_file import ResearchFile, write_research_file
from lsp_assess.instruments import parse
from lsp_assess.instruments.instrument import Derived
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.messages import given
from lsp_assess.rendering.wording import say
from tests.bench.residents import SURVEY, released, surveyed
from tests.integration.hostile.test_files_out import MARK, begins_a_formula, formulas
from tests.integration.matrix.test_exports_and_commands import commands
from tests.trust_run import Figure

# Of the commands that are told where to write, those whose file has cells; what they are given beside it.
TABLES = {
    "records": ("--agreement", f"={MARK}"),
}
SMALL = parse(SURVEY, file="thirty.yaml")
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
    released(world)
    plant(database)
    out = tmp_path / "out.zip"
    environ = {
        "LSP_DATABASE_URL": database.application,
        "LSP_MIGRATOR_DATABASE_URL": database.migrator,
        "LSP_INSTANCE": str(tmp_path / "instance"),
    }
    given = [name, "--partnership", world.slug, *TABLES[name], "--out", str(out)]
    done = CliRunner().invoke(main, given, env=environ)
    assert done.exit_code == 0, done.output
    cells = [cell for text in texts_of(out) for cell in cells_of(text)]
    planted = [cell for cell in cells if MARK in cell]
    assert len(planted) == 200 + 14  # each record's area, and each area of the codebook
    assert [cell for cell in cells if begins_a_formula(cell)] == []
    figure(f"`{name}`: {len(cells)} cells, {len(planted)} planted: run 0")


def test_no_header_or_code_of_the_records_begins_a_formula() -> None:
    # trust B6: nor would it, were a name ever allowed to
    words = formulas()
    hostile = [next(words) for _ in range(100)]
    file = ResearchFile(
        title=given(next(words)),
        partnership=given(next(words)),
        agreement=next(words),
        rounds=[Named(1, given(next(words)), "1")],
        areas=[Named(each, given(each)) for each in hostile],
        groups=[],
        stages=[],
        margins=[],
        is_designed=False,
        columns=[SumColumn(each, Derived(each, (), Text((("en", each),))), {"1": SMALL}) for each in hostile],
    )
    out = BytesIO()
    records = [[each] * len(file.header()) for each in hostile]
    assert write_research_file(file, records, say=say, out=out) == len(hostile)
    cells = [cell for text in texts_of(out) for cell in cells_of(text)]
    assert sum(MARK in cell for cell in cells) > 100 * 100
    assert [cell for cell in cells if begins_a_formula(cell)] == []


def texts_of(packed: Path | BytesIO) -> list[str]:
    with ZipFile(packed) as file:
        return [file.read(name).decode("utf-8-sig") for name in ("records.csv", "codebook.csv")]


def cells_of(text: str) -> list[str]:
    return [cell for row in csv.reader(StringIO(text, newline=""), strict=True) for cell in row]


def plant(database: Urls) -> None:
    """A formula before the code of each area: every kind of it, as far as there are areas."""
    owner, words = create_engine(database.migrator), formulas()
    with owner.begin() as connection:
        connection.execute(
            text("UPDATE main.sharing_agreement SET reference = :r WHERE allows = 'research'"),
            {"r": f"={MARK}"},
        )
        for id_ in connection.execute(text("SELECT id FROM main.area ORDER BY id")).scalars().all():
            connection.execute(
                text("UPDATE main.area SET code = :f || code WHERE id = :id"), {"f": next(words), "id": id_}
            )
    owner.dispose()
