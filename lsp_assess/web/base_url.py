"""Where the site is, as mails name it."""

from typing import cast

from flask import current_app

from lsp_assess.config import Config


def base_url() -> str:
    return cast("Config", current_app.extensions["lsp_config"]).base_url
