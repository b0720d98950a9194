"""Stories on the home page: where one may be told, and how many wait for a vote or for the panel."""

from collections.abc import Iterator

from flask_babel import gettext as _
from flask_babel import ngettext

from lsp_assess.actions.stories import stories
from lsp_assess.actions.work import Work
from lsp_assess.database.stories import open_to
from lsp_assess.web.home import Thing, Turn, link


def telling(doing: Work) -> Iterator[Thing]:
    """Whoever has told one has done what was asked; more are welcome."""
    href, person_id = link("stories.listing"), doing.actor.person_id
    if person_id is None:
        return
    seen = list(stories(doing))
    for asked in open_to(doing.session, person_id):
        told = sum(one.is_own and one.sent.collection.id == asked.collection.id for one in seen)
        what = _("%(round)s: tell a story", round=asked.round.name)
        if asked.drafts:
            yield Thing(
                what, _("Begun, not sent yet"), Turn.YOURS, href, asked.collection.closes_at, _("Go on")
            )
        elif told:
            state = ngettext(
                "%(num)s story sent; you may tell more", "%(num)s stories sent; you may tell more", told
            )
            yield Thing(what, state, Turn.NOBODYS, href, asked.collection.closes_at)
        else:
            state = _("What has working together made possible?")
            yield Thing(what, state, Turn.YOURS, href, asked.collection.closes_at, _("Tell a story"))
    waiting = sum(one.awaits_vote for one in seen)
    if waiting:
        what = ngettext("%(num)s story to grade", "%(num)s stories to grade", waiting)
        yield Thing(
            what, _("Two grades each, until the panel meets"), Turn.YOURS, href, act=_("Read and grade")
        )


def panel(doing: Work) -> Iterator[Thing]:
    undecided = sum(one.may_decide and one.may_read and one.decision is None for one in stories(doing))
    if undecided:
        what = ngettext(
            "%(num)s story for the panel to decide", "%(num)s stories for the panel to decide", undecided
        )
        yield Thing(
            what,
            _("Its decision is recorded with the reason"),
            Turn.YOURS,
            link("stories.listing"),
            act=_("Read and decide"),
        )
