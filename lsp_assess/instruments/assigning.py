"""A questionnaire of which somebody is asked a part only."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace

from lsp_assess.instruments.expressions.tree import names_in
from lsp_assess.instruments.instrument import Instrument, Section
from lsp_assess.instruments.items import AnyItem
from lsp_assess.instruments.routing import conditions
from lsp_assess.instruments.text import Text


@dataclass(frozen=True, slots=True)
class Portion:
    """What can be assigned: a scored part, or a section that has none."""

    name: str
    title: Text
    section: Section


def portions(instrument: Instrument) -> Iterator[Portion]:
    parts = _parts(instrument)
    for section in instrument.sections:
        scored = [item for item in section.items if item.name in parts]
        for item in scored:
            yield Portion(item.name, item.text, section)
        if not scored:
            yield Portion(section.name, section.title, section)


def narrowed(instrument: Instrument, assigned: Collection[str]) -> Instrument:
    """With the portions assigned only; with all where none is named. What a section asks beside its scored
    parts is asked with any of them, and what decides whether a question is asked is asked with it."""
    if not assigned:
        return instrument
    parts = _parts(instrument)
    kept = {item.name for section in instrument.sections for item in _kept(section, parts, assigned)}
    for item, condition in reversed(list(conditions(instrument))):
        if item.name in kept and condition is not None:
            kept |= {name.partition(".")[0] for name in names_in(condition)}
    sections = (
        replace(section, items=tuple(item for item in section.items if item.name in kept))
        for section in instrument.sections
    )
    asked = replace(instrument, sections=tuple(section for section in sections if section.items))
    if instrument.minutes is None:
        return asked
    share = len(list(asked.questions)) / len(list(instrument.questions))
    return replace(asked, minutes=max(1, round(instrument.minutes * share)))


def _parts(instrument: Instrument) -> Mapping[str, str | None]:
    """By its item, the grid that asks the attributes of the part."""
    criteria = instrument.scoring.criteria if instrument.scoring else ()
    return {part.item: part.detail for criterion in criteria for part in criterion.parts}


def _kept(section: Section, parts: Mapping[str, str | None], assigned: Collection[str]) -> Iterator[AnyItem]:
    of_parts = {grid: part for part, grid in parts.items() if grid}
    opened = section.name in assigned or any(
        item.name in parts and item.name in assigned for item in section.items
    )
    for item in section.items:
        part = item.name if item.name in parts else of_parts.get(item.name)
        if section.name in assigned or (opened if part is None else part in assigned):
            yield item
