"""YAML that could do harm, or that says two things at once, is refused. # trust E"""

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.instruments import Instrument, parse, parse_document
from lsp_assess.instruments.reading.nodes import to_plain
from lsp_assess.instruments.reading.yaml_text import read_yaml
from lsp_assess.kernel.errors import Invalid
from tests.patience import within
from tests.unit.instruments.conftest import HEAD, TINY

REFUSED = {
    "an alias": ("Q002", "a: &x 1\nb: *x\n", 1),
    "a merge of a mapping": ("Q002", "a: &x {b: 1}\nc: {<<: *x}\n", 1),
    "a billion laughs": ("Q002", 'a: &a ["lol","lol"]\nb: &b [*a,*a,*a,*a]\nc: [*b,*b,*b]\n', 1),
    "a tag that runs code": ("Q003", "name: x\na: !!python/object/apply:os.system ['true']\n", 2),
    "a tag of our own": ("Q003", "a: !thing 1\n", 1),
    "a plain tag": ("Q003", "a: !!str 1\n", 1),
    "a key twice": ("Q004", "name: a\nname: b\n", 2),
    "two documents": ("Q009", "name: a\n---\nname: b\n", 2),
    "nothing": ("Q008", "", 1),
    "only a comment": ("Q008", "# nothing\n", 1),
    "a broken bracket": ("Q001", "name: [a\nb: c\n", 2),
    "a key that is a list": ("Q001", "? [a]\n: b\n", 1),
    "a NUL": ("Q007", "name: a\nb: \x00\n", 2),
    "a NUL in disguise": ("Q007", 'name: "\\0"\n', 1),
    "a lone surrogate": ("Q007", "name: \ud800\n", 1),
    "a lone surrogate in disguise": ("Q001", 'name: "\\ud800"\n', 1),
    "a control character": ("Q007", "name: \x1b[0m\n", 1),
    "a thousand brackets": ("Q006", "a: " + "[" * 1000 + "]" * 1000, 1),
    "brackets that never close": ("Q006", "a: " + "[" * 100_000, 1),
    "half a megabyte": ("Q005", "a" * 500_001, None),
}


@pytest.mark.parametrize(("code", "text", "line"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_yaml_is_told_with_its_line(code: str, text: str, line: int | None) -> None:
    with pytest.raises(Invalid) as caught:
        parse(text, file="f.yaml")
    first = caught.value.problems[0]
    assert (first.code, first.place.line) == (code, line)


@pytest.mark.parametrize("text", ["just words", "- a\n- list\n", "42", "null", "{}", "{1: 2}"])
def test_what_is_not_a_questionnaire_is_invalid(text: str) -> None:
    with pytest.raises(Invalid):
        parse(text, file="f.yaml")


def items_of(lines: list[str]) -> str:
    return HEAD + "sections:\n  - name: a\n    title: {en: A}\n    items:\n" + "\n".join(lines)


CHAIN = "      - {name: q%d, type: short_text, text: {en: A}, show_if: answered(q%d)}"
CHOICES = "[" + ",".join(f"{{value: c{number}, label: {{en: A}}}}" for number in range(14_000)) + "]"
ROWS = "[" + ",".join(f"{{name: r{number}, text: {{en: A}}}}" for number in range(900)) + "]"
POINTS = "[{value: 1, label: {en: A}}, {value: 2, label: {en: B}}]"
GRID = f"      - {{name: g, type: grid, scale: s, text: {{en: A}}, rows: {ROWS}}}"
SUMS = "\nderived:\n" + "".join(
    f"  - {{name: d{number}, sum_of: [g, g, g, g, g, g, g, g, g, g], text: {{en: A}}}}\n"
    for number in range(900)
)
LONG = {
    "five thousand items that look forward": items_of([CHAIN % (each, each + 1) for each in range(5000)]),
    "a thousand items that look forward": items_of([CHAIN % (each, each + 1) for each in range(999)]),
    "fourteen thousand choices": items_of(
        [f"      - {{name: q, type: single, text: {{en: A}}, choices: {CHOICES}}}"]
    ),
    "long sums of a long grid": items_of([GRID]) + SUMS + f"scales: {{s: {{points: {POINTS}}}}}\n",
    "unknown keys": HEAD + "".join(f"k{number}: 1\n" for number in range(40_000)),
}


@pytest.mark.parametrize("text", LONG.values(), ids=LONG.keys())
def test_a_long_file_is_refused_within_two_seconds_of_work(text: str) -> None:
    assert len(text) < 500_000
    with within(seconds=2), pytest.raises(Invalid) as caught:
        parse(text, file="f.yaml")
    assert len(caught.value.problems) <= 501


FEATURES = ["scoring", "wheel", "routing", "bases", "grid", "multiple", "date", "languages"]
FRAGMENTS = st.sampled_from(
    sorted({line for path in TINY.rglob("*.yaml") for line in path.read_text(encoding="utf-8").splitlines()})
)


def outcome_of(read: Callable[[], Instrument]) -> Instrument | Invalid:
    """Anything else that is raised fails the test."""
    try:
        return read()
    except Invalid as invalid:
        return invalid


@settings(max_examples=300, deadline=None)
@given(
    st.one_of(st.text(max_size=300), st.lists(FRAGMENTS | st.text(max_size=20), max_size=25).map("\n".join)),
    st.booleans(),
)
def test_any_text_is_an_instrument_or_invalid(text: str, headed: bool) -> None:
    outcome = outcome_of(lambda: parse(HEAD + text if headed else text, file="fuzz.yaml"))
    assert isinstance(outcome, Instrument) or outcome.problems


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)


@settings(max_examples=300, deadline=None)
@given(st.data())
def test_a_questionnaire_with_anything_in_any_place_is_an_instrument_or_invalid(data: st.DataObject) -> None:
    name = data.draw(st.sampled_from(FEATURES))
    whole = to_plain(read_yaml((TINY / f"{name}.yaml").read_text(encoding="utf-8"), file=name))
    places: list[tuple[object, object]] = []
    _collect(whole, places)
    container, key = data.draw(st.sampled_from(places))
    container[key] = data.draw(PLAIN)
    outcome = outcome_of(lambda: parse_document(whole))
    assert isinstance(outcome, Instrument) or outcome.problems


def _collect(node: object, places: list[tuple[object, object]]) -> None:
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, inner in members:
        places.append((node, key))
        _collect(inner, places)
