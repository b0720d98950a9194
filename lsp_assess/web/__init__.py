"""Pages: parse, call an action, render."""

from lsp_assess.web.application import create_app

__all__ = ["create_app"]
