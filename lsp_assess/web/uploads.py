"""Files that a browser sends, and what is wrong with them, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass

from werkzeug.datastructures import FileStorage

from lsp_assess.actions.importing import Upload
from lsp_assess.kernel.errors import Problem
from lsp_assess.rendering.wording import say
from lsp_assess.web.form_fields import tidy_line
from lsp_assess.web.languages import language

LONGEST_NAME = 100


@dataclass(frozen=True, slots=True)
class Fault:
    """A row of the table of errors: where, what, and what to do."""

    code: str
    where: str
    value: str
    what: str
    remedy: str


def sent(given: object) -> Upload | None:
    """None where no file was chosen. Its name is only ever shown: no path, nothing that cannot be read."""
    if not isinstance(given, FileStorage) or not given.filename:
        return None
    last = given.filename.replace("\\", "/").rsplit("/", maxsplit=1)[-1]
    name = "".join(each for each in tidy_line(last) if each.isprintable())[:LONGEST_NAME]
    return Upload(name or "file", given.read())


def faults(problems: Sequence[Problem]) -> list[Fault]:
    return [_fault(each) for each in problems]


def _fault(each: Problem) -> Fault:
    place = each.place
    parts = (
        place.file,
        f"row {place.row}" if place.row is not None else None,
        f"line {place.line}" if place.line is not None and place.row is None else None,
        f"column {place.column}" if place.column else None,
        f"question {place.question}" if place.question else None,
    )
    return Fault(
        code=each.code,
        where=", ".join(part for part in parts if part),
        value=place.value or "",
        what=say(each.what, language()),
        remedy=say(each.remedy, language()),
    )
