"""A person's own account: how they sign in, and what they should do about it."""

from flask import Blueprint, Response, current_app, render_template, session
from flask_security import current_user

from lsp_assess.database.access import partnerships_of
from lsp_assess.kernel.errors import NotFound
from lsp_assess.web.gate import came_by_link
from lsp_assess.web.second_factor import qr_code as drawn
from lsp_assess.web.transactions import outside_partnerships

pages = Blueprint("accounts", __name__, url_prefix="/account")


@pages.get("/")
def overview() -> str:
    return render_template(
        "pages/account.html",
        account=current_user,
        by_link=came_by_link(),
        partnerships=partnerships_of(outside_partnerships()),
    )


@pages.get("/authenticator/code.svg")
def qr_code() -> Response:
    """The picture of the secret that is being set up in this session, and of none other."""
    secret = session.get("tf_totp_secret")
    if secret is None:
        raise NotFound
    codes = current_app.extensions["security"].totp_factory
    return Response(drawn(codes, email=current_user.email, secret=secret), mimetype="image/svg+xml")
