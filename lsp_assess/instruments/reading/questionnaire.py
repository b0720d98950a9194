"""A whole questionnaire: one of its own, or local questions added to another."""

import re
from collections.abc import Mapping
from dataclasses import replace

from lsp_assess.instruments.hashes import structure_hash
from lsp_assess.instruments.instrument import BasedOn, Instrument, Kind, Section
from lsp_assess.instruments.items import AnyItem
from lsp_assess.instruments.reading import keys
from lsp_assess.instruments.reading.conditions import read_condition
from lsp_assess.instruments.reading.fields import MOST_MEMBERS, Fields
from lsp_assess.instruments.reading.items import read_item
from lsp_assess.instruments.reading.languages import read_languages
from lsp_assess.instruments.reading.measures import read_crosswalk, read_derived, read_wheel
from lsp_assess.instruments.reading.nodes import Mapping as MappingNode
from lsp_assess.instruments.reading.nodes import Node
from lsp_assess.instruments.reading.report import Report
from lsp_assess.instruments.reading.routing import check_conditions
from lsp_assess.instruments.reading.scales import read_scales
from lsp_assess.instruments.reading.scoring import ScoringReader
from lsp_assess.instruments.scales import Scale

Shipped = Mapping[tuple[str, str], Instrument]

_VERSION = re.compile(r"[0-9]{1,6}(\.[0-9]{1,6}){0,2}")


def read_questionnaire(node: Node, report: Report, shipped: Shipped) -> Instrument | None:
    """None when problems were reported and nothing can stand in."""
    if isinstance(node, MappingNode) and node.get("extends") is not None:
        return _read_extension(Fields(node, keys.EXTENSION, report=report, what="questionnaire"), shipped)
    return _read_own(Fields(node, keys.QUESTIONNAIRE, report=report, what="questionnaire"))


def _read_own(fields: Fields) -> Instrument:
    languages = read_languages(fields)
    scales = read_scales(fields)
    placed = _read_sections(fields, scales)
    sections = tuple(section for section, _ in placed)
    items = _named_items(fields, sections, {})
    kind = fields.one_of("kind", Kind)
    scoring = fields.node("scoring")
    if scoring is not None and kind is not Kind.SELF_ASSESSMENT:
        fields.problem("Q511", fields.line_of("scoring"), kind=kind.value)
    inner = fields.inner(scoring, keys.SCORING, "scoring") if scoring else None
    instrument = Instrument(
        name=fields.name(),
        version=_version(fields, "version"),
        kind=kind,
        languages=languages,
        title=fields.text("title"),
        sections=sections,
        scales=tuple(scales[name] for name in sorted(scales)),
        minutes=fields.whole("minutes", low=1, high=600, optional=True),
        information_sheet=fields.optional_text("information_sheet"),
        privacy_notice=fields.optional_text("privacy_notice"),
        derived=read_derived(fields, items),
        scoring=ScoringReader(items, scales).read(inner) if inner else None,
        wheel=read_wheel(fields, items),
        crosswalk=read_crosswalk(fields, items),
        based_on=_based_on(fields, "based_on"),
    )
    _check_derived_names(fields, instrument, items)
    if len(items) <= MOST_MEMBERS:
        check_conditions(instrument, fields.report)
    return instrument


def _read_extension(fields: Fields, shipped: Shipped) -> Instrument | None:
    wanted = _based_on(fields, "extends")
    base = shipped.get((wanted.name, wanted.version)) if wanted else None
    if wanted is None or base is None:
        name, version = (wanted.name, wanted.version) if wanted else ("", "")
        fields.problem("Q603", fields.line_of("extends"), name=name, version=version)
        return None
    structure = structure_hash(base)
    if wanted.structure and wanted.structure != structure:
        fields.problem("Q604", fields.line_of("extends"), name=base.name, version=base.version)
    languages = read_languages(fields, base.languages)
    own_scales = read_scales(fields)
    known = {scale.name: scale for scale in base.scales}
    for name in sorted(known.keys() & own_scales.keys()):
        fields.problem("Q106", fields.line_of("scales"), what="scale", name=name)
    scales = known | own_scales
    placed = _read_sections(fields, scales)
    sections = _joined(fields, base.sections, placed)
    items = _named_items(
        fields, tuple(section for section, _ in placed), {each.name: each for each in base.items}
    )
    instrument = replace(
        base,
        name=fields.name(),
        version=_version(fields, "version"),
        languages=languages,
        title=fields.optional_text("title") or base.title,
        minutes=fields.whole("minutes", low=1, high=600, optional=True) or base.minutes,
        information_sheet=fields.optional_text("information_sheet") or base.information_sheet,
        privacy_notice=fields.optional_text("privacy_notice") or base.privacy_notice,
        scales=tuple(scales[name] for name in sorted(scales)),
        sections=sections,
        derived=base.derived + read_derived(fields, items),
        crosswalk=read_crosswalk(fields, items),
        based_on=BasedOn(base.name, base.version, structure),
    )
    _check_derived_names(fields, instrument, items)
    if len(items) <= MOST_MEMBERS:
        check_conditions(instrument, fields.report)
    return instrument


def _version(fields: Fields, key: str) -> str:
    version = fields.word(key)
    if version is not None and not _VERSION.fullmatch(version):
        fields.problem("Q110", fields.line_of(key), version=version[:30])
    return version or ""


def _based_on(fields: Fields, key: str) -> BasedOn | None:
    node = fields.node(key)
    if node is None:
        return None
    inner = fields.inner(node, keys.EXTENDS, key)
    return BasedOn(inner.name(), _version(inner, "version"), inner.word("structure", optional=True) or "")


def _read_sections(fields: Fields, scales: dict[str, Scale]) -> tuple[tuple[Section, str | None], ...]:
    """Sections, each with the section that it is to stand behind."""
    placed: list[tuple[Section, str | None]] = []
    names: set[str] = set()
    for node in fields.needed_nodes("sections"):
        inner = fields.inner(node, keys.SECTION, "section")
        section = Section(
            name=inner.name(),
            title=inner.text("title"),
            intro=inner.optional_text("intro"),
            show_if=read_condition(inner, "show_if"),
            items=tuple(read_item(member, scales, fields.report) for member in inner.needed_nodes("items")),
        )
        if section.name in names:
            inner.problem("Q106", what="section", name=section.name)
        names.add(section.name)
        fields.report.mark_lines(f"section {section.name}", inner.lines)
        placed.append((section, inner.optional_name("after")))
    return tuple(placed)


def _named_items(
    fields: Fields, sections: tuple[Section, ...], known: dict[str, AnyItem]
) -> dict[str, AnyItem]:
    named = dict(known)
    own = [item for section in sections for item in section.items]
    if len(own) > MOST_MEMBERS:
        fields.problem("Q111", fields.line_of("sections"), key="items", maximum=MOST_MEMBERS)
    for item in own[:MOST_MEMBERS]:
        if item.name and item.name in named:
            line = fields.report.line(item.name, "name")
            fields.report.add("Q106", line, item.name, what="item", name=item.name)
        named[item.name] = item
    return named


def _joined(
    fields: Fields, base: tuple[Section, ...], placed: tuple[tuple[Section, str | None], ...]
) -> tuple[Section, ...]:
    sections = list(base)
    for section, after in placed:
        names = [each.name for each in sections]
        line = fields.report.line(f"section {section.name}", "after" if after else "name")
        if section.name in names:
            fields.problem("Q106", line, what="section", name=section.name)
        if after is not None and after not in names:
            fields.problem("Q605", line, name=after)
        sections.insert(names.index(after) + 1 if after in names else len(sections), section)
    return tuple(sections)


def _check_derived_names(fields: Fields, instrument: Instrument, items: dict[str, AnyItem]) -> None:
    taken = set(items)
    for derived in instrument.derived:
        if derived.name in taken:
            fields.problem("Q106", fields.line_of("derived"), what="derived", name=derived.name)
        taken.add(derived.name)
