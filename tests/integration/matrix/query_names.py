"""The names that the product reads of a query, found in its source: a new one is among them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import lsp_assess
from lsp_assess.web.coordination_personal_data import HouseholdForm

SOURCE = Path(lsp_assess.__file__).parent
TEMPLATES = SOURCE.parent / "templates"
OF_THE_LIBRARY = frozenset({"next", "token"})
OF_FORMS = {"coordination_personal_data.py": frozenset(HouseholdForm()._fields)}
"""Where the whole query is handed to a form."""


def query_names() -> tuple[str, ...]:
    found, whole = set(OF_THE_LIBRARY), set()
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"))
        queries, named = sum(map(is_query, ast.walk(tree))), list(names_in(tree))
        found.update(named)
        if len(named) < queries:
            whole.add(path.name)
    assert whole == OF_FORMS.keys(), "what is read of a query there is not known"
    for path in TEMPLATES.rglob("*.html"):
        found.update(re.findall(r"request\.(?:args|values)\.get\('(\w+)'", path.read_text("utf-8")))
    return tuple(sorted(found.union(*OF_FORMS.values())))


def is_query(node: ast.AST) -> bool:
    return isinstance(node, ast.Attribute) and ast.unparse(node) in ("request.args", "request.values")


def names_in(tree: ast.AST) -> Iterator[str]:
    """Of `request.args.get("name")`, `request.args["name"]` and `"name" in request.args`."""
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Attribute(value=query), args=[ast.Constant(value=str(name)), *_]):
                pass
            case ast.Subscript(value=query, slice=ast.Constant(value=str(name))):
                pass
            case ast.Compare(left=ast.Constant(value=str(name)), ops=[ast.In()], comparators=[query]):
                pass
            case _:
                continue
        if is_query(query):
            yield name
