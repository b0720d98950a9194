"""What a partnership that has just been made wants first."""

from collections.abc import Iterator

from flask_babel import gettext as _

from lsp_assess.actions.work import Work
from lsp_assess.database import membership as stored
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.home import Thing, Turn, link


def setting_up(doing: Work) -> Iterator[Thing]:
    if not stored.organisations(doing.session):
        state = _("Council, police, health, voluntary groups: a partner answers for one of them")
        href, act = link("coordination.add_organisation"), _("Add an organisation")
        yield Thing(_("Add the organisations that work together"), state, Turn.YOURS, href, act=act)
    elif not any(one.membership.role is Role.PARTNER for one in stored.members(doing.session)):
        state = _("They assess the partnership and tell its stories")
        href, act = link("coordination.add_member"), _("Add a person")
        yield Thing(_("Add the partners"), state, Turn.YOURS, href, act=act)
