"""What is overdue, on the desk of who chases it."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from lsp_assess.actions.loop import is_overdue
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.database.loop import actions_by_round
from lsp_assess.web.home import Thing, Turn, link


def overdue(doing: Work) -> Iterator[Thing]:
    day = today(doing)
    late = sum(
        is_overdue(action, today=day)
        for held in actions_by_round(doing.session).values()
        for action, _owner in held
    )
    if late:
        what = ngettext("%(num)s action is overdue", "%(num)s actions are overdue", late)
        yield Thing(what, _("Ask its owner, and record what changed"), Turn.YOURS, link("loop.listing"))
