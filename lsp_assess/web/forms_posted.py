"""Single values from a posted form, or a clear refusal."""

from uuid import UUID

from flask import request

from lsp_assess.instruments.answer_types.handling import NotAnAnswer
from lsp_assess.instruments.answer_types.written import written
from lsp_assess.instruments.forms import problem_with
from lsp_assess.kernel.errors import Invalid, Place, problem

LONGEST_NUMBER = 9


def posted_number(name: str) -> int:
    given = _posted(name).strip()
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER):
        raise Invalid(problem("whole_number_needed", Place(question=name, value=given)))
    return int(given)


def posted_line(name: str, *, longest: int) -> str:
    """A line of text as answers are taken: in one normal form, nothing cut off."""
    try:
        return written(_posted(name), longest=longest, lines=1)
    except NotAnAnswer as refused:
        raise Invalid(problem_with(name, refused)) from None


def posted_uuid(name: str) -> UUID:
    try:
        return UUID(_posted(name))
    except ValueError:
        raise Invalid(problem("form_expired")) from None


def _posted(name: str) -> str:
    given = request.form.getlist(name)
    if len(given) > 1:
        raise Invalid(problem("A112", Place(question=name)))
    return "".join(given)
