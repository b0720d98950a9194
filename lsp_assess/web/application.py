"""The Flask application: one transaction a request, committed at the edge."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFProtect
from sqlalchemy import Connection, Engine
from werkzeug.middleware.proxy_fix import ProxyFix

from lsp_assess.config import LOOPBACK, Config, Environment
from lsp_assess.database.session import make_engine
from lsp_assess.kernel.clock import Clock, SystemClock
from lsp_assess.kernel.errors import KeptConflict
from lsp_assess.shipped import shipped_folder
from lsp_assess.web import (
    encoding,
    errors,
    gate,
    headers,
    languages,
    origins,
    pages,
    rate_limits,
    security,
    sessions,
    transactions,
)

MEBIBYTE = 1024 * 1024
FRESH = timedelta(minutes=10)
"""How long a browser keeps styles and scripts before it asks again, which is ten requests a page on a
telephone; and the longest that one waits for new ones after an upgrade."""


class Application(Flask):
    """Commits what a view changed before its answer leaves; an error page takes nothing with it."""

    def dispatch_request(self) -> Response:
        try:
            answer: ResponseReturnValue = super().dispatch_request()
        except KeptConflict:
            transactions.commit()
            raise
        response = self.make_response(answer)
        transactions.finish(response)
        return response

    def log_exception(self, exc_info: Any) -> None:
        """By endpoint: an address may hold a token."""
        self.logger.error("Exception in %s [%s]", request.endpoint, request.method, exc_info=exc_info)


def create_app(
    config: Config, *, clock: Clock | None = None, bind: Engine | Connection | None = None
) -> Flask:
    """`bind` overrides the configured database (a test's connection); `clock` the system's."""
    app = Application(
        "lsp_assess.web",
        template_folder=str(shipped_folder("templates")),
        static_folder="static",
    )
    app.config.update(_settings(config))
    app.extensions["lsp_config"] = config
    app.extensions["lsp_clock"] = clock or SystemClock()
    app.extensions["lsp_bind"] = bind or _engine(config)
    app.jinja_env.globals["is_for_trying"] = config.environment is Environment.DEVELOPMENT
    sessions.install(app, limits=config.sessions)
    encoding.install(app)
