"""The challenge log on the desks: questions to answer, replies that are overdue, red lights that nobody has
asked about."""

from collections.abc import Iterator
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from flask_babel import gettext as _
from flask_babel import ngettext

from lsp_assess.actions import challenge as actions
from lsp_assess.actions.settings import partnership, today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.challenge import UNANSWERED, standing
from lsp_assess.database import challenge as stored
from lsp_assess.rendering.wording import say_value
from lsp_assess.web.home import Thing, Turn, link
from lsp_assess.web.languages import language


def to_answer(doing: Work) -> Iterator[Thing]:
    """For whoever leads, with the day of the reply."""
    for row in actions.known(doing):
        if row.answer is None and actions.leads(doing.actor, row):
            href = link("challenge.question", challenge_id=row.id)
            due = _end_of(doing, row.reply_by)
            yield Thing(_("Answer a question"), row.question, Turn.YOURS, href, due, _("Answer it"))


def to_chase(doing: Work) -> Iterator[Thing]:
    """For the coordinator."""
    late = stored.overdue(doing.session, today(doing))
    if late:
        what = ngettext("%(num)s question is overdue", "%(num)s questions are overdue", len(late))
        since = say_value(min(late), "day", language())
        state = _("The first reply was due on %(since)s", since=since)
        yield Thing(what, state, Turn.YOURS, link("challenge.listing"), act=_("Open the challenge log"))
    if flagged := actions.red_actions_not_asked_about(doing):
        n = len(flagged)
        what = ngettext(
            "%(num)s action off track has no question", "%(num)s actions off track have no question", n
        )
        href, act = link("challenge.listing"), _("Open the challenge log")
        yield Thing(what, _("Confirm the question that is proposed"), Turn.YOURS, href, act=act)


def challenge_log(doing: Work) -> Iterator[Thing]:
    """For scrutiny."""
    day = today(doing)
    stands = [
        standing(reply_by=row.reply_by, answered_on=row.answered_on, today=day)
        for row in actions.known(doing)
    ]
    left = sum(one in UNANSWERED for one in stands)
    state = ngettext("%(num)s question without an answer", "%(num)s questions without an answer", left)
    yield Thing(_("Challenge log"), state, Turn.NOBODYS, link("challenge.listing"))


def _end_of(doing: Work, day: date) -> datetime:
    return datetime.combine(day, time(23, 59), ZoneInfo(partnership(doing).time_zone))
