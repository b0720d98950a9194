"""Our parts of Flask-Security: where accounts are kept, how its mail leaves, and its forms."""

from typing import Any, cast

from flask import redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import MailUtil, RoleMixin, SQLAlchemySessionUserDatastore, current_user, hash_password
from flask_security.forms import ForgotPasswordForm, LoginForm, VerifyForm
from flask_security.utils import get_message
from sqlalchemy.orm import Session
from werkzeug.local import LocalProxy

from lsp_assess.database.mail import post
from lsp_assess.database.models.access import Account
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

    def find_user(self, case_insensitive: bool = False, **wanted: Any) -> Account | None:
        """The account that came with the session is not asked for again."""
        own = getattr(session, "account", None)
        if own is not None and wanted == {"fs_uniquifier": own.fs_uniquifier}:
            return cast("Account", own)
        return cast("Account | None", super().find_user(case_insensitive=case_insensitive, **wanted))


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


class SignInForm(LoginForm):
    """Nobody is remembered beyond the limits of a session."""

    remember = None  # type: ignore[assignment]  # so WTForms leaves a field out


def stay_signed_in() -> ResponseReturnValue | None:
    """Flask-Security signs out who opens the page of the code without being asked for one: a link to it would
    do that to anybody."""
    asked = session.get("tf_state") == "validating_profile"
    if (
        request.endpoint == "security.two_factor_token_validation"
        and current_user.is_authenticated
        and not asked
    ):
        return redirect(url_for("accounts.overview"))
    return None


class ForgottenForm(ForgotPasswordForm):
    def validate(self, **kwargs: Any) -> bool:
        """Takes as long for an address that is known: for others Flask-Security makes a hash too."""
        known = bool(super().validate(**kwargs))
        if known:
            hash_password("not-a-password")
        return known


class StillYouForm(VerifyForm):
    def validate(self, **kwargs: Any) -> bool:
        """Who came by a link may have no pass phrase yet; Flask-Security would look for its hash."""
        if not self.user.password:
            self.password.errors = [get_message("INVALID_PASSWORD")[0]]
            return False
        return bool(super().validate(**kwargs))
