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
    sensitive_reads,
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
        sensitive_reads.write_down(response)
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
    CSRFProtect(app)
    origins.install(app)
    languages.install(app)
    security.install(app)
    pages.install(app)
    rate_limits.install(app)
    gate.install(app)
    transactions.install(app)
    headers.install(app)
    errors.install(app)
    if config.environment is Environment.PRODUCTION:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=1, x_proto=1)  # type: ignore[method-assign]
    return app


def _engine(config: Config) -> Engine:
    assert config.databases is not None, "serve hands the database's address down"  # noqa: S101
    return make_engine(config.databases.application)


def _settings(config: Config) -> dict[str, Any]:
    https = config.base_url.startswith("https://")
    return {
        "SECRET_KEY": config.secret_key,
        "SESSION_COOKIE_NAME": "__Host-session" if https else "session",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_HTTPONLY": True,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_PATH": "/",
        "MAX_CONTENT_LENGTH": 20 * MEBIBYTE,
        "MAX_FORM_MEMORY_SIZE": 2 * MEBIBYTE,
        "MAX_FORM_PARTS": 2000,
        "WTF_CSRF_TIME_LIMIT": None,
        "WTF_CSRF_SSL_STRICT": False,  # it asks for a Referer, which we do not send; `origins` checks instead
        "TRUSTED_HOSTS": _hosts(config),
        "TEMPLATES_AUTO_RELOAD": False,
        "SEND_FILE_MAX_AGE_DEFAULT": FRESH,
    }


def _hosts(config: Config) -> list[str]:
    """Links in mail are made from the host asked for, so that only our own is answered."""
    ours = [str(urlsplit(config.base_url).hostname)]
    return ours if config.environment is Environment.PRODUCTION else [*ours, *LOOPBACK]
