"""Sign-in by Flask-Security: argon2id pass phrases, a second factor by TOTP, passkeys."""

from typing import Any, cast

from flask import Flask
from flask_security import MailUtil, RoleMixin, Security, SQLAlchemySessionUserDatastore
from sqlalchemy.orm import Session, scoped_session
from werkzeug.local import LocalProxy

from lsp_assess.config import Config
from lsp_assess.database.mail import post
from lsp_assess.database.models.access import Account, Passkey
from lsp_assess.database.session import Scope
from lsp_assess.web.transactions import clock, session_of

# Accounts stand outside partnerships, and are looked up before it is known who asks.
accounts = LocalProxy(lambda: session_of(Scope()))


class NoRole(RoleMixin):
    """Flask-Security wants a role model; what people may do stands in memberships instead."""


class Accounts(SQLAlchemySessionUserDatastore):
    """Commits with the request, never in the middle of it."""

    def commit(self) -> None:
        self.db.session.flush()


class OutboxMail(MailUtil):
    """Flask-Security's mail goes to the outbox like everybody's."""

    def send_mail(
        self,
        template: str,  # noqa: ARG002  the library hands over more than plain text needs
        subject: str,
        recipient: str | tuple[str, str],
        sender: str | tuple[str, str],  # noqa: ARG002
        body: str | None,
        html: str | None,  # noqa: ARG002
        **kwargs: Any,  # noqa: ARG002
    ) -> None:
        post(cast("Session", accounts), to=str(recipient), subject=subject, body=body or "", at=clock().now())


def install(app: Flask) -> None:
    config: Config = app.extensions["lsp_config"]
    app.config.update(
        SECURITY_PASSWORD_SALT=config.password_salt,
        SECURITY_PASSWORD_HASH="argon2",  # noqa: S106  the method, not a password
        SECURITY_PASSWORD_LENGTH_MIN=12,
        SECURITY_PASSWORD_SINGLE_HASH=False,
        SECURITY_TOTP_SECRETS=dict(config.totp_secrets),
        SECURITY_TOTP_ISSUER="lsp_assess",
        SECURITY_TWO_FACTOR=True,
        SECURITY_TWO_FACTOR_ENABLED_METHODS=["authenticator"],
        SECURITY_TWO_FACTOR_ALWAYS_VALIDATE=True,
        SECURITY_TWO_FACTOR_RESCUE_EMAIL=False,
        SECURITY_MULTI_FACTOR_RECOVERY_CODES=True,
        SECURITY_CHANGEABLE=True,
        SECURITY_RECOVERABLE=True,
        SECURITY_REGISTERABLE=False,
        SECURITY_SEND_REGISTER_EMAIL=False,
        SECURITY_RETURN_GENERIC_RESPONSES=True,
        SECURITY_EMAIL_SENDER="no-reply@localhost",
        SECURITY_EMAIL_VALIDATOR_ARGS={"check_deliverability": False},
        SECURITY_JOIN_USER_ROLES=False,
        SECURITY_URL_PREFIX="/account",
        SECURITY_POST_LOGIN_VIEW="/",
        SECURITY_POST_LOGOUT_VIEW="/",
        SECURITY_LOGIN_USER_TEMPLATE="pages/security/login.html",
        SECURITY_REDIRECT_ALLOW_SUBDOMAINS=False,
    )
    store = Accounts(cast("scoped_session[Session]", accounts), Account, NoRole, webauthn_model=Passkey)
    Security(app, store, mail_util_cls=OutboxMail)
