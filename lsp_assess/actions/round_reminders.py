"""Reminders of a round's questionnaires, by the rule that its coordinator sets: sent every day by the site
itself, never more than that, and to nobody who has answered."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.invitations import send_reminder
from lsp_assess.actions.settings import today, zone
from lsp_assess.actions.work import Work
from lsp_assess.database import round_reminders as stored
from lsp_assess.database.action_reminders import held_partnership
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.models.responses import Participant
from lsp_assess.database.round_reminders import Waiting

MOST_DAYS = 60
MOST_REMINDERS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """The first reminder `before` days before a closing date, one `every` so many days, at most `most` to a
    person in the round, those sent by hand counted; 0: none."""

    before: int
    every: int
    most: int


def set_rule(work: Work, round_id: UUID, rule: Rule, *, version: int) -> None:
    work.check("coordinate")
    row = found(work, Round, round_id)
    check_version(row, version)
    row.remind_before, row.remind_every, row.remind_most = rule.before, rule.every, rule.most
    work.session.flush()
    work.record("reminder_rule_set", object_kind="round", object_id=round_id, most=rule.most)


def remind_partners(work: Work, *, base_url: str) -> int:
    """One mail to each person of whom one is due; how many."""
    work.check("coordinate")
    row = held_partnership(work.session)
    day = today(work)
    if row.ended_on is not None and row.ended_on < day:
        return 0
    due = [
        one for one in _first_of_each(stored.waiting(work.session, now=work.now)) if _is_due(work, one, day)
    ]
    for one in due:
        send_reminder(work, found(work, Participant, one.participant_id), base_url=base_url)
    return len(due)


def _first_of_each(waiting: Sequence[Waiting]) -> list[Waiting]:
    """A person who is asked several things is reminded of what closes first."""
    found: dict[tuple[UUID, UUID], Waiting] = {}
    for one in waiting:
        found.setdefault((one.round_id, one.person_id), one)
    return list(found.values())


def _is_due(work: Work, one: Waiting, day: date) -> bool:
    closes, last = one.closes_at.astimezone(zone(work)).date(), one.mailed_at
    if one.reminders >= one.most or day < closes - timedelta(days=one.before):
        return False
    wait = one.every if one.reminders else 1
    return last is None or (day - last.astimezone(zone(work)).date()).days >= max(wait, 1)
