"""What somebody who has joined is told by mail: as what, and how to sign in."""

from uuid import UUID

from lsp_assess.actions.settings import partnership
from lsp_assess.actions.work import Work
from lsp_assess.database.mail import post
from lsp_assess.database.membership import member
from lsp_assess.database.models.access import Account
from lsp_assess.kernel.errors import NotFound
from lsp_assess.kernel.messages import Parameter, message
from lsp_assess.partnerships.roles import SECOND_FACTOR, Role
from lsp_assess.rendering.wording import say

SIGN_IN, CHOOSE_PASS_PHRASE = "/account/sign-in", "/account/pass-phrase/forgotten"


def tell_how_to_sign_in(work: Work, membership_id: UUID, *, base_url: str) -> None:
    """Not partners: they come by the links of their invitations, and need no pass phrase."""
    joined = member(work.session, membership_id)
    if joined is None:
        raise NotFound
    if joined.membership.role is Role.PARTNER or joined.person.account_id is None:
        return
    account = work.session.get_one(Account, joined.person.account_id)
    role, needs_app = joined.membership.role, joined.membership.role in SECOND_FACTOR
    words: dict[str, Parameter] = {
        "name": joined.person.name,
        "partnership": partnership(work).name,
        "role": message(f"role.{role.value}"),
        "since": joined.membership.valid_from,
        "email": account.email,
        "how": message(
            "mail.joined.choose" if account.password is None else "mail.joined.known",
            link=base_url + (CHOOSE_PASS_PHRASE if account.password is None else SIGN_IN),
        ),
        "app": message("mail.joined.app" if needs_app else "mail.joined.no_app"),
    }
    post(
        work.session,
        to=account.email,
        subject=say(message("mail.joined.subject", **words), account.language),
        body=say(message("mail.joined.body", **words), account.language),
        at=work.now,
    )
