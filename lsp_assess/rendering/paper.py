"""The paper twin of a questionnaire: a printed form with the codes that it is keyed back by."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from lsp_assess.instruments.instrument import Instrument, Section
from lsp_assess.instruments.items import (
    ConsentItem,
    DateItem,
    GridItem,
    LongTextItem,
    MultipleItem,
    NoteItem,
    NumberItem,
    Question,
    ScaleItem,
    ShortTextItem,
    questions_of,
)
from lsp_assess.instruments.paper import missing_codes, printed, questions_on_paper, values_by_code
from lsp_assess.instruments.scales import Scale
from lsp_assess.instruments.text import Text
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.rendering.css import PAGE, PAGES, page_style
from lsp_assess.rendering.fonts import FACES, font_file
from lsp_assess.rendering.paper_conditions import condition
from lsp_assess.rendering.pdf import Printing, print_pdf
from lsp_assess.rendering.report import environment
from lsp_assess.rendering.wording import Spoken, speak
from lsp_assess.reports.spoken import said

PARTNERSHIP = "{partnership}"


@dataclass(frozen=True, slots=True)
class Code:
    """`says` is None between two described points."""

    code: str
    says: Message | None
    means: Message | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperQuestion:
    """`lines` are for what is written out. `how`: how to answer, where the codes do not say it. The scale
    stands at the head of the section where `is_described`."""

    number: int
    text: Message
    help: Message | None
    statements: tuple[Message, ...] = ()
    is_described: bool = False
    only_if: Message | None
    how: Message | None
    codes: tuple[Code, ...]
    lines: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperGrid:
    """`codes` head the columns, each row is a question."""

    text: Message
    help: Message | None
    only_if: Message | None
    codes: tuple[Code, ...]
    rows: tuple[tuple[int, Message], ...]


PaperItem: TypeAlias = PaperQuestion | PaperGrid | Message


@dataclass(frozen=True, slots=True)
class PaperSection:
    """`scales` are those of several of its questions, described once."""

    title: Message
    intro: Message | None
    only_if: Message | None
    scales: tuple[tuple[Code, ...], ...]
    items: tuple[PaperItem, ...]


def render_paper(instrument: Instrument, *, partnership: str, language: str) -> bytes:
    """The PDF, tagged. Raises CannotRender, and NotFound where set-up has not brought the fonts."""
    assets = {face.file: font_file(face).read_bytes() for face in FACES}
    return print_pdf(Printing(html=paper_html(instrument, partnership, language), assets=assets))


def paper_html(instrument: Instrument, partnership: str, language: str) -> str:
    def say(spoken: Message) -> Spoken:
        return speak(spoken, language)

    def named(text: Text | None) -> str:
        return text.say(language).replace(PARTNERSHIP, partnership) if text else ""

    version = message("paper.version", name=instrument.name, version=instrument.version)
    footer = f"{named(instrument.title)} · {say(version)}"
    page_of = say(message("printed.page_of", page=PAGE, pages=PAGES))
    return (
        environment()
        .get_template("paper.html.j2")
        .render(
            language=language,
            say=say,
            paper=lambda code: say(message(f"paper.{code}")),
            title=named(instrument.title),
            partnership=partnership,
            information=named(instrument.information_sheet),
            privacy=named(instrument.privacy_notice),
            sections=paper_sections(instrument),
            style=page_style(footer, "", page_of),
        )
    )


def paper_sections(instrument: Instrument) -> tuple[PaperSection, ...]:
    """Questions are numbered through, the rows of a grid among them."""
    numbers = {question.name: n for n, question in enumerate(questions_on_paper(instrument), start=1)}
    asked = {question.name: question for question in instrument.questions}
    return tuple(
        _section(replace(section, items=tuple(printed(instrument, section))), numbers, asked)
        for section in instrument.sections
    )


def _section(section: Section, numbers: Mapping[str, int], asked: Mapping[str, Question]) -> PaperSection:
    return PaperSection(
        title=said(section.title),
        intro=said(section.intro) if section.intro else None,
        only_if=condition(section.show_if, numbers, asked),
        scales=tuple(tuple(_points(scale)) for scale in _shared(section)),
        items=tuple(_items(section, numbers, asked)),
    )


def _shared(section: Section) -> tuple[Scale, ...]:
    """Described scales of at least two questions."""
    used = [item.scale for item in section.items if isinstance(item, ScaleItem)]
    described = [scale for scale in used if any(point.description for point in scale.points)]
    return tuple(scale for scale in dict.fromkeys(described) if described.count(scale) > 1)


def _items(
    section: Section, numbers: Mapping[str, int], asked: Mapping[str, Question]
) -> Iterator[PaperItem]:
    shared = _shared(section)
    for item in section.items:
        only_if = condition(item.show_if, numbers, asked)
        about = said(item.help) if item.help else None
        match item:
            case NoteItem():
                yield said(item.text)
            case GridItem():
                rows = questions_of(item)
                yield PaperGrid(
                    text=said(item.text),
                    help=about,
                    only_if=only_if,
                    codes=_codes(rows[0]),
                    rows=tuple((numbers[row.name], said(row.text)) for row in rows),
                )
            case _:
                yield PaperQuestion(
                    number=numbers[item.name],
                    text=said(item.text),
                    help=about,
                    statements=tuple(map(said, getattr(item, "statements", ()))),
                    is_described=isinstance(item, ScaleItem) and item.scale in shared,
                    only_if=only_if,
                    how=_how(item),
                    codes=_codes(item),
                    lines=_lines(item),
                )


def _codes(question: Question) -> tuple[Code, ...]:
    missing = (Code(code, message(f"missing.{kind.value}")) for code, kind in missing_codes(question))
    return (*_own_codes(question), *missing)


def _own_codes(question: Question) -> Sequence[Code]:
    codes = values_by_code(question)
    if isinstance(question, ScaleItem):
        return _points(question.scale)
    if isinstance(question, ConsentItem):
        return [Code(code, message(f"answer.{value}")) for code, value in codes.items()]
    labels = {choice.value: said(choice.label) for choice in getattr(question, "choices", ())}
    return [Code(code, labels[value]) for code, value in codes.items()]


def _points(scale: Scale) -> list[Code]:
    points = {value: scale.point(value) for value in scale.values}
    return [
        Code(str(value), said(point.label), said(point.description) if point.description else None)
        if point
        else Code(str(value), None)
        for value, point in points.items()
    ]


def _how(question: Question) -> Message | None:
    match question:
        case MultipleItem(maximum=None):
            return message("paper.how_several")
        case MultipleItem(maximum=int(most)):
            return message("paper.how_at_most", most=most)
        case NumberItem(low=low, high=high, unit=unit):
            said_unit = said(unit) if unit else given("")
            return message("paper.how_number", low=low, high=high, unit=said_unit)
        case DateItem():
            return message("paper.how_date")
        case _:
            return None


def _lines(question: Question) -> int:
    match question:
        case LongTextItem():
            return 5
        case ShortTextItem() | NumberItem() | DateItem():
            return 1
        case _:
            return 0
