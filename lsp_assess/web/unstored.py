"""What to say when nothing can be stored: the database is away, or there is no room. The page asks nothing
of the database, and gives back what was sent, to be sent again as it was, which is safe to repeat."""

import errno
from http import HTTPStatus

from flask import Response, current_app, g, jsonify, make_response, render_template, request
from flask_security.core import AnonymousUser
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionFree

from lsp_assess.kernel.errors import problem
from lsp_assess.web.autosave import saves_by_itself
from lsp_assess.web.languages import spoken
from lsp_assess.web.policy_table import POLICY_OF

FAILURES = (OperationalError, NoConnectionFree)
DISK_FULL = "53100"  # PostgreSQL's code
OF_THE_FORM = frozenset({"csrf_token", "base", "sending_id", "then"})
RETRY_AFTER_SECONDS = 30


def is_of_storage(failure: BaseException) -> bool:
    return isinstance(failure, FAILURES) or (isinstance(failure, OSError) and _is_full(failure))


def unstored(failure: BaseException) -> Response:
    """503, or 507 where there is no room."""
    full = _is_full(failure)
    kind = type(getattr(failure, "orig", None) or failure).__name__
    current_app.logger.error("Nothing stored in %s [%s]: %s", request.endpoint, request.method, kind)
    status = HTTPStatus.INSUFFICIENT_STORAGE if full else HTTPStatus.SERVICE_UNAVAILABLE
    # What is known of the account may have gone with the failure.
    g._login_user = AnonymousUser()  # type: ignore[no-untyped-call]
    g.pop("partnership", None)
    response = make_response(_told("storage_full" if full else "storage_unreachable"), status)
    response.headers["Retry-After"] = str(RETRY_AFTER_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    return response


def _is_full(failure: BaseException) -> bool:
    if isinstance(failure, OSError):
        return failure.errno in (errno.ENOSPC, errno.EDQUOT)
    return getattr(getattr(failure, "orig", None), "sqlstate", None) == DISK_FULL


def _told(code: str) -> Response | str:
    writing = request.method == "POST"
    told = problem(code if writing else "records_unreachable")
    if saves_by_itself():
        return jsonify(message=f"{spoken(told.what)} {spoken(told.remedy)}")
    sent = _sent() if writing else []
    typed = [value for name, value in sent if name not in OF_THE_FORM and " " in value.strip()]
    return render_template(
        "pages/unstored.html",
        problem=told,
        sent=sent,
        typed=typed,
        files=bool(request.files),
        writing=writing,
    )


def _sent() -> list[tuple[str, str]]:
    """The fields of the form; of none that holds a secret."""
    if request.endpoint not in POLICY_OF or any("password" in name for name in request.form):
        return []
    return list(request.form.items(multi=True))
