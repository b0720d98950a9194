"""What is wrong, as a line on the terminal."""

from lsp_assess.kernel.errors import Problem
from lsp_assess.rendering.wording import say


def said_problem(one: Problem) -> str:
    """`file, row 12, column value: what is wrong. What to do.`"""
    place = one.place
    parts = [
        place.file,
        f"row {place.row}" if place.row is not None else None,
        f"line {place.line}" if place.line is not None and place.row is None else None,
        f"column {place.column}" if place.column is not None else None,
        f"question {place.question}" if place.question is not None else None,
        f"value “{place.value}”" if place.value is not None else None,
    ]
    where = ", ".join(part for part in parts if part)
    return f"{where}: {say(one.what)} {say(one.remedy)}" if where else f"{say(one.what)} {say(one.remedy)}"
