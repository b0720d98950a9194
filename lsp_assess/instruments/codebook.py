"""The codebook: what each column of an export holds."""

from dataclasses import dataclass

from lsp_assess.instruments.expressions.tree import Expression
from lsp_assess.instruments.instrument import Derived, Instrument, Section
from lsp_assess.instruments.items import (
    AnyItem,
    Base,
    ConsentItem,
    GridItem,
    MultipleItem,
    Question,
    ScaleItem,
    Sensitivity,
    SingleItem,
    questions_of,
)
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.instruments.text import Text


@dataclass(frozen=True, slots=True)
class CodedValue:
    """A code with its words; consents have none of their own."""

    code: str
    label: Text | None


@dataclass(frozen=True, slots=True)
class CodebookRow:
    """`column` is the question's name; `stem` the text of the grid that a row belongs to."""

    section: str
    column: str
    text: Text
    stem: Text | None
    type: str
    values: tuple[CodedValue, ...]
    missing: tuple[MissingKind, ...]
    base: Base | None
    show_if: Expression | None
    sensitivity: Sensitivity
    links: tuple[str, ...]


def codebook(instrument: Instrument) -> tuple[CodebookRow, ...]:
    asked = (
        _row(section, item, question)
        for section in instrument.sections
        for item in section.items
        for question in questions_of(item)
    )
    return (*asked, *(_derived_row(derived) for derived in instrument.derived))


def _row(section: Section, item: AnyItem, question: Question) -> CodebookRow:
    return CodebookRow(
        section=section.name,
        column=question.name,
        text=question.text,
        stem=item.text if isinstance(item, GridItem) else None,
        type=item.type.value,
        values=_values(question),
        missing=question.missing,
        base=question.base,
        show_if=question.show_if,
        sensitivity=question.sensitivity,
        links=question.links,
    )


def _derived_row(derived: Derived) -> CodebookRow:
    return CodebookRow(
        section="derived",
        column=derived.name,
        text=derived.text,
        stem=None,
        type="sum of " + ", ".join(derived.questions),
        values=(),
        missing=(),
        base=None,
        show_if=None,
        sensitivity=Sensitivity.ORDINARY,
        links=derived.links,
    )


def _values(question: Question) -> tuple[CodedValue, ...]:
    match question:
        case SingleItem(choices=choices) | MultipleItem(choices=choices):
            return tuple(CodedValue(choice.value, choice.label) for choice in choices)
        case ScaleItem(scale=scale):
            return tuple(CodedValue(str(point.value), point.label) for point in scale.points)
        case ConsentItem():
            return (CodedValue("yes", None), CodedValue("no", None))
        case _:
            return ()
