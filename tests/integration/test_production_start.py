"""Real processes with the settings of production, on a database that may forget."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import make_url

from lsp_assess.database.bootstrap import Urls
from tests.trust_run import Figure
from tests.unit.test_config import production

COMMANDS = {
    "web": ("-c", "import lsp_assess.web.wsgi"),
    "worker": ("-m", "lsp_assess.cli", "worker"),
    "serve": ("-m", "lsp_assess.cli", "serve", "--port", "1"),
}


@pytest.mark.parametrize("process", COMMANDS)
def test_in_production_no_process_starts_on_a_database_that_may_forget(
    process: str, database: Urls, tmp_path: Path, figure: Figure
) -> None:  # trust D2
    settings = production(LSP_DATABASE_URL=database.application, LSP_INSTANCE=str(tmp_path))
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LSP_")}
    done = subprocess.run(
        [sys.executable, *COMMANDS[process]],
        env=environ | settings,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1
    assert "Refused to start [database_may_forget]" in done.stderr
    assert "fsync = off" in done.stderr
    assert "Traceback" not in done.stderr
    assert str(make_url(database.application).password) not in done.stderr
    figure(f"{process} in production on a database that may forget: refused")
