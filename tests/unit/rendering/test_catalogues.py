"""The catalogues against each other, and against the code that speaks through them."""

import ast
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest

import lsp_assess
from lsp_assess.rendering.wording import languages, texts

PACKAGE = Path(lsp_assess.__file__).parent
ENGLISH = texts("en")
WORDS_THAT_ARE_DATA = "given"
PLURAL_FORMS = ("zero", "one", "two", "few", "many", "other")


def placeholders(text: str) -> set[tuple[str, str]]:
    return {(name, spec or "") for _, name, spec, _ in Formatter().parse(text) if name is not None}


def stem(code: str) -> str:
    head, _, tail = code.rpartition(".")
    return head if tail in PLURAL_FORMS else code


def english_of(code: str) -> list[str]:
    return [text for other, text in ENGLISH.items() if other == code or stem(other) == stem(code)]


@pytest.mark.parametrize("language", [each for each in languages() if each != "en"])
def test_a_translation_has_the_placeholders_of_the_english(language: str) -> None:
    wrong = []
    for code, text in texts(language).items():
        originals = english_of(code)
        allowed = set().union(*(placeholders(each) for each in originals)) if originals else None
        needed = set.intersection(*(placeholders(each) for each in originals)) if originals else set()
        if allowed is None:
            wrong.append(f"{code}: not in English")
        elif not needed - {("n", "")} <= placeholders(text) <= allowed:
            wrong.append(f"{code}: {sorted(placeholders(text))} for {sorted(allowed)}")
    assert wrong == []


def calls() -> Iterator[tuple[str, str, ast.Call, str]]:
    """(where, function, call, code) for every code literal that the package says."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not node.args:
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else ""
            code = node.args[0]
            if name in ("message", "Message", "problem", "Problem") and isinstance(code, ast.Constant):
                where = f"{path.relative_to(PACKAGE)}:{node.lineno}"
                yield where, name, node, code.value


def codes_said(name: str, code: str) -> tuple[str, ...]:
    if name == "problem":
        return (f"problem.{code}", f"remedy.{code}")
    return (f"remedy.{code}",) if name == "Problem" else (code,)


def test_every_code_that_the_package_says_has_english_words() -> None:
    known = {WORDS_THAT_ARE_DATA, *ENGLISH, *(stem(code) for code in ENGLISH)}
    missing = [
        f"{where} {each}"
        for where, name, _, code in calls()
        for each in codes_said(name, code)
        if each not in known
    ]
    assert missing == []


def test_every_placeholder_is_filled_where_the_code_is_said() -> None:
    unfilled = []
    for where, name, call, code in calls():
        if name not in ("message", "problem") or any(word.arg is None for word in call.keywords):
            continue
        given = {word.arg for word in call.keywords}
        for each in codes_said(name, code):
            needed = {field for text in english_of(each) for field, _ in placeholders(text)}
            if needed - given:
                unfilled.append(f"{where} {each} lacks {sorted(needed - given)}")
    assert unfilled == []
