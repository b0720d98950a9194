"""A mapping's shape against its published schema, each fault as a problem with its place."""

import json
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from lsp_assess.exchange.mapping import MappingKind
from lsp_assess.exchange.sheets import PROBLEMS_SHOWN
from lsp_assess.kernel.errors import Place, Problem, problem

Path = tuple[str | int, ...]
LineOf = Callable[[Path], int | None]


@lru_cache
def schema(kind: MappingKind) -> Mapping[str, Any]:
    text = files("lsp_assess.exchange.schemas").joinpath(f"{kind.value}.json").read_text(encoding="utf-8")
    found: Mapping[str, Any] = json.loads(text)
    return found


def shape_problems(data: object, kind: MappingKind, *, file: str, line_of: LineOf) -> list[Problem]:
    problems: list[Problem] = []
    for error in sorted(Draft202012Validator(schema(kind)).iter_errors(data), key=_order):
        path = tuple(error.absolute_path)
        place = Place(file=file, line=line_of(path))
        problems.extend(_problems(error, _written(path), place))
        if len(problems) >= PROBLEMS_SHOWN:
            break
    return problems


def _order(error: ValidationError) -> list[str]:
    return [str(step) for step in error.absolute_path]


def _problems(error: ValidationError, where: str, place: Place) -> Iterator[Problem]:
    found: Any = error.instance
    rule: Any = error.validator_value
    shape: Any = error.schema
    match error.validator:
        case "additionalProperties":
            for key in found:
                if key not in shape.get("properties", {}):
                    yield problem("mapping_unknown_key", place, where=where, key=_short(key))
        case "required":
            key = next(key for key in rule if f"{key!r} is" in error.message)
            yield problem("mapping_missing_key", place, where=where, key=key)
        case "enum" | "const":
            choices = ", ".join(str(choice) for choice in (rule if error.validator == "enum" else [rule]))
            yield problem("mapping_not_a_choice", place, where=where, value=_short(found), choices=choices)
        case _:
            yield problem("mapping_wrong_value", place, where=where, value=_short(found))


def _short(value: object) -> str:
    return str(value)[:100]


def _written(path: Path) -> str:
    """`indicators[2].period`, as people point at a place in a file; counted from one."""
    written = ""
    for step in path:
        written += f"[{step + 1}]" if isinstance(step, int) else f".{step}"
    return written.lstrip(".") or "mapping"
