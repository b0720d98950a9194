"""Another body's framework, and which parts of each edition are evidence for its criteria: data, as editions
are. It scores nothing; what was scored, agreed and done stands under it a second time."""

from collections.abc import Mapping
from dataclasses import dataclass

from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.fields import Fields
from lsp_assess.instruments.reading.languages import read_languages
from lsp_assess.instruments.reading.nodes import Node
from lsp_assess.instruments.reading.report import Report
from lsp_assess.instruments.reading.yaml_text import read_yaml
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.errors import Invalid


@dataclass(frozen=True, slots=True)
class FrameworkCriterion:
    """`parts` by the name of the questionnaire."""

    name: str
    title: Text
    text: Text
    parts: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Framework:
    name: str
    title: Text
    criteria: tuple[FrameworkCriterion, ...]


def parse_framework(text: str, *, file: str) -> Framework:
    """Raises Invalid with every problem."""
    report = Report(file)
    fields = Fields(read_yaml(text, file=file), keys.FRAMEWORK, report=report, what="framework")
    read_languages(fields)
    framework = Framework(
        name=fields.name(),
        title=fields.text("title"),
        criteria=tuple(_criterion(fields, node) for node in fields.needed_nodes("criteria")),
    )
    if report.problems:
        raise Invalid(*report.told())
    return framework


def _criterion(fields: Fields, node: Node) -> FrameworkCriterion:
    inner = fields.inner(node, keys.FRAMEWORK_CRITERION, "criterion")
    parts = inner.needed("parts")
    named = frozenset() if parts is None else frozenset(entry.key for entry in inner.entries("parts"))
    by_edition = None if parts is None else inner.inner(parts, named, "parts")
    return FrameworkCriterion(
        name=inner.name(),
        title=inner.text("title"),
        text=inner.text("text"),
        parts={} if by_edition is None else {edition: by_edition.names(edition) for edition in sorted(named)},
    )
