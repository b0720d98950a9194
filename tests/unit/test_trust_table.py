"""docs/trust.md against the tests that it names, and what of trust can be seen in the source alone."""

import ast
import re
from functools import cache
from pathlib import Path

from tests.trust_checks import TABLE, TESTS, checks, citations
from tests.trust_run import Figure

PROJECT = Path(__file__).parents[2]
# Trusted markup: each place builds it from constants, or has it from a serialiser that escapes.
MARKUP = {"web/formatting.py", "web/exhibits.py", "rendering/css.py", "rendering/wording/spoken.py"}
STRICT_LOADER = "rendering/wording/catalogue.py"


def test_the_table_names_the_tests_that_cite_a_check_and_no_others() -> None:
    assert {check.name: check.shown_by for check in checks().values() if check.shown_by} == citations(), (
        "make trust-table brings it in step"
    )


def test_every_check_stands_in_the_table_and_says_what_it_lacks_if_nothing_shows_it() -> None:
    numbers = {"A": 17, "B": 10, "C": 12, "D": 18}
    assert list(checks()) == [f"{part}{n}" for part, last in numbers.items() for n in range(1, last + 1)] + [
        "E"
    ]
    assert [check.name for check in checks().values() if not check.shown_by and not check.lacking] == []


def test_each_class_of_bad_input_names_tests_that_exist() -> None:
    classes = TABLE.read_text(encoding="utf-8").partition("## Bad input, class by class")[2]
    named = re.findall(r"`(\S+\.py)::(test_\w+)`", classes)
    assert len(named) > 30
    assert [one for one in named if f"def {one[1]}(" not in (TESTS / one[0]).read_text("utf-8")] == []


@cache
def all_calls() -> list[tuple[str, str]]:
    """The file and the function of each call in the source."""
    package = PROJECT / "lsp_assess"
    return [
        (str(file.relative_to(package)), ast.unparse(node.func))
        for file in sorted(package.rglob("*.py"))
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute)
    ]


def callers(*names: str) -> list[str]:
    return [where for where, function in all_calls() if function in names]


def test_nothing_runs_or_unpacks_what_somebody_wrote(figure: Figure) -> None:  # trust B9
    imports = re.compile(r"^\s*(?:import|from) (?:pickle|marshal|shelve|dill)\b", re.MULTILINE)
    sources = [
        file for file in (PROJECT / "lsp_assess").rglob("*.py") if imports.search(file.read_text("utf-8"))
    ]
    assert sources == []
    assert callers("eval", "exec", "builtins.eval", "builtins.exec") == []
    assert callers("yaml.load", "yaml.unsafe_load", "yaml.full_load") == [STRICT_LOADER]
    figure(f"{len(all_calls())} calls looked at, 0 run or unpack")


def test_no_text_of_a_user_is_trusted_as_markup() -> None:  # trust B9
    assert set(callers("Markup", "markupsafe.Markup")) == MARKUP
    unescaped = re.compile(r"\|\s*safe\b|autoescape\s+false")
    templates = [file for file in (PROJECT / "templates").rglob("*") if file.is_file()]
    assert templates
    assert [file.name for file in templates if unescaped.search(file.read_text(encoding="utf-8"))] == []


def test_everything_installed_is_held_to_a_hash() -> None:  # trust C4
    for name in ("requirements.txt", ".ci/node.txt"):
        entries = re.split(r"\n(?=[a-zA-Z0-9])", (PROJECT / name).read_text(encoding="utf-8").strip())
        assert entries
        assert [entry.split()[0] for entry in entries if "--hash=sha256:" not in entry] == []
