"""The language of a page: what the address asks for, then what was last asked for, then English."""

from collections.abc import Sequence
from functools import cache

from babel import Locale
from flask import Flask, g, request, session
from flask_babel import Babel, get_locale, refresh
from jinja2 import pass_context
from jinja2.runtime import Context

from lsp_assess.kernel.messages import Message, message
from lsp_assess.rendering.wording import languages as worded
from lsp_assess.rendering.wording import say, say_value, texts
from lsp_assess.rendering.wording.values import Value
from lsp_assess.web.page_words import PageWords


def language() -> str:
    return _code(get_locale())


@cache
def _code(locale: Locale | None) -> str:
    return str(locale or "en")


def install(app: Flask) -> None:
    babel = Babel(app, locale_selector=_chosen, default_timezone="Europe/London")
    babel.domain_instance = PageWords()
    app.jinja_env.add_extension("jinja2.ext.i18n")
    app.jinja_env.filters["say"] = spoken
    app.jinja_env.filters["say_code"] = _said_code
    app.jinja_env.filters["value"] = _valued
    app.jinja_env.filters["words"] = _worded
    app.jinja_env.globals["language"] = language


def _chosen() -> str:
    asked = request.args.get("lang")
    if asked in worded():
        session["language"] = asked
    preferred = str(session.get("language", "en"))
    offered = g.get("offered_languages", ())
    return preferred if not offered or preferred in offered else offered[0]


def offer(languages: Sequence[str]) -> None:
    """Keep this page to languages that what stands on it exists in; the first of them for people who
    read the others in another one."""
    g.offered_languages = tuple(languages)
    refresh()


def spoken(message: Message) -> str:
    return say(message, language())


# Filters of constants take the context, or Jinja would say them once, in the language of who comes first.
@pass_context
def _said_code(_context: Context, code: str) -> str:
    return spoken(Message(code))


@pass_context
def _worded(_context: Context, code: str, otherwise: str | None = None) -> str:
    """`{{ "role.partner" | words }}`; `otherwise` for codes that come from somebody's data."""
    if otherwise is not None and code not in texts("en"):
        return otherwise.replace("_", " ").capitalize()
    return say(message(code), language())


def _valued(value: Value, spec: str = "") -> str:
    """`{{ closes_at | value("moment") }}`, `{{ share | value("percent") }}`."""
    return say_value(value, spec, language())
