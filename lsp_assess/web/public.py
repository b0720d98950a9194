"""Pages that anybody may read."""

from flask import Blueprint, Response, current_app, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from lsp_assess.config import Config
from lsp_assess.database.access import partnerships_entered
from lsp_assess.partnerships.retention import RETENTION
from lsp_assess.web.transactions import clock, outside_partnerships

pages = Blueprint("public", __name__)


@pages.get("/")
def home() -> ResponseReturnValue:
    """Straight to the partnership of somebody who is in one only, to the desk of an administrator who is in
    none; a choice otherwise."""
    if not current_user.is_authenticated:
        return render_template("pages/welcome.html")
    found = partnerships_entered(outside_partnerships(), account_id=current_user.id, on=clock().now().date())
    if len(found) == 1:
        return redirect(url_for("partnerships.home", partnership=found[0].slug))
    if not found and current_user.administrator:
        return redirect(url_for("administration.listing"))
    return render_template("pages/choose_partnership.html", partnerships=found)


@pages.get("/accessibility")
def accessibility() -> str:
    return render_template("pages/accessibility.html")


@pages.get("/privacy")
def privacy() -> str:
    config: Config = current_app.extensions["lsp_config"]
    return render_template("pages/privacy.html", retention=RETENTION, limits=config.sessions)


@pages.get("/health")
def health() -> Response:
    return Response("ok\n", mimetype="text/plain")
