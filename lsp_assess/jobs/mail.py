"""Sending the outbox: by SMTP where it is set, into a folder for the catcher page where not."""

from email.message import EmailMessage
from pathlib import Path
from smtplib import SMTP, SMTP_SSL, SMTPException
from ssl import create_default_context
from uuid import UUID

from procrastinate import App, RetryStrategy
from sqlalchemy import Engine

from lsp_assess.config import Config, Smtp, SmtpSecurity
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SystemClock

ATTEMPTS = 8
TIMEOUT_SECONDS = 20


def register(queue: App, *, engine: Engine, config: Config) -> None:
    @queue.task(name="send_mail", retry=RetryStrategy(max_attempts=ATTEMPTS, exponential_wait=4))
    def send_mail(partnership_id: str | None, mail_id: str) -> None:
        scope = Scope(partnership_id=UUID(partnership_id) if partnership_id else None)
        send(engine, scope=scope, mail_id=UUID(mail_id), config=config)


def send(engine: Engine, *, scope: Scope, mail_id: UUID, config: Config) -> None:
    """Send one mail once. A failure is noted with the mail and raised, so that the queue tries again."""
    now = SystemClock().now()
    with transaction(engine, scope) as session:
        mail = session.get(Mail, mail_id, with_for_update=True)
        if mail is None or mail.sent_at is not None:
            return
        written = _written(mail, config.smtp.sender if config.smtp else "no-reply@localhost")
        mail.attempts += 1
        try:
            _hand_over(
                written, config.smtp, config.instance / "mail", name=f"{mail.written_at:%Y%m%d%H%M%S%f}"
            )
        except (OSError, SMTPException) as error:
            mail.error = type(error).__name__
            session.commit()
            raise
        mail.sent_at, mail.error = now, None


def _written(mail: Mail, sender: str) -> EmailMessage:
    written = EmailMessage()
    written["From"], written["To"] = sender, mail.to_address
    written["Subject"] = " ".join(mail.subject.split())  # on one line, whatever a name in it holds
    written["Date"] = mail.written_at
    written.set_content(mail.body)
    return written


def _hand_over(written: EmailMessage, smtp: Smtp | None, folder: Path, *, name: str) -> None:
    if smtp is None:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"{name}.eml").write_bytes(bytes(written))
        return
    with _connected(smtp) as server:
        if smtp.user and smtp.password:
            server.login(smtp.user, smtp.password)
        server.send_message(written)


def _connected(smtp: Smtp) -> SMTP:
    """Over TLS only to a server that the system trusts: smtplib by itself would take any."""
    trusted = create_default_context()
    if smtp.security is SmtpSecurity.TLS:
        return SMTP_SSL(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS, context=trusted)
    server = SMTP(smtp.host, smtp.port, timeout=TIMEOUT_SECONDS)
    if smtp.security is SmtpSecurity.STARTTLS:
        server.starttls(context=trusted)
    return server
