"""«Everything we hold about me»: a file for nobody but the person."""

from datetime import datetime

from flask import Blueprint, Response, g, render_template

from lsp_assess.actions.personal_data import everything_about_me
from lsp_assess.database.subjects import Found
from lsp_assess.exchange.subject_files import subject_zip
from lsp_assess.web import result_files
from lsp_assess.web.transactions import work

pages = Blueprint("own_data", __name__, url_prefix="/p/<partnership>/my-data")


@pages.get("/")
def mine() -> str:
    return render_template("pages/own_data.html")


@pages.get("/file")
def file() -> Response:
    doing = work()
    heading = f"What {g.partnership.name} holds about you"
    found = everything_about_me(doing)
    return attachment(found, heading=heading, name=f"{g.partnership.slug}-my-data.zip", at=doing.now)


def attachment(found: Found, *, heading: str, name: str, at: datetime) -> Response:
    return result_files.attachment(
        subject_zip(found.as_rows(), heading=heading, made_at=at), "application/zip", name
    )
