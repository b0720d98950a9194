"""Single values from a posted form, or a clear refusal."""

from uuid import UUID

from flask import request

from lsp_assess.kernel.errors import Invalid, Place, problem

LONGEST_NUMBER = 9


def posted_number(name: str) -> int:
    given = request.form.get(name, "").strip()
    if not (given.isascii() and given.isdigit() and len(given) <= LONGEST_NUMBER):
        raise Invalid(problem("whole_number_needed", Place(question=name, value=given)))
    return int(given)


def posted_uuid(name: str) -> UUID:
    try:
        return UUID(request.form.get(name, ""))
    except ValueError:
        raise Invalid(problem("form_expired")) from None
