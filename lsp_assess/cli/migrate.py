import click
from sqlalchemy.exc import OperationalError

from lsp_assess.cli.database import configured, make_roles
from lsp_assess.config import Config
from lsp_assess.database.bootstrap import missing_roles
from lsp_assess.database.migrate import upgrade
from lsp_assess.shipped import shipped_folder


@click.command()
def migrate() -> None:
    """Bring the database to this version, one migration a transaction."""
    with configured() as config:
        make_roles(config)
        bring_up_to_date(config)


def _check_roles(migrator: str) -> None:
    try:
        missing = missing_roles(migrator)
    except OperationalError as refused:
        raise click.ClickException(f"The database does not take in the migrator. {refused.orig}") from refused
    if missing:
        raise click.ClickException(
            f"The database server lacks the roles {', '.join(missing)}. Make them as docs/running.md says, or"
            " give a superuser’s address in LSP_BOOTSTRAP_DATABASE_URL"
        )


def bring_up_to_date(config: Config) -> None:
    if config.databases is None or config.databases.migrator is None:
        raise click.ClickException("LSP_MIGRATOR_DATABASE_URL is missing: the application may not migrate")
    _check_roles(config.databases.migrator)
    upgrade(config.databases.migrator, scripts=shipped_folder("migrations"))
