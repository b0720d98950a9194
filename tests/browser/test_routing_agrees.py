"""The browser shows and hides questions by the trees that the server evaluates: both say the same."""

import json
from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest
from flask import Flask, g
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Browser, Page

from lsp_assess.config import load_config
from lsp_assess.instruments import Answered, Instrument, parse, parse_section, route
from lsp_assess.instruments.expressions.evaluate import holds
from lsp_assess.instruments.expressions.tree import (
    AllOf,
    AnyOf,
    Comparison,
    Expression,
    IsAnswered,
    Listing,
    Literal,
    Name,
    Not,
    Operator,
    to_json,
)
from lsp_assess.web import create_app
from lsp_assess.web.questions import Showing, fields, routing_answers

PROJECT = Path(__file__).parents[2]
ROUTING = (PROJECT / "lsp_assess/web/static/routing.js").read_text(encoding="utf-8")
MODULE = f"data:text/javascript;base64,{b64encode(ROUTING.encode()).decode()}"
TODAY = date(2026, 3, 14)

NAMES = st.sampled_from(["one", "two", "grid.row", "constructor"])
NUMBERS = st.one_of(st.integers(-11, 11), st.sampled_from([0.5, 10.0, 9.9]))
TEXTS = st.sampled_from(["a", "b", "10", "9", "2000-02-29", "2001-01-01", "Á", ""])
LITERALS = st.one_of(NUMBERS, TEXTS)
VALUES = st.one_of(LITERALS, st.lists(TEXTS, max_size=3).map(tuple))
OPERANDS = st.one_of(
    NAMES.map(Name),
    LITERALS.map(Literal),
    st.lists(LITERALS, min_size=1, max_size=3).map(lambda each: Listing(tuple(each))),
)
SIMPLE = st.one_of(
    NAMES.map(IsAnswered), st.builds(Comparison, st.sampled_from(list(Operator)), OPERANDS, OPERANDS)
)
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    SIMPLE,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AllOf(tuple(parts))),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: AnyOf(tuple(parts))),
    ),
    max_leaves=6,
)
CASES = st.lists(st.tuples(EXPRESSIONS, st.dictionaries(NAMES, VALUES)), min_size=40, max_size=40)


@pytest.fixture(scope="module")
def page(chromium: Browser) -> Iterator[Page]:
    page = chromium.new_page()
    yield page
    page.close()


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(cases=CASES)
def test_any_expression_has_the_same_truth_in_the_browser(
    page: Page, cases: list[tuple[Expression, dict[str, object]]]
) -> None:
    there = page.evaluate(
        """([module, cases]) => import(module).then(
            ({holds}) => cases.map(([tree, answers]) => holds(tree, answers)))""",
        [MODULE, [[to_json(expression), answers] for expression, answers in cases]],
    )
    here = [
        holds(expression, {name: Answered(value) for name, value in answers.items()})  # type: ignore[arg-type]
        for expression, answers in cases
    ]
    assert there == here


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """For its templates only; nothing listens at the database's address."""
    instance = tmp_path_factory.mktemp("instance")
    return create_app(
        load_config(
            {"LSP_INSTANCE": str(instance), "LSP_DATABASE_URL": "postgresql+psycopg://nobody@localhost/none"}
        )
    )


@pytest.fixture(scope="module")
def every_type() -> Instrument:
    source = (PROJECT / "tests/questionnaires/routed_types.yaml").read_text(encoding="utf-8")
    return parse(source, file="routed_types.yaml")


PAGE = """{% from "pages/questions.html" import question with context %}
<form data-answers="{{ elsewhere }}">{% for field in fields %}{{ question(field) }}{% endfor %}</form>"""
FILLINGS = {
    "kind": ["", "a", "b", "--refused"],
    "many": [[], ["a"], ["b"], ["a", "b"], ["--dont_know"]],
    "low": ["", "0", "9", "10"],
    "high": ["", "5", "10", "100"],
    "age": ["", "18.5", "18.4", "−3", "1,999", "old", " 40 "],
    "age--missing": [[], [], ["refused"]],
    "born--day": ["", "29", "9"],
    "born--month": ["", "2", "02", "13"],
    "born--year": ["", "2000", "2001"],
    "born--missing": [[], [], ["dont_know"]],
    "word": ["", "  ", "word"],
    "grid.one": ["", "1", "5", "--dont_know"],
    "grid.two": ["", "1", "5"],
    "may": ["", "yes", "no"],
    "s2": ["", "kept though hidden"],
    "s3": ["", "also"],
}
FILL = """([module, filling]) => import(module).then(({routed}) => {
  const form = document.querySelector('form')
  for (const [name, wanted] of Object.entries(filling)) {
    for (const field of form.querySelectorAll(`[name="${name}"]`)) {
      if (['radio', 'checkbox'].includes(field.type)) field.checked = [wanted].flat().includes(field.value)
      else field.value = wanted
    }
  }
  routed(form)
  const data = {}
  for (const [name, value] of new FormData(form)) (data[name] ??= []).push(value)
  const shown = [...form.querySelectorAll('[data-question]')].filter(each => !each.hidden)
  return [data, shown.map(each => each.dataset.question)]
})"""


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    once=st.sampled_from(["1", "2"]),
    filling=st.fixed_dictionaries({name: st.sampled_from(values) for name, values in FILLINGS.items()}),
)
def test_a_page_shows_what_the_server_would_ask(
    page: Page, app: Flask, every_type: Instrument, once: str, filling: dict[str, object]
) -> None:
    section = every_type.sections[1]
    before = {"once": Answered(once)}
    with app.test_request_context():
        g.partnership = SimpleNamespace(name="Northbridge")
        html = app.jinja_env.from_string(PAGE).render(
            fields=list(fields(every_type, section, Showing(before))),
            elsewhere=routing_answers(every_type, before, section),
        )
    page.set_content(html)
    form, shown = page.evaluate(FILL, [MODULE, filling])
    taken = parse_section(every_type, section, form, today=TODAY, draft=before).answers
    asked = route(every_type, {**before, **taken})
    assert shown == [name for name in asked if name != "once"], json.dumps(form)
