"""Answers record by record, for research: closed answers only, no name, no words of anybody."""

import csv
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from lsp_assess.exchange.neutral import neutral
from lsp_assess.instruments import Instrument
from lsp_assess.instruments.items import ConsentItem, LongTextItem, ShortTextItem

LEADING = ("record", "area")


def released_questions(instrument: Instrument) -> list[str]:
    """Those whose answers are codes or numbers: what somebody wrote may say who it was."""
    left_out = ShortTextItem | LongTextItem | ConsentItem
    return [question.name for question in instrument.questions if not isinstance(question, left_out)]


def write_records(
    records: Iterable[tuple[str | None, Mapping[str, Any]]], *, questions: Sequence[str], out: TextIO
) -> int:
    """CSV, a line for each pair of area code and stored answers, numbered as they come; how many lines.

    A code stands as it is, several with spaces between; a missing answer is its kind after a dot
    (`.dont_know`), and a question that was never put is empty."""
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([*LEADING, *map(neutral, questions)])
    number = 0
    for number, (area, answers) in enumerate(records, start=1):
        writer.writerow([number, neutral(area or ""), *[_cell(answers.get(name)) for name in questions]])
    return number


def _cell(entry: Mapping[str, Any] | None) -> str | int | float:
    if entry is None:
        return ""
    if "missing" in entry:
        return f".{entry['missing']}"
    value = entry["value"]
    if isinstance(value, int | float):
        return value
    return neutral(" ".join(map(str, value)) if isinstance(value, list) else str(value))
