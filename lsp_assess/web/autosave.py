"""What a page is told that saves by itself, shortly after each change: JSON instead of the page."""

from collections.abc import Sequence
from http import HTTPStatus

from flask import request
from flask.typing import ResponseReturnValue

from lsp_assess.kernel.errors import Problem
from lsp_assess.web.formatting import explained


def saves_by_itself() -> bool:
    return "X-Autosave" in request.headers


def saved(base: str, refused: Sequence[Problem]) -> ResponseReturnValue:
    """422 names the questions whose answers could not be taken; all others are stored then, too."""
    problems = [{"field": each.place.question, "message": explained(each)} for each in refused]
    return {"base": base, "problems": problems}, HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
