"""How answers are coded on a printed form: a choice by its place, a point by its value, why there is no
answer by a letter. What is printed and what is keyed are the same codes."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from lsp_assess.instruments.instrument import Instrument, Section
from lsp_assess.instruments.items import (
    CONSENT_VALUES,
    AnyItem,
    ConsentItem,
    MultipleItem,
    Question,
    ScaleItem,
    SingleItem,
    questions_of,
)
from lsp_assess.instruments.scales import MissingKind

MISSING_CODES: Mapping[str, MissingKind] = MappingProxyType(
    {"d": MissingKind.DONT_KNOW, "r": MissingKind.REFUSED, "n": MissingKind.NOT_APPLICABLE}
)


def printed(instrument: Instrument, section: Section) -> Iterator[AnyItem]:
    """What paper asks: of a part the one score, and no attributes instead."""
    offered = instrument.offered
    return (item for item in section.items if item.name not in offered)


def questions_on_paper(instrument: Instrument) -> Iterator[Question]:
    """In the order of the form, the rows of a grid among them."""
    for section in instrument.sections:
        for item in printed(instrument, section):
            yield from questions_of(item)


def values_by_code(question: Question) -> dict[str, str]:
    """The value of each code, in the order of the form; none for what is written out."""
    if isinstance(question, ScaleItem):
        return {str(value): str(value) for value in question.scale.values}
    if isinstance(question, SingleItem | MultipleItem):
        return {str(n): choice.value for n, choice in enumerate(question.choices, start=1)}
    if isinstance(question, ConsentItem):
        return {str(n): value for n, value in enumerate(CONSENT_VALUES, start=1)}
    return {}


def missing_codes(question: Question) -> Iterator[tuple[str, MissingKind]]:
    """Those that the question offers."""
    return ((code, kind) for code, kind in MISSING_CODES.items() if kind in question.missing)
