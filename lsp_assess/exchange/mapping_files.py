"""Mapping files: YAML (no aliases, tags or double keys), checked against the published schema."""

from collections.abc import Mapping
from typing import Any

from lsp_assess.exchange.indicator_mapping import IndicatorMapping
from lsp_assess.exchange.indicator_mapping_parsing import indicator_mapping, indicator_mapping_problems
from lsp_assess.exchange.mapping import MappingHead, MappingKind, Source
from lsp_assess.exchange.mapping_shape import Path, shape_problems
from lsp_assess.exchange.response_mapping import ResponseMapping
from lsp_assess.exchange.response_mapping_parsing import response_mapping, response_mapping_problems
from lsp_assess.exchange.sheets import Encoding, Format
from lsp_assess.instruments.reading import nodes
from lsp_assess.instruments.reading.yaml_text import read_yaml
from lsp_assess.kernel.errors import Invalid, Place, problem


def read_indicator_mapping(text: str, *, file: str) -> IndicatorMapping:
    """Raises Invalid with every fault of the mapping and its line."""
    data, head = _checked(text, MappingKind.INDICATORS, file)
    mapping = indicator_mapping(data, head)
    problems = tuple(indicator_mapping_problems(mapping, Place(file=file)))
    if problems:
        raise Invalid(*problems)
    return mapping


def read_response_mapping(text: str, *, file: str) -> ResponseMapping:
    """Raises Invalid with every fault of the mapping and its line."""
    data, head = _checked(text, MappingKind.RESPONSES, file)
    mapping = response_mapping(data, head, Place(file=file))
    problems = tuple(response_mapping_problems(mapping, Place(file=file)))
    if problems:
        raise Invalid(*problems)
    return mapping


def _checked(text: str, kind: MappingKind, file: str) -> tuple[Mapping[str, Any], MappingHead]:
    root = read_yaml(text, file=file)
    data = nodes.to_plain(root)
    if not isinstance(data, dict):
        raise Invalid(problem("mapping_not_a_mapping", Place(file=file, line=1)))
    problems = shape_problems(data, kind, file=file, line_of=lambda path: _line(root, path))
    if problems:
        raise Invalid(*problems)
    return data, _head(data, text)


def _line(node: nodes.Node, path: Path) -> int | None:
    """The line of the deepest step of `path` that there is."""
    line = node.line
    for step in path:
        inner = None
        if isinstance(node, nodes.Mapping):
            inner = node.get(str(step))
        elif isinstance(node, nodes.Sequence) and isinstance(step, int):
            inner = node.items[step]
        if inner is None:
            break
        node, line = inner, inner.line
    return line


def _head(data: Mapping[str, Any], text: str) -> MappingHead:
    form = data.get("file", {})
    return MappingHead(
        title=data["title"],
        source=Source(**data["source"]),
        form=Format(
            encoding=Encoding(form.get("encoding", Encoding.UTF_8)),
            delimiter=form.get("delimiter", ","),
            sheet=form.get("sheet"),
        ),
        ignored=data.get("ignored", {}),
        text=text,
        note=data.get("note"),
    )
