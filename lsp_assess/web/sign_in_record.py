"""Each step of a sign-in, in the audit log of no partnership; and what a new pass phrase ends."""

from typing import Any, cast

from flask import Flask, session
from flask_login import user_logged_out
from flask_security import MfRecoveryCodesUtil
from flask_security.signals import (
    password_changed,
    password_reset,
    reset_password_instructions_sent,
    tf_disabled,
    tf_profile_changed,
    user_authenticated,
)
from sqlalchemy.orm import Session

from lsp_assess.database import audit
from lsp_assess.database.models.access import Account
from lsp_assess.database.web_sessions import end_all_of
from lsp_assess.web.sign_in import accounts
from lsp_assess.web.transactions import clock

SIGNED_IN_BY = "signed_in_by"
INVITATION = "invitation"


class RecoveryCodes(MfRecoveryCodesUtil):
    """Flask-Security sends no signal of these."""

    def create_recovery_codes(self, user: Any) -> list[str]:
        made = super().create_recovery_codes(user)
        _record("recovery_codes_made", user)
        return made

    def delete_recovery_code(self, user: Any, code: str) -> bool:
        used = super().delete_recovery_code(user, code)
        _record("recovery_code_used", user)
        return used


def install(app: Flask) -> None:
    user_authenticated.connect(_signed_in, app)
    user_logged_out.connect(_signed_out, app)
    password_changed.connect(_pass_phrase_changed, app)
    reset_password_instructions_sent.connect(_pass_phrase_link_sent, app)
    password_reset.connect(_pass_phrase_changed, app)
    tf_profile_changed.connect(_second_factor_set, app)
    tf_disabled.connect(_second_factor_set, app)


def _signed_in(_app: Flask, *, user: Account, **_rest: Any) -> None:
    session.pop(SIGNED_IN_BY, None)  # how the last one on this browser came in says nothing of this one
    _record("signed_in", user)


def _signed_out(_app: Flask, *, user: object, **_rest: Any) -> None:
    session.pop(SIGNED_IN_BY, None)
    if isinstance(user, Account):
        _record("signed_out", user)


def _pass_phrase_link_sent(_app: Flask, *, user: Account, **_rest: Any) -> None:
    _record("pass_phrase_link_sent", user)


def _pass_phrase_changed(_app: Flask, *, user: Account, **_rest: Any) -> None:
    end_all_of(cast("Session", accounts), user)
    _record("pass_phrase_changed", user)


def _second_factor_set(_app: Flask, *, user: Account, **_rest: Any) -> None:
    _record("second_factor_set", user)


def _record(event: str, account: Account) -> None:
    audit.record(
        cast("Session", accounts),
        event=event,
        at=clock().now(),
        account_id=account.id,
        object_kind="account",
        object_id=account.id,
    )
