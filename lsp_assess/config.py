"""What one installation is told: parsed once, frozen, refused as a whole when any of it is nonsense.

Read by `web`, `cli`, `jobs` and the migrations' environment only. Everything comes from variables that
start with `LSP_`; in development what is secret is made once and kept in `instance/secrets.json`.
"""

import json
import os
import re
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from pathlib import Path
from secrets import token_urlsafe
from types import MappingProxyType

SHORTEST_SECRET = 32
PLACEHOLDERS = (
    "change-me",
    "changeme",
    "change_me",
    "replace",
    "placeholder",
    "secret",
    "example",
    "password",
)
SECRETS = ("LSP_SECRET_KEY", "LSP_PASSWORD_SALT", "LSP_TOTP_SECRETS")
LOOPBACK = ("127.0.0.1", "localhost")
ADDRESS = re.compile(r"(?P<scheme>https?)://(?P<host>[A-Za-z0-9.-]+)(:\d{1,5})?(/[\w./-]*)?", re.ASCII)


class Environment(StrEnum):
    DEVELOPMENT = "development"
    PRODUCTION = "production"


class SmtpSecurity(StrEnum):
    STARTTLS = "starttls"
    TLS = "tls"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Databases:
    """Addresses by role. A web process is given `application` alone. `embedded` is the folder of the
    server, where it is our own."""

    application: str = field(repr=False)
    migrator: str | None = field(default=None, repr=False)
    bootstrap: str | None = field(default=None, repr=False)
    embedded: Path | None = None


@dataclass(frozen=True, slots=True)
class Smtp:
    host: str
    port: int
    security: SmtpSecurity
    sender: str
    user: str | None = None
    password: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class SessionLimits:
    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class Config:
    """`databases` is None where the embedded PostgreSQL is to be started; `smtp` is None where mail goes
    to the catcher page."""

    environment: Environment
    secret_key: str = field(repr=False)
    password_salt: str = field(repr=False)
    totp_secrets: Mapping[str, str] = field(repr=False)
    base_url: str
    databases: Databases | None
    instance: Path
    audit_head_folder: Path
    smtp: Smtp | None
    sessions: SessionLimits


class Misconfigured(Exception):
    """Names every variable that is wrong, and never its value."""

    def __init__(self, faults: tuple[str, ...]) -> None:
        super().__init__("Settings refused:\n" + "\n".join(f"  {fault}" for fault in faults))
        self.faults = faults


def load_config(environ: Mapping[str, str]) -> Config:
    """Parse `environ`; raises Misconfigured with all faults at once."""
    reader = _Reader(environ)
    environment = reader.environment()
    instance = Path(environ.get("LSP_INSTANCE", "instance")).absolute()
    secrets = _development_secrets(instance) if environment is Environment.DEVELOPMENT else {}
    config = Config(
        environment=environment,
        secret_key=reader.secret("LSP_SECRET_KEY", secrets),
        password_salt=reader.secret("LSP_PASSWORD_SALT", secrets),
        totp_secrets=reader.totp_secrets(secrets),
        base_url=reader.base_url(environment),
        databases=reader.databases(environment),
        instance=instance,
        audit_head_folder=Path(environ.get("LSP_AUDIT_HEAD_FOLDER", instance / "audit-heads")).absolute(),
        smtp=reader.smtp(environment),
        sessions=reader.sessions(),
    )
    reader.refuse_twins(config)
    if reader.faults:
        raise Misconfigured(tuple(reader.faults))
    return config


@dataclass
class _Reader:
    environ: Mapping[str, str]
    faults: list[str] = field(default_factory=list)

    def environment(self) -> Environment:
        given = self.environ.get("LSP_ENVIRONMENT", Environment.DEVELOPMENT)
        if given not in tuple(Environment):
            self.faults.append("LSP_ENVIRONMENT: must be development or production")
            return Environment.PRODUCTION
        if given == Environment.PRODUCTION and self.environ.get("FLASK_DEBUG", "0") not in ("", "0"):
            self.faults.append("FLASK_DEBUG: must not be set in production")
        return Environment(given)

    def secret(self, name: str, made: Mapping[str, str]) -> str:
        value = self.environ.get(name) or made.get(name, "")
        self._judge_secret(name, value)
        return value

    def totp_secrets(self, made: Mapping[str, str]) -> Mapping[str, str]:
        """`LSP_TOTP_SECRETS` is `1:first,2:second`; the highest number encrypts, all of them decrypt."""
        name = "LSP_TOTP_SECRETS"
        given = self.environ.get(name) or made.get(name, "")
        found: dict[str, str] = {}
        for part in filter(None, (piece.strip() for piece in given.split(","))):
            number, _, value = part.partition(":")
            if not number.isdigit() or number in found:
                self.faults.append(f"{name}: each part is a number of its own, a colon and a secret")
                continue
            self._judge_secret(name, value)
            found[number] = value
        if not found:
            self.faults.append(f"{name}: is missing; write 1: and a random text of 32 characters or more")
        return MappingProxyType(found)

    def base_url(self, environment: Environment) -> str:
        name = "LSP_BASE_URL"
        default = "http://127.0.0.1:8000" if environment is Environment.DEVELOPMENT else ""
        url = self.environ.get(name, default).rstrip("/")
        address = ADDRESS.fullmatch(url)
        if address is None:
            self.faults.append(f"{name}: must be the public address, such as https://survey.example.org")
        elif address["scheme"] == "http" and (
            environment is Environment.PRODUCTION or address["host"] not in LOOPBACK
        ):
            self.faults.append(f"{name}: must start with https:// except on this computer in development")
        return url

    def databases(self, environment: Environment) -> Databases | None:
        names = ("LSP_DATABASE_URL", "LSP_MIGRATOR_DATABASE_URL", "LSP_BOOTSTRAP_DATABASE_URL")
        application, migrator, bootstrap = (self.environ.get(name) or None for name in names)
        for name, url in zip(names, (application, migrator, bootstrap), strict=True):
            if url is not None and not url.startswith("postgresql+psycopg://"):
                self.faults.append(f"{name}: must start with postgresql+psycopg://")
        if application is None:
            if migrator or bootstrap or environment is Environment.PRODUCTION:
                self.faults.append("LSP_DATABASE_URL: is missing")
            return None
        if application in (migrator, bootstrap):
            self.faults.append("LSP_DATABASE_URL: the application must not sign in as migrator or superuser")
        return Databases(application, migrator, bootstrap)

    def smtp(self, environment: Environment) -> Smtp | None:
        host = self.environ.get("LSP_SMTP_HOST")
        if not host:
            if environment is Environment.PRODUCTION:
                self.faults.append("LSP_SMTP_HOST: is missing; invitations could not be sent")
            return None
        sender = self.environ.get("LSP_SMTP_FROM", "")
        if "@" not in sender or sender != sender.strip():
            self.faults.append("LSP_SMTP_FROM: must be the e-mail address that mail is sent from")
        given = self.environ.get("LSP_SMTP_SECURITY", SmtpSecurity.STARTTLS)
        security = SmtpSecurity(given) if given in tuple(SmtpSecurity) else None
        if security is None:
            self.faults.append("LSP_SMTP_SECURITY: must be starttls, tls or none")
        elif security is SmtpSecurity.NONE and environment is Environment.PRODUCTION and host not in LOOPBACK:
            self.faults.append("LSP_SMTP_SECURITY: none is only for a mail server on this computer")
        user, password = (self.environ.get(f"LSP_SMTP_{part}") or None for part in ("USER", "PASSWORD"))
        if (user is None) != (password is None):
            self.faults.append("LSP_SMTP_USER, LSP_SMTP_PASSWORD: give both or neither")
        port = self._number("LSP_SMTP_PORT", default=587, lowest=1, highest=65535)
        return Smtp(host, port, security or SmtpSecurity.STARTTLS, sender, user, password)

    def sessions(self) -> SessionLimits:
        idle = self._number("LSP_SESSION_IDLE_MINUTES", default=60, lowest=5, highest=24 * 60)
        absolute = self._number("LSP_SESSION_ABSOLUTE_HOURS", default=12, lowest=1, highest=7 * 24)
        if idle > absolute * 60:
            self.faults.append("LSP_SESSION_IDLE_MINUTES: is longer than LSP_SESSION_ABSOLUTE_HOURS")
        return SessionLimits(timedelta(minutes=idle), timedelta(hours=absolute))

    def refuse_twins(self, config: Config) -> None:
        secrets = [config.secret_key, config.password_salt, *config.totp_secrets.values()]
        if len(set(secrets)) < len(secrets):
            self.faults.append(f"{', '.join(SECRETS)}: must differ from each other")

    def _judge_secret(self, name: str, value: str) -> None:
        if not value:
            self.faults.append(f"{name}: is missing")
        elif any(word in value.casefold() for word in PLACEHOLDERS):
            self.faults.append(f"{name}: is a placeholder; write a random text")
        elif len(value) < SHORTEST_SECRET or len(set(value)) < SHORTEST_SECRET // 4:
            self.faults.append(f"{name}: is easy to guess; write {SHORTEST_SECRET} random characters or more")

    def _number(self, name: str, *, default: int, lowest: int, highest: int) -> int:
        given = self.environ.get(name, str(default))
        if not (given.isascii() and given.isdigit() and lowest <= int(given) <= highest):
            self.faults.append(f"{name}: must be a whole number from {lowest} to {highest}")
            return default
        return int(given)


def _development_secrets(instance: Path) -> Mapping[str, str]:
    """Made by whichever process comes first, whole or not at all, and readable by its user alone."""
    kept = instance / "secrets.json"
    if not kept.exists():
        instance.mkdir(parents=True, exist_ok=True)
        made = {name: token_urlsafe(48) for name in SECRETS}
        made["LSP_TOTP_SECRETS"] = "1:" + made["LSP_TOTP_SECRETS"]
        draft = instance / f".secrets-{os.getpid()}.json"
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
            json.dump(made, file)
        with suppress(FileExistsError):
            os.link(draft, kept)
        draft.unlink()
    return {name: str(value) for name, value in json.loads(kept.read_text()).items()}
