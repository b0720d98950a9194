"""What is overdue, on the desk of who chases it."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from lsp_assess.actions.loop import is_overdue
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.database.loop import actions_by_round
from lsp_assess.rendering.wording import say_value
from lsp_assess.web.home import Thing, Turn, link
from lsp_assess.web.languages import language


def overdue(doing: Work) -> Iterator[Thing]:
    day = today(doing)
    late = [
        action.due_on
        for held in actions_by_round(doing.session).values()
        for action, _owner in held
        if action.due_on is not None and is_overdue(action, today=day)
    ]
    if late:
        what = ngettext("%(num)s action is overdue", "%(num)s actions are overdue", len(late))
        since = say_value(min(late), "day", language())
        state = ngettext(
            "Due on %(since)s. Ask its owner, and record what changed",
            "The first was due on %(since)s. Ask the owners, and record what changed",
            len(late),
            since=since,
        )
        yield Thing(what, state, Turn.YOURS, link("loop.listing"), act=_("See the actions"))
