"""Links from e-mails. Looking at one uses nothing up (mail scanners look); pressing the button does."""

from uuid import UUID

from flask import Blueprint, current_app, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import login_user, logout_user
from sqlalchemy.orm import Session

from lsp_assess.access.actor import Actor
from lsp_assess.actions import invitations as actions
from lsp_assess.actions.work import Work
from lsp_assess.config import Config
from lsp_assess.database.access import account_by_email
from lsp_assess.database.invitations import usable
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.session import Scope
from lsp_assess.kernel.errors import Conflict, problem
from lsp_assess.web.sign_in_record import INVITATION, SIGNED_IN_BY
from lsp_assess.web.transactions import clock, session_of

pages = Blueprint("invitations", __name__)


@pages.get("/invitation/<uuid:of>/<token>")
def show(of: UUID, token: str) -> ResponseReturnValue:
    inside = session_of(Scope(partnership_id=of))
    if not usable(inside, token_hash=actions.hash_of(token), at=clock().now()):
        raise Conflict(problem("link_used_or_expired"))
    return render_template("pages/invitation.html", invited_by=inside.get_one(Partnership, of))


@pages.post("/invitation/<uuid:of>/<token>")
def redeem(of: UUID, token: str) -> ResponseReturnValue:
    inside = session_of(Scope(partnership_id=of))
    redeemed = actions.redeem(_work(inside, of), token=token)
    slug = inside.get_one(Partnership, of).slug
    logout_user()
    login_user(session_of(Scope()).get_one(Account, redeemed.account_id))
    session[SIGNED_IN_BY] = INVITATION
    if redeemed.collection_id is None:
        return redirect(url_for("partnerships.home", partnership=slug))
    return redirect(
        url_for("answering.tasks", partnership=slug, collection_id=redeemed.collection_id, number=1)
    )


@pages.get("/new-link")
def ask_for_link() -> str:
    return render_template("pages/new_link.html")


@pages.post("/new-link")
def link_asked() -> str:
    """The same answer whether or not somebody is known by that address."""
    accounts = session_of(Scope())
    account = account_by_email(accounts, request.form.get("email", ""))
    if account is not None and account.active:
        config: Config = current_app.extensions["lsp_config"]
        actions.ask_for_links(accounts, account_id=account.id, at=clock().now(), key=config.secret_key)
    return render_template("pages/new_link_sent.html")


def _work(inside: Session, partnership_id: UUID) -> Work:
    return Work(session=inside, actor=Actor(account_id=None, partnership_id=partnership_id), clock=clock())
