import click

from lsp_assess.cli.database import configured, make_roles
from lsp_assess.config import Config
from lsp_assess.database.migrate import upgrade
from lsp_assess.shipped import shipped_folder


@click.command()
def migrate() -> None:
    """Bring the database to this version, one migration a transaction."""
    with configured() as config:
        make_roles(config)
        bring_up_to_date(config)


def bring_up_to_date(config: Config) -> None:
    if config.databases is None or config.databases.migrator is None:
        raise click.ClickException("LSP_MIGRATOR_DATABASE_URL is missing: the application may not migrate")
    upgrade(config.databases.migrator, scripts=shipped_folder("migrations"))
