"""The outbox: mail is written with what it is about, and sent by a worker once that is committed."""

from datetime import datetime

from sqlalchemy.orm import Session

from lsp_assess.database.models.operations import Mail
from lsp_assess.database.queue import defer
from lsp_assess.database.session import scope_of


def post(session: Session, *, to: str, subject: str, body: str, at: datetime) -> None:
    """Put one mail into the outbox of the session's partnership (or of none), and ask for its sending."""
    partnership_id = scope_of(session).partnership_id
    mail = Mail(partnership_id=partnership_id, to_address=to, subject=subject, body=body, written_at=at)
    session.add(mail)
    session.flush()
    defer(session, task="send_mail", partnership_id=partnership_id, mail_id=mail.id)
