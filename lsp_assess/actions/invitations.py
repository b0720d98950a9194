"""Invitations: single-use links of 256 bits, of which only the hash is kept."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from hmac import compare_digest
from secrets import token_urlsafe
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.work import Work
from lsp_assess.database import audit
from lsp_assess.database import invitations as stored
from lsp_assess.database.mail import post
from lsp_assess.database.models.residents import Invitation
from lsp_assess.database.models.responses import Participant
from lsp_assess.database.queue import defer
from lsp_assess.kernel.errors import Conflict, Denied, NotFound, problem
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say

VALID_FOR = timedelta(days=28)
SEND_NEW_LINKS = "send_new_links"
SENT_WITHIN = timedelta(days=1)
"""Of their being asked for: later, whoever asked has asked again."""


@dataclass(frozen=True, slots=True)
class Redeemed:
    account_id: UUID
    collection_id: UUID | None


def invite(work: Work, *, participant_id: UUID, base_url: str) -> None:
    """Mail a participant a link to the collection; every link sent before still works until used."""
    work.check("coordinate")
    _send_link(work, _asked(work, participant_id), code="mail.invitation", base_url=base_url)


def send_reminder(work: Work, participant: Participant, *, base_url: str) -> None:
    work.check("coordinate")
    participant.reminders += 1
    work.session.flush()
    _send_link(work, _asked(work, participant.id), code="mail.reminder", base_url=base_url)


def tell_colleague(work: Work, *, participant_id: UUID, by: str, base_url: str) -> None:
    """Mail a link to somebody to whom a colleague, named in it, has handed a questionnaire on."""
    _send_link(work, _asked(work, participant_id), code="mail.handed_on", base_url=base_url, by=by)


def redeem(work: Work, *, token: str) -> Redeemed:
    """Use a link up; of many at the same time one wins. Raises Conflict when it is used or too old.
    `work` sees the partnership that the link names; nobody has signed in yet."""
    found = stored.use(work.session, token_hash=hash_of(token), at=work.now)
    if found is None:
        raise Conflict(problem("link_used_or_expired"))
    work.record("invitation_redeemed", object_kind="account", object_id=found.account_id)
    return Redeemed(account_id=found.account_id, collection_id=found.collection_id)


def ask_for_links(session: Session, *, account_id: UUID, at: datetime, key: str) -> None:
    """A worker will send them. Nobody has signed in: the job carries a seal of whom it was asked for."""
    asked_at = at.isoformat()
    seal = _seal(account_id, asked_at, key=key)
    defer(session, task=SEND_NEW_LINKS, account_id=account_id, asked_at=asked_at, seal=seal)
    audit.record(
        session,
        event="new_links_asked",
        at=at,
        account_id=account_id,
        object_kind="account",
        object_id=account_id,
    )


def check_asked(*, account_id: UUID, asked_at: str, seal: str, at: datetime, key: str) -> None:
    """Raises Denied for links that were not asked for so, or too long ago."""
    is_ours = compare_digest(seal, _seal(account_id, asked_at, key=key))
    if not is_ours or at - datetime.fromisoformat(asked_at) > SENT_WITHIN:
        raise Denied


def _seal(account_id: UUID, asked_at: str, *, key: str) -> str:
    return hmac.new(key.encode(), f"{SEND_NEW_LINKS} {account_id} {asked_at}".encode(), sha256).hexdigest()


def send_new_links(work: Work, *, account_id: UUID, base_url: str) -> int:
    """Mail an account a new link to each open collection of the session's partnership; how many."""
    open_ones = stored.open_for_account(work.session, account_id)
    for asked in open_ones:
        _send_link(work, asked, code="mail.new_link", base_url=base_url)
    return len(open_ones)


def hash_of(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def tell_of_keying(work: Work, *, participant_id: UUID, by: str, base_url: str) -> None:
    """Mail somebody that `by` has keyed in their paper form, with a link to look at it and change it."""
    _send_link(work, _asked(work, participant_id), code="mail.form_keyed", base_url=base_url, by=by)


def _asked(work: Work, participant_id: UUID) -> stored.Asked:
    found = stored.asked(work.session, participant_id)
    if found is None:
        raise NotFound
    return found


def _send_link(work: Work, asked: stored.Asked, *, code: str, base_url: str, by: str = "") -> None:
    token = token_urlsafe(32)
    work.session.add(
        Invitation(
            partnership_id=asked.partnership_id,
            token_hash=hash_of(token),
            person_id=asked.person_id,
            participant_id=asked.participant_id,
            made_at=work.now,
            expires_at=work.now + VALID_FOR,
        )
    )
    words = {
        "name": asked.person_name,
        "partnership": asked.partnership_name,
        "round": asked.round_name,
        "closes": asked.closes_at,
        "by": by,
        "link": f"{base_url}/invitation/{asked.partnership_id}/{token}",
    }
    post(
        work.session,
        to=asked.email,
        subject=say(message(f"{code}.subject", **words), asked.language),
        body=say(message(f"{code}.body", **words), asked.language),
        at=work.now,
    )
    work.record("participant_invited", object_kind="participant", object_id=asked.participant_id, mail=code)
