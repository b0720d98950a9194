import subprocess
import sys

import pytest
from click.testing import CliRunner

from lsp_assess.cli import COMMANDS, main

HEAVY = (
    "sqlalchemy",
    "pandas",
    "numpy",
    "scipy",
    "altair",
    "weasyprint",
    "flask",
    "procrastinate",
    "psycopg",
    "yaml",
)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_that_help_lists_can_be_called(name: str) -> None:
    said = CliRunner().invoke(main, [name, "--help"])
    assert said.exit_code == 0, said.output
    assert said.output.startswith(f"Usage: main {name}")


def test_an_unknown_command_is_named_in_the_refusal() -> None:
    said = CliRunner().invoke(main, ["publish-everything"])
    assert said.exit_code == 2
    assert "publish-everything" in said.output


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys; from click.testing import CliRunner; from lsp_assess.cli import main;"
        "assert CliRunner().invoke(main, ['--help']).exit_code == 0;"
        f"print(*(name for name in {HEAVY!r} if name in sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == ""
