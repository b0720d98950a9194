"""Mails to those who have not sent the driver of the open round, by the real action: their links work."""

from sqlalchemy import select

from lsp_assess.actions.invitations import invite
from lsp_assess.actions.work import Work
from lsp_assess.database.models.responses import Response, ResponseStatus
from lsp_assess.demonstration.load_partners import participant_id
from lsp_assess.demonstration.load_partnership import acting_coordinator
from lsp_assess.demonstration.people import partners_in
from lsp_assess.demonstration.questionnaires import DRIVER
from lsp_assess.demonstration.setting import Setting, collection_id, person_id
from lsp_assess.kernel.clock import SetClock


def load_invitations(setting: Setting) -> None:
    plan = setting.open_round
    work = Work(session=setting.session, actor=acting_coordinator(), clock=SetClock(setting.now))
    done = set(
        setting.session.execute(
            select(Response.entered_by).where(
                Response.collection_id == collection_id(plan.number, DRIVER),
                Response.status == ResponseStatus.SUBMITTED,
            )
        ).scalars()
    )
    for partner in partners_in(plan.number):
        if person_id(partner.name) not in done:
            asked = participant_id(plan, DRIVER, partner.name)
            invite(work, participant_id=asked, base_url=setting.base_url)
