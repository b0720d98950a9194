"""The home page of a partnership: for each role, what to do next."""

from flask import Blueprint, Response, g, render_template

from lsp_assess.web.home_roles import home_of
from lsp_assess.web.transactions import work

pages = Blueprint("partnerships", __name__, url_prefix="/p/<partnership>")


@pages.get("/")
def home() -> str:
    return render_template("pages/home.html", partnership=g.partnership, home=home_of(work()))


@pages.get("/style.css")
def style() -> Response:
    """The partnership's own accent; its contrast was checked when it was set."""
    return Response(f":root {{ --accent: {g.partnership.accent}; }}\n", mimetype="text/css")
