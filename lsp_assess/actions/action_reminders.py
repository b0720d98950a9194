"""The people of an owner are reminded of what is due: nobody more than once a week, and of one action no more
often than the coordinator has set."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from lsp_assess.actions.editing import check_version
from lsp_assess.actions.settings import partnership, today
from lsp_assess.actions.work import Work
from lsp_assess.database import action_reminders as stored
from lsp_assess.database.action_reminders import Owed
from lsp_assess.database.mail import post
from lsp_assess.database.models.action_progress import ActionReminder
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say

MOST_REMINDERS = 12
BETWEEN = timedelta(days=7)
LANGUAGE = "en"
"""An account has no language of its own; the coordinator's pages speak English."""


def set_reminders(work: Work, most: int, *, version: int) -> None:
    """At most so many mails to a person about one action; 0 for none."""
    work.check("coordinate")
    row = partnership(work)
    check_version(row, version)
    if not 0 <= most <= MOST_REMINDERS:
        place = Place(question="action_reminders")
        raise Invalid(problem("reminders_out_of_range", place, most=MOST_REMINDERS))
    row.action_reminders = most
    work.session.flush()
    work.record("action_reminders_set", object_kind="partnership", object_id=row.id, most=most)


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is written to about, in one mail."""

    person_id: UUID
    name: str
    email: str
    actions: Sequence[tuple[UUID, str, date]]


def due_now(owed: Sequence[Owed], *, most: int, now: datetime) -> tuple[Due, ...]:
    """Whoever was written to within the week waits; what was said `most` times is not said again."""
    found: dict[UUID, list[Owed]] = {}
    for one in owed:
        found.setdefault(one.person_id, []).append(one)
    mails = []
    for person_id, theirs in found.items():
        lately = max((one.person_mailed_at for one in theirs if one.person_mailed_at), default=None)
        told = [(one.action_id, one.title, one.due_on) for one in theirs if one.reminders < most]
        if told and (lately is None or now - lately >= BETWEEN):
            mails.append(Due(person_id, theirs[0].name, theirs[0].email, tuple(told)))
    return tuple(mails)


def remind_owners(work: Work, *, base_url: str) -> int:
    """One mail to each person to whom something is due; how many."""
    work.check("coordinate")
    row = stored.held_partnership(work.session)
    day = today(work)
    if not row.action_reminders or (row.ended_on is not None and row.ended_on < day):
        return 0
    owed = stored.owed(work.session, day)
    mails = due_now(owed, most=row.action_reminders, now=work.now)
    for mail in mails:
        _send(work, mail, partnership_name=row.name, link=f"{base_url}/p/{row.slug}/actions/")
    return len(mails)


def _send(work: Work, mail: Due, *, partnership_name: str, link: str) -> None:
    lines = (
        say(message("mail.actions_due.line", title=title, due=due), LANGUAGE)
        for _, title, due in mail.actions
    )
    words = {"name": mail.name, "partnership": partnership_name, "actions": "\n".join(lines), "link": link}
    post(
        work.session,
        to=mail.email,
        subject=say(message("mail.actions_due.subject", **words), LANGUAGE),
        body=say(message("mail.actions_due.body", **words), LANGUAGE),
        at=work.now,
    )
    work.session.add_all(
        ActionReminder(
            partnership_id=work.actor.partnership_id,
            id=new_id(),
            action_id=action_id,
            person_id=mail.person_id,
            at=work.now,
        )
        for action_id, _, _ in mail.actions
    )
    work.session.flush()
    work.record("owner_reminded", object_kind="person", object_id=mail.person_id, of=len(mail.actions))
