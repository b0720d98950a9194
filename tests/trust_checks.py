"""The checks of the trust specification: which test cites which, and the table in docs/trust.md."""

import ast
import re
from collections import defaultdict
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

TESTS = Path(__file__).parent
TABLE = TESTS.parent / "docs" / "trust.md"
CITED = re.compile(r"trust ([A-E]\d*(?:(?:, ?| and )[A-E]\d+)*)")
ROW = re.compile(r"\| ([A-E]\d*) \| ([^|]+) \| ([^|]*) \| ([^|]*) \|")


@dataclass(frozen=True, slots=True)
class Check:
    name: str
    promise: str
    shown_by: tuple[str, ...]
    lacking: str

    def __str__(self) -> str:
        shown = ", ".join(f"`{path}`" for path in self.shown_by)
        return f"| {self.name} | {self.promise} | {shown} | {self.lacking} |"


def checks() -> dict[str, Check]:
    return {
        name: Check(name, promise.strip(), tuple(re.findall(r"`(\S+\.py)`", shown)), lacking.strip())
        for name, promise, shown, lacking in ROW.findall(TABLE.read_text(encoding="utf-8"))
    }


def cited_in(line: str) -> list[str]:
    return [check for cited in CITED.findall(line) for check in re.findall(r"[A-E]\d*", cited)]


def citations() -> dict[str, tuple[str, ...]]:
    """The test files that cite a check, by the check's name."""
    found = defaultdict(set)
    for file in TESTS.rglob("test_*.py"):
        for check in cited_in(file.read_text(encoding="utf-8")):
            found[check].add(str(file.relative_to(TESTS)))
    return {check: tuple(sorted(files)) for check, files in found.items()}


@cache
def cited_by_tests(file: Path) -> dict[str, tuple[str, ...]]:
    """The checks of each test of a file. What the file's docstring cites is cited by every test of it; a
    comment belongs to the test that it stands in, or else to the next one."""
    source = file.read_text(encoding="utf-8")
    tree = ast.parse(source)
    tests = [n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name.startswith("test_")]
    found: dict[str, list[str]] = {test.name: cited_in(ast.get_docstring(tree) or "") for test in tests}
    docstring_ends = tree.body[0].end_lineno or 0 if ast.get_docstring(tree) else 0
    for number, line in enumerate(source.splitlines(), start=1):
        if number > docstring_ends and (named := cited_in(line)):
            here = next((test for test in tests if (test.end_lineno or 0) >= number), None)
            found.setdefault(here.name if here else "", []).extend(named)
    return {name: tuple(dict.fromkeys(named)) for name, named in found.items()}


def rewrite_table() -> None:
    """Bring the column «shown by» in step with the tests."""
    cited = citations()
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    known = checks()
    for index, line in enumerate(lines):
        if found := ROW.match(line):
            check = known[found[1]]
            lines[index] = str(replace(check, shown_by=cited.get(check.name, ())))
    TABLE.write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    rewrite_table()
