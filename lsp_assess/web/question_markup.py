"""The HTML of a question. That of a choice is remembered: thirty of them cost 60 ms to render anew, and they
have few states. What somebody wrote is never kept."""

from functools import lru_cache

from flask import current_app
from markupsafe import Markup

from lsp_assess.web.languages import language
from lsp_assess.web.question_fields import Field

REMEMBERED = 4096  # about 3 KiB each


def question_markup(field: Field) -> Markup:
    return _remembered(field, language()) if _holds_nothing_written(field) else _rendered(field)


@lru_cache(maxsize=REMEMBERED)
def _remembered(field: Field, _language: str) -> Markup:
    return _rendered(field)


def _rendered(field: Field) -> Markup:
    markup: Markup = current_app.jinja_env.get_template("pages/questions.html").module.question(field)  # type: ignore[attr-defined]  # a macro
    return markup


def _holds_nothing_written(field: Field) -> bool:
    offered = {option.value for option in field.options}
    return (
        not (field.error or field.reason)
        and offered.issuperset(field.values)
        and not any(field.date_parts)
        and all(map(_holds_nothing_written, field.rows))
    )
