"""The numbers of a table as a report prints them, against those of the release that it was made from."""

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from uuid import UUID

from lsp_assess.disclosure.tables import Cell, Row, SafeTable
from lsp_assess.disclosure.values import Estimate, Moment, Number, StoryReference, Strip, Verdict, Words
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.tables import ShownRow, show_table
from lsp_assess.rendering.wording import say
from lsp_assess.reports.model import Report, StoryBlock, TableBlock
from tests.pdf_tables import PrintedTable, printed_tables

NUMBER = re.compile(r"(?<![\w.])[−+-]?\d+(?:[ \u202f]\d{3})*(?:\.\d+)?")
Told = tuple[float, int]
"""A number with its decimals."""


def told_in(words: str) -> list[Told]:
    found = [re.sub(r"\s", "", each.replace("−", "-")) for each in NUMBER.findall(words)]
    return [(float(each), len(each.partition(".")[2])) for each in found]


def released(cell: Cell) -> Iterator[float]:
    """The numbers of a cell, of its words those that stand in them."""
    match cell.value:
        case Number(amount=amount):
            yield amount
        case Estimate(amount=amount, low=low, high=high):
            yield from (each for each in (amount, low, high) if each is not None)
        case Verdict(detectable=float() as least):
            yield least
        case Strip(points=points):
            for score, people in points:
                yield from (score, people) if people > 1 else (score,)
        case Words(message=words):
            yield from (number for number, _ in told_in(say(words)))


def faults(block: TableBlock, printed: PrintedTable, titles: Mapping[UUID, str]) -> Iterator[str]:
    """What is printed and not released, or released and neither printed nor told of below. `titles` are those
    of the stories told."""
    table = block.table
    every, below = _by_row(table, printed, titles), told_in(printed.words)
    beside = [number for label in table.heading.rounds for number, _ in told_in(say(label.name))]
    for i, row in enumerate(table.rows):
        waiting = [number for cell in row.cells[1:] for number in released(cell)]
        days = [number for cell in row.cells for number in _of_day(cell)]
        for number, places in every.get(i, []):
            same = [each for each in waiting if rounded(each, places) == number]
            if same:
                waiting.remove(same[0])
            elif number not in (*days, *beside):
                yield f"{table.id}, row {i}: {number} is not in the release"
        for each in waiting:
            if not any(rounded(each, places) == told for told, places in below):
                yield f"{table.id}, row {i}: {each} is not printed"


def _of_day(cell: Cell) -> tuple[float, ...]:
    return (cell.value.on.day, cell.value.on.year) if isinstance(cell.value, Moment) else ()


def _by_row(table: SafeTable, printed: PrintedTable, titles: Mapping[UUID, str]) -> dict[int, list[Told]]:
    """What is printed of each row, wherever its label stands: beside, or above with a line for each round."""
    rows = show_table(table).rows
    labels = [_label(table.rows[i], row, titles) for i, row in enumerate(rows)]
    found: dict[int, list[Told]] = defaultdict(list)
    heading, at = "", -1
    for first, *cells in printed.rows:
        if not cells:
            heading = first
        fits = [i for i, row in enumerate(rows) if _is_of(row, labels[i], heading, first)]
        assert fits or not cells, f"{printed.heading}: no row of the release is «{heading}» «{first}»"
        at = next((i for i in fits if i >= at), fits[0] if fits else at)
        if cells:
            found[at] += told_in("; ".join(cells))
        elif fits:
            found[at] += told_in(first)[len(told_in(labels[at])) :]
    return found


def _label(row: Row, shown: ShownRow, titles: Mapping[UUID, str]) -> str:
    value = row.cells[0].value
    gone = say(message("shown.story_gone"))
    return titles.get(value.story, gone) if isinstance(value, StoryReference) else shown.cells[0].text


def _is_of(row: ShownRow, label: str, heading: str, first: str) -> bool:
    """Where a line ends is nothing that is said."""
    own, above, beside = ("".join(each.split()) for each in (label, heading, first))
    parted = row.parted and tuple("".join(each.split()) for each in row.parted)
    return own == beside or parted == (above, beside) or above.startswith(own)


def rounded(amount: float, places: int) -> float:
    """Half up, away from zero."""
    return float(f"{amount + (1e-9 if amount >= 0 else -1e-9):.{places}f}")


def compared(report: Report, pdf: bytes) -> tuple[int, list[str]]:
    """How many numbers of tables were compared, and every fault."""
    blocks = [block for section in report.sections for block in section.blocks]
    titles = {block.story: say(block.title) for block in blocks if isinstance(block, StoryBlock)}
    tables = [block for block in blocks if isinstance(block, TableBlock) and block.table.rows]
    printed = printed_tables(pdf)
    found = [] if len(printed) == len(tables) else [f"{len(printed)} tables printed of {len(tables)}"]
    for block, there in zip(tables, printed, strict=False):
        found += faults(block, there, titles)
    return sum(len(told_in("; ".join(row[1:]))) for table in printed for row in table.rows), found
