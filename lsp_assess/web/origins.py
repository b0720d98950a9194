"""A form is taken from our own pages only: beside the token in it, the browser says where it comes from.

We send no Referer, so that no token in an address leaks, and the check must not ask for one."""

from urllib.parse import urlsplit

from flask import Flask, request

from lsp_assess.kernel.errors import Denied, problem
from lsp_assess.web.transactions import SAFE_METHODS


def install(app: Flask) -> None:
    app.before_request(refuse_foreign)


def refuse_foreign() -> None:
    if request.method not in SAFE_METHODS and _is_foreign():
        raise Denied(problem("foreign_form"))


def _is_foreign() -> bool:
    """An old browser says neither; then the token alone decides."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = request.headers.get("Origin")
    if origin in (None, "null"):
        return False
    return urlsplit(str(origin)).netloc != request.host
