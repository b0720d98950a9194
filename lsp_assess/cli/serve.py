"""The site on this computer: database, web processes and worker under one roof."""

import os
import socket
import sys
from collections.abc import Callable, Mapping
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException

import click

from lsp_assess.actions.starting import check_start
from lsp_assess.cli.database import configured
from lsp_assess.cli.migrate import bring_up_to_date
from lsp_assess.cli.supervision import Child, supervise
from lsp_assess.cli.tending import tending
from lsp_assess.config import Config, Environment
from lsp_assess.kernel.clock import SystemClock

HOST = "127.0.0.1"
PORT = 8000
NOT_FOR_THE_WEB = ("LSP_MIGRATOR_DATABASE_URL", "LSP_BOOTSTRAP_DATABASE_URL")


@click.command()
@click.option("--port", default=PORT, show_default=True, help="Where on 127.0.0.1 the site answers.")
def serve(port: int) -> None:
    """Serve the site with its worker until Ctrl-C; the embedded database is migrated first."""
    with configured(LSP_BASE_URL=address(port)) as config:
        if config.databases is not None and config.databases.migrator is not None:
            bring_up_to_date(config)
        serve_site(
            config, port=port, announce=lambda: click.echo(f"Serving at {address(port)} (Ctrl-C stops)")
        )


def address(port: int) -> str:
    return f"http://{HOST}:{port}"


def serve_site(config: Config, *, port: int, announce: Callable[[], None]) -> None:
    """Blocks until SIGTERM or Ctrl-C; `announce` is called once the site answers."""
    if _is_taken(port):
        raise click.ClickException(f"Something answers at {address(port)} already: end it, or give --port")
    assert config.databases is not None  # noqa: S101  `configured` fills it
    check_start(config.databases.application, must_keep=config.environment is Environment.PRODUCTION)
    environ = environment_of_children(config, os.environ)
    supervise(
        (
            Child("web server", (sys.executable, *web_server(port)), environ),
            Child("worker", (sys.executable, "-m", "lsp_assess.cli", "worker"), environ),
        ),
        ready=lambda: _has_a_page(port),
        announce=announce,
        tend=tending(config, clock=SystemClock()),
    )


def environment_of_children(config: Config, environ: Mapping[str, str]) -> dict[str, str]:
    """They sign in to the database as the application and cannot do otherwise."""
    assert config.databases is not None  # noqa: S101  `configured` fills it
    kept = {name: value for name, value in environ.items() if name not in NOT_FOR_THE_WEB}
    return kept | {
        "LSP_DATABASE_URL": config.databases.application,
        "LSP_BASE_URL": config.base_url,
        "LSP_INSTANCE": str(config.instance),
    }


def web_server(
    port: int, *, application: str = "lsp_assess.web.wsgi:app", workers: int = 2
) -> tuple[str, ...]:
    """What to hand to Python."""
    return (
        *("-m", "gunicorn", "--config", "python:lsp_assess.cli.gunicorn_settings"),
        *(application, "--bind", f"{HOST}:{port}", "--workers", str(workers)),
    )


def _is_taken(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _has_a_page(port: int) -> bool:
    """A socket that is open is not enough: the web processes may still be loading."""
    connection = HTTPConnection(HOST, port, timeout=2)
    try:
        connection.request("HEAD", "/")
        return connection.getresponse().status < HTTPStatus.INTERNAL_SERVER_ERROR
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
