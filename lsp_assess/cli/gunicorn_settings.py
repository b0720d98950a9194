"""`gunicorn --config python:lsp_assess.cli.gunicorn_settings lsp_assess.web.wsgi:app`: a web process."""

import sys
from typing import Any

from gunicorn.glogging import Logger


class WithoutAddresses(Logger):  # type: ignore[misc]  # gunicorn has no types
    """gunicorn tells of a request that it cannot read, and of one that broke, in the words of the request:
    its address may hold a token, its headers the session."""

    def warning(self, msg: str, *args: Any, **kwargs: Any) -> None:
        told, quoted, _ = msg.partition(": ")
        if quoted and told.startswith("Invalid request"):
            kind = sys.exc_info()[0]
            msg = f"{told} ({kind.__name__ if kind else 'unknown'})"
        super().warning(msg, *args, **kwargs)

    def exception(self, msg: Any, *args: Any, **kwargs: Any) -> None:
        if str(msg).startswith("Error handling request"):
            msg, args = "Error handling request", ()
        super().exception(msg, *args, **kwargs)


loglevel = "warning"
logger_class = WithoutAddresses
workers = 2
worker_class = "gthread"
threads = 4
timeout = 60
preload_app = True
control_socket_disable = True
