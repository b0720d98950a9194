import json
import stat
from datetime import timedelta
from pathlib import Path
from secrets import token_urlsafe

import pytest

from lsp_assess.config import Environment, Misconfigured, SmtpSecurity, load_config
from tests.trust_run import Figure

APPLICATION = "postgresql+psycopg://lsp_application:pw@db.example.org/lsp"


def production(**changes: str) -> dict[str, str]:
    return {
        "LSP_ENVIRONMENT": "production",
        "LSP_SECRET_KEY": token_urlsafe(48),
        "LSP_PASSWORD_SALT": token_urlsafe(48),
        "LSP_TOTP_SECRETS": f"1:{token_urlsafe(48)},2:{token_urlsafe(48)}",
        "LSP_BASE_URL": "https://survey.example.org",
        "LSP_DATABASE_URL": APPLICATION,
        "LSP_SMTP_HOST": "mail.example.org",
        "LSP_SMTP_FROM": "survey@example.org",
    } | changes


def faults_of(environ: dict[str, str]) -> str:
    with pytest.raises(Misconfigured) as refused:
        load_config(environ)
    return str(refused.value)


def test_production_takes_what_it_is_told(tmp_path: Path) -> None:
    config = load_config(production(LSP_INSTANCE=str(tmp_path)))
    assert config.environment is Environment.PRODUCTION
    assert config.databases is not None
    assert config.databases.application == APPLICATION
    assert config.databases.migrator is None
    assert sorted(config.totp_secrets) == ["1", "2"]
    assert config.smtp is not None
    assert (config.smtp.port, config.smtp.security) == (587, SmtpSecurity.STARTTLS)
    assert config.sessions.idle == timedelta(hours=1)
    assert list(tmp_path.iterdir()) == []


PLACEHOLDERS = (
    "change-me",
    "",
    "CHANGEME-CHANGEME-CHANGEME-CHANGEME",
    "a" * 64,
    "your-secret-key-goes-in-here-please-now",
    "short",
)


def test_a_placeholder_is_refused_by_name_and_never_repeated(figure: Figure) -> None:  # trust C3
    refused = 0
    for name in ("LSP_SECRET_KEY", "LSP_PASSWORD_SALT"):
        for placeholder in PLACEHOLDERS:
            said = faults_of(production(**{name: placeholder}))
            assert name in said
            assert not placeholder or placeholder not in said
            refused += 1
    figure(f"{refused} starts with a placeholder for a secret: {refused} refused by its name, 0 repeated it")


@pytest.mark.parametrize(
    ("name", "nonsense"),
    [
        ("LSP_ENVIRONMENT", "staging"),
        ("LSP_TOTP_SECRETS", ""),
        ("LSP_TOTP_SECRETS", "no-number-7QmZ4vXw2LrT9sKd8HfB3nYc6JpG"),
        ("LSP_TOTP_SECRETS", "1:change-me"),
        ("LSP_BASE_URL", "http://survey.example.org"),
        ("LSP_BASE_URL", "survey.example.org"),
        ("LSP_BASE_URL", "https://survey.example.org/?a=b"),
        ("LSP_BASE_URL", "javascript://survey.example.org"),
        ("LSP_DATABASE_URL", "sqlite:///survey.db"),
        ("LSP_DATABASE_URL", ""),
        ("LSP_MIGRATOR_DATABASE_URL", "mysql://x"),
        ("LSP_SMTP_HOST", ""),
        ("LSP_SMTP_FROM", "nobody"),
        ("LSP_SMTP_PORT", "0"),
        ("LSP_SMTP_PORT", "5 8 7"),
        ("LSP_SMTP_PORT", "٥٨٧"),
        ("LSP_SMTP_SECURITY", "none"),
        ("LSP_SMTP_SECURITY", "ssl"),
        ("LSP_SMTP_USER", "somebody"),
        ("LSP_SESSION_IDLE_MINUTES", "-1"),
        ("LSP_SESSION_IDLE_MINUTES", "1440"),
        ("LSP_SESSION_ABSOLUTE_HOURS", "NaN"),
        ("FLASK_DEBUG", "1"),
    ],
)
def test_nonsense_stops_production(name: str, nonsense: str) -> None:  # trust C3
    assert name in faults_of(production(**{name: nonsense}))


def test_the_application_may_not_sign_in_as_migrator() -> None:
    assert "must not sign in as migrator" in faults_of(production(LSP_MIGRATOR_DATABASE_URL=APPLICATION))


def test_one_secret_may_not_do_two_jobs() -> None:
    twin = token_urlsafe(48)
    assert "must differ" in faults_of(production(LSP_SECRET_KEY=twin, LSP_PASSWORD_SALT=twin))


def test_every_fault_is_told_at_once() -> None:
    said = faults_of({"LSP_ENVIRONMENT": "production"})
    for name in ("SECRET_KEY", "PASSWORD_SALT", "TOTP_SECRETS", "BASE_URL", "DATABASE_URL", "SMTP_HOST"):
        assert f"LSP_{name}" in said


def test_no_secret_shows_in_a_log_of_the_settings() -> None:
    environ = production(LSP_SMTP_USER="u", LSP_SMTP_PASSWORD="canary-of-the-mail-server")
    shown = repr(load_config(environ))
    for name in (
        "LSP_SECRET_KEY",
        "LSP_PASSWORD_SALT",
        "LSP_TOTP_SECRETS",
        "LSP_DATABASE_URL",
        "LSP_SMTP_PASSWORD",
    ):
        assert environ[name].removeprefix("1:").split(",")[0] not in shown


def test_development_makes_its_secrets_once_for_its_user_alone(tmp_path: Path) -> None:
    environ = {"LSP_INSTANCE": str(tmp_path / "a folder")}
    first, second = load_config(environ), load_config(environ)
    assert first == second
    assert first.databases is None
    assert first.smtp is None
    kept = tmp_path / "a folder" / "secrets.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert json.loads(kept.read_text())["LSP_SECRET_KEY"] == first.secret_key
    assert [file.name for file in kept.parent.iterdir()] == ["secrets.json"]


def test_two_installations_share_no_secret(tmp_path: Path) -> None:
    one, other = (load_config({"LSP_INSTANCE": str(tmp_path / name)}) for name in ("one", "other"))
    assert one.secret_key != other.secret_key
