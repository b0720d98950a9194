"""The scoring model: criteria, splits that sum, elements and caps."""

from fractions import Fraction

from lsp_assess.instruments.items import AnyItem, GridItem, ScaleItem
from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.fields import Fields
from lsp_assess.instruments.reading.scoring_crosswalk import read_scoring_crosswalk
from lsp_assess.instruments.reading.shares import shared
from lsp_assess.instruments.scales import Scale
from lsp_assess.instruments.scoring import (
    Attribute,
    Criterion,
    Element,
    GroupElements,
    Part,
    ScoringModel,
)

COVERAGE_UNLESS_SAID = Fraction(2, 3)
SPREAD_UNLESS_SAID = 25
"""What a questionnaire means that leaves them out; the format's, and no edition's."""


class ScoringReader:
    def __init__(self, items: dict[str, AnyItem], scales: dict[str, Scale]) -> None:
        self._items = items
        self._scales = scales
        self._scale = ""
        self._groups: dict[str, GroupElements] = {}
        self._used: set[str] = set()

    def read(self, fields: Fields) -> ScoringModel:
        self._scale = fields.name("scale")
        if self._scale and self._scale not in self._scales:
            fields.problem("Q301", fields.line_of("scale"), scale=self._scale)
        self._groups = _read_groups(fields)
        criteria = tuple(
            self._criterion(fields.inner(node, keys.CRITERION, "criterion"))
            for node in fields.needed_nodes("criteria")
        )
        _check_unique(fields, criteria)
        coverage = fields.fraction("minimum_coverage")
        if coverage is not None and not 0 < coverage <= 1:
            fields.problem("Q510", fields.line_of("minimum_coverage"), value=str(coverage))
        return ScoringModel(
            scale=self._scale,
            criteria=criteria,
            minimum_coverage=COVERAGE_UNLESS_SAID if coverage is None else coverage,
            spread_to_discuss=fields.whole("spread_to_discuss", low=1, high=100_000, optional=True)
            or SPREAD_UNLESS_SAID,
            elements=tuple(self._groups[group] for group in sorted(self._groups)),
            crosswalk=read_scoring_crosswalk(fields, self._used),
        )

    def _criterion(self, fields: Fields) -> Criterion:
        group = fields.name("group")
        nodes = fields.needed_nodes("parts")
        read = [self._part(fields.inner(node, keys.PART, "part"), group) for node in nodes]
        return Criterion(
            number=fields.whole("number", low=1, high=99) or 0,
            name=fields.name(),
            group=group,
            points=fields.whole("points", low=1, high=100_000) or 0,
            title=fields.text("title"),
            parts=shared(fields, read),
        )

    def _part(self, fields: Fields, group: str) -> tuple[Part, Fraction | None]:
        item = fields.name("item")
        detail = fields.optional_name("detail")
        found = self._items.get(item)
        if item and found is None:
            fields.problem("Q503", item=item)
        elif found is not None and not (isinstance(found, ScaleItem) and self._fits(found.scale)):
            fields.problem("Q504", item=item, scale=self._scale)
        if item in self._used:
            fields.problem("Q506", item=item)
        self._used.add(item)
        if detail is not None:
            self._check_detail(fields, detail, group)
        share = fields.fraction("share")
        return Part(item, Fraction(0), detail), share

    def _fits(self, scale: Scale) -> bool:
        """Enablers and results may be described in different words, on the same values."""
        scoring = self._scales.get(self._scale)
        return scoring is None or scale.values == scoring.values

    def _check_detail(self, fields: Fields, detail: str, group: str) -> None:
        grid = self._items.get(detail)
        elements = self._groups.get(group)
        if not isinstance(grid, GridItem) or not self._fits(grid.scale) or elements is None:
            fields.problem("Q508", fields.line_of("detail"), item=detail, group=group)
            return
        wanted = {attribute.name for element in elements.elements for attribute in element.attributes}
        given = {row.attribute or row.name for row in grid.rows}
        if wanted != given:
            differ = ", ".join(sorted(wanted ^ given))
            fields.problem("Q509", fields.line_of("detail"), item=detail, attributes=differ)


def _check_unique(fields: Fields, criteria: tuple[Criterion, ...]) -> None:
    numbers = [str(criterion.number) for criterion in criteria]
    names = [criterion.name for criterion in criteria]
    for what, values in (("criterion number", numbers), ("criterion", names)):
        for value in sorted({value for value in values if values.count(value) > 1}):
            fields.problem("Q106", fields.line_of("criteria"), what=what, name=value)


def _read_groups(fields: Fields) -> dict[str, GroupElements]:
    caps = {entry.key: fields.code_of("caps", entry.node) for entry in fields.entries("caps")}
    groups: dict[str, GroupElements] = {}
    node = fields.node("elements")
    if node is not None:
        inner = fields.inner(node, frozenset(entry.key for entry in fields.entries("elements")), "elements")
        for entry in fields.entries("elements"):
            elements = tuple(
                _element(inner.inner(member, keys.ELEMENT, "element"))
                for member in inner.needed_nodes(entry.key)
            )
            groups[entry.key] = GroupElements(entry.key, elements, caps.get(entry.key))
            _check_group(fields, groups[entry.key], entry.line)
    for group in sorted(caps.keys() - groups.keys()):
        fields.problem("Q507", fields.line_of("caps"), attribute=caps[group], group=group)
    return groups


def _check_group(fields: Fields, group: GroupElements, line: int) -> None:
    names = [attribute.name for element in group.elements for attribute in element.attributes]
    for name in sorted({name for name in names if names.count(name) > 1}):
        fields.problem("Q106", line, what="attribute", name=name)
    if group.cap is not None and group.cap not in names:
        fields.problem("Q507", fields.line_of("caps"), attribute=group.cap, group=group.group)


def _element(fields: Fields) -> Element:
    attributes = []
    for node in fields.needed_nodes("attributes"):
        inner = fields.inner(node, keys.ATTRIBUTE, "attribute")
        attributes.append(Attribute(inner.name(), inner.optional_text("title")))
    return Element(fields.name(), fields.optional_text("title"), tuple(attributes))
