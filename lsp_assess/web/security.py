"""Sign-in by Flask-Security: argon2id pass phrases, and a second factor by TOTP with recovery codes."""

from datetime import timedelta
from typing import Any, cast

from flask import Flask
from flask_security import Security
from sqlalchemy.orm import Session, scoped_session

from lsp_assess.config import Config
from lsp_assess.database.models.access import Account, Passkey
from lsp_assess.web import sign_in_record
from lsp_assess.web.pass_phrases import SHORTEST, PassPhrases
from lsp_assess.web.second_factor import OneTimeCodes
from lsp_assess.web.sign_in import (
    Accounts,
    ForgottenForm,
    NoRole,
    OutboxMail,
    SignInForm,
    StillYouForm,
    accounts,
    stay_signed_in,
)
from lsp_assess.web.sign_in_record import RecoveryCodes
from lsp_assess.web.sign_in_words import MESSAGES, SUBJECTS

FRESH = timedelta(minutes=15)


def install(app: Flask) -> None:
    config: Config = app.extensions["lsp_config"]
    app.config.update(_pass_phrases(config))
    app.config.update(_second_factor(config))
    app.config.update(_manners())
    store = Accounts(cast("scoped_session[Session]", accounts), Account, NoRole, webauthn_model=Passkey)
    security = Security(
        app,
        store,
        login_form=SignInForm,
        forgot_password_form=ForgottenForm,
        verify_form=StillYouForm,
        mail_util_cls=OutboxMail,
        password_util_cls=PassPhrases,
        totp_cls=OneTimeCodes,
        mf_recovery_codes_util_cls=RecoveryCodes,
    )
    security.want_json(lambda _request: False)  # pages only; its interface for programs does not exist
    security.login_manager.request_loader(lambda _request: None)  # nor its tokens
    app.before_request(stay_signed_in)
    sign_in_record.install(app)


def _pass_phrases(config: Config) -> dict[str, Any]:
    return {
        "SECURITY_PASSWORD_SALT": config.password_salt,
        "SECURITY_PASSWORD_HASH": "argon2",
        "SECURITY_PASSWORD_SCHEMES": ["argon2"],
        # What a link to set a pass phrase holds of the hash in force; a slow one would tell who is known.
        "SECURITY_HASHING_SCHEMES": ["hex_sha256"],
        "SECURITY_DEPRECATED_HASHING_SCHEMES": [],
        "SECURITY_PASSWORD_LENGTH_MIN": SHORTEST,
        "SECURITY_PASSWORD_SINGLE_HASH": False,
        "SECURITY_CHANGEABLE": True,
        "SECURITY_RECOVERABLE": True,
        "SECURITY_RESET_PASSWORD_WITHIN": timedelta(hours=4),
        "SECURITY_EMAIL_SENDER": "no-reply@localhost",
        "SECURITY_EMAIL_HTML": False,
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    }


def _second_factor(config: Config) -> dict[str, Any]:
    return {
        "SECURITY_TOTP_SECRETS": dict(config.totp_secrets),
        "SECURITY_TOTP_ISSUER": "lsp_assess",
        "SECURITY_TWO_FACTOR": True,
        "SECURITY_TWO_FACTOR_ENABLED_METHODS": ["authenticator"],
        "SECURITY_TWO_FACTOR_ALWAYS_VALIDATE": True,
        "SECURITY_TWO_FACTOR_AUTHENTICATOR_VALIDITY": 30,
        "SECURITY_TWO_FACTOR_RESCUE_EMAIL": False,
        "SECURITY_TWO_FACTOR_POST_SETUP_VIEW": "/account/",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES": True,
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_N": 10,
        "SECURITY_FRESHNESS": FRESH,
        "SECURITY_FRESHNESS_GRACE_PERIOD": FRESH,
    }


def _manners() -> dict[str, Any]:
    return {
        "SECURITY_API_ENABLED_METHODS": ["session"],
        "SECURITY_REGISTERABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_REDIRECT_ALLOW_SUBDOMAINS": False,
        "SECURITY_JOIN_USER_ROLES": False,
        "SECURITY_URL_PREFIX": "/account",
        "SECURITY_LOGIN_URL": "/sign-in",
        "SECURITY_LOGOUT_URL": "/sign-out",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_RESET_URL": "/pass-phrase/forgotten",
        "SECURITY_CHANGE_URL": "/pass-phrase",
        "SECURITY_VERIFY_URL": "/still-you",
        "SECURITY_TWO_FACTOR_SETUP_URL": "/authenticator",
        "SECURITY_TWO_FACTOR_TOKEN_VALIDATION_URL": "/code",
        "SECURITY_MULTI_FACTOR_RECOVERY_CODES_URL": "/recovery-codes",
        "SECURITY_MULTI_FACTOR_RECOVERY_URL": "/recovery",
        "SECURITY_POST_LOGIN_VIEW": "/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_POST_CHANGE_VIEW": "/account/",
        "SECURITY_POST_VERIFY_VIEW": "/account/",
        **{f"SECURITY_MSG_{key}": words for key, words in MESSAGES.items()},
        **{f"SECURITY_{key}": words for key, words in SUBJECTS.items()},
    }
