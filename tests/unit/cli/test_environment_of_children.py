from pathlib import Path

from lsp_assess.cli.serve import environment_of_children
from lsp_assess.config import load_config

OWN = "postgresql+psycopg://lsp_application:a@/lsp"
MIGRATOR = "postgresql+psycopg://lsp_migrator:m@/lsp"
BOOTSTRAP = "postgresql+psycopg://lsp_bootstrap:b@/lsp"


def test_web_and_worker_are_told_the_applications_address_and_no_other(tmp_path: Path) -> None:
    told = {
        "LSP_DATABASE_URL": OWN,
        "LSP_MIGRATOR_DATABASE_URL": MIGRATOR,
        "LSP_BOOTSTRAP_DATABASE_URL": BOOTSTRAP,
        "LSP_INSTANCE": str(tmp_path),
        "PATH": "/usr/bin",
    }
    handed_down = environment_of_children(load_config(told), told)
    assert handed_down["LSP_DATABASE_URL"] == OWN
    assert handed_down["PATH"] == "/usr/bin"
    assert MIGRATOR not in handed_down.values()
    assert BOOTSTRAP not in handed_down.values()


def test_children_read_the_same_settings_from_any_folder(tmp_path: Path) -> None:
    told = {"LSP_DATABASE_URL": OWN, "LSP_INSTANCE": str(tmp_path), "LSP_BASE_URL": "http://localhost:9000"}
    config = load_config(told)
    assert load_config(environment_of_children(config, {})) == config
