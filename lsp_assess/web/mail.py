"""In development mail is caught in a folder and shown here. In production these pages do not exist."""

from dataclasses import dataclass
from email import message_from_bytes
from email.policy import default
from typing import cast

from flask import Blueprint, abort, current_app, render_template

from lsp_assess.config import Config, Environment

pages = Blueprint("mail", __name__, url_prefix="/mail")
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Caught:
    to: str
    subject: str
    date: str
    body: str


@pages.get("/")
def catcher() -> str:
    config = cast("Config", current_app.extensions["lsp_config"])
    if config.environment is not Environment.DEVELOPMENT:
        abort(404)
    files = sorted((config.instance / "mail").glob("*.eml"), reverse=True)[:SHOWN]
    return render_template("pages/mail.html", mails=[_read(file.read_bytes()) for file in files])


def _read(raw: bytes) -> Caught:
    mail = message_from_bytes(raw, policy=default)
    return Caught(str(mail["to"]), str(mail["subject"]), str(mail["date"]), str(mail.get_content()))
