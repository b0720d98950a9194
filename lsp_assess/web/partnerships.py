"""The home page of a partnership: for each role, what to do next."""

from flask import Blueprint, g, render_template

from lsp_assess.web.who import current_actor

pages = Blueprint("partnerships", __name__, url_prefix="/p/<partnership>")


@pages.get("/")
def home() -> str:
    return render_template("pages/home.html", partnership=g.partnership, actor=current_actor())
