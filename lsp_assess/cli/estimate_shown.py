"""Estimates as `lsp-assess estimate` writes them: a table to read, CSV and JSON with every digit."""

import csv
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TypeAlias

from lsp_assess.estimation import Change, Estimate, Flag, Level, Method
from lsp_assess.exchange.neutral import neutral
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say

Cell: TypeAlias = str | int | float | None
Fields: TypeAlias = tuple[tuple[str, Cell], ...]
METHODS = {Method.KORN_GRAUBARD: "Korn–Graubard"}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure: what it is of, and its numbers. `domain` are the columns that it was estimated by."""

    item: str
    statistic: str
    category: Level | None
    domain: tuple[tuple[str, Level], ...]
    numbers: Fields
    flags: tuple[Flag, ...]


def estimate_line(item: str, statistic: str, one: Estimate) -> Line:
    numbers: Fields = (
        ("n", one.n),
        ("value", one.value),
        ("se", one.se),
        ("df", one.df),
        ("lower", one.lower),
        ("upper", one.upper),
        ("level", one.level),
        ("method", one.method.value),
        ("design_effect", one.deff),
        ("design_effect_against", one.deff_reference.value),
        ("effective_n", one.effective_n),
    )
    return Line(item, statistic, one.category, one.domain, numbers, one.flags)


def change_line(item: str, statistic: str, change: Change, earlier: Level, later: Level) -> Line:
    numbers: Fields = (
        ("earlier", earlier),
        ("later", later),
        ("value", change.value),
        ("se", change.se),
        ("df", change.df),
        ("lower", change.lower),
        ("upper", change.upper),
        ("level", change.level),
        ("method", change.method.value),
        ("p", change.p),
        ("variance_earlier", change.v1),
        ("variance_later", change.v2),
        ("covariance", change.c12),
        ("shared_clusters", change.shared_clusters),
    )
    return Line(item, statistic, change.category, change.domain, numbers, change.flags)


def as_json(estimates: Sequence[Line], changes: Sequence[Line], notes: Sequence[str]) -> str:
    document = {
        "estimates": [_document(line) for line in estimates],
        "changes": [_document(line) for line in changes],
        "notes": list(notes),
    }
    return json.dumps(document, indent=1, ensure_ascii=False)


def _document(line: Line) -> dict[str, object]:
    said = {"item": line.item, "statistic": line.statistic, "category": line.category}
    flags = [flag.value for flag in line.flags]
    return {**said, "domain": dict(line.domain), **dict(line.numbers), "flags": flags}


def as_csv(estimates: Sequence[Line], changes: Sequence[Line]) -> str:
    """Estimates and changes below each other; what only the others have stays empty."""
    kinds = [("estimate", line) for line in estimates] + [("change", line) for line in changes]
    domain = list(dict.fromkeys(name for _, line in kinds for name, _ in line.domain))
    numbers = list(dict.fromkeys(name for _, line in kinds for name, _ in line.numbers))
    out = StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(
        ["kind", "item", "statistic", "category", *map(neutral, domain), *numbers, "flags"],
    )
    for kind, line in kinds:
        of, told = dict(line.domain), dict(line.numbers)
        leading = [kind, line.item, line.statistic, line.category, *(of.get(name) for name in domain)]
        cells = [*leading, *(told.get(name) for name in numbers), " ".join(line.flags)]
        writer.writerow([neutral(cell) if isinstance(cell, str) else cell for cell in cells])
    return out.getvalue()


def as_table(estimates: Sequence[Line], changes: Sequence[Line], notes: Sequence[str]) -> str:
    """Letters behind a line lead to the words below, in the order of `Flag`."""
    raised = [flag for flag in Flag if any(flag in line.flags for line in (*estimates, *changes))]
    letter = {flag: chr(ord("a") + place) for place, flag in enumerate(raised)}
    blocks = []
    for title, lines in (("Estimates", estimates), ("Changes", changes)):
        if lines:
            blocks.append(f"{title}\n{_grid([_shown(line, letter) for line in lines])}")
    words = [f"{letter[flag]}  {say(message(f'estimation.flag.{flag.value}'))}" for flag in raised]
    if words or notes:
        blocks.append("\n".join([*words, *notes]))
    return "\n\n".join(blocks)


def _shown(line: Line, letter: dict[Flag, str]) -> Fields:
    told = dict(line.numbers)
    limits = (told["lower"], told["upper"])
    interval = "none" if None in limits else f"{_short(limits[0])} to {_short(limits[1])}"
    said: list[tuple[str, Cell]] = [("item", line.item), ("statistic", line.statistic)]
    said += [("answer", line.category)] if line.category is not None else [("answer", "")]
    said += line.domain
    said += [(name, told[name]) for name in ("earlier", "later", "n") if name in told]
    said += [("value", _short(told["value"])), ("se", _short(told["se"])), ("df", told["df"])]
    said += [(f"{100 * float(told['level'] or 0):g} % interval", interval)]
    method = Method(str(told["method"]))
    said += [("method", METHODS.get(method, method.value))]
    if "p" in told:
        said += [("p", _p(told["p"])), ("shared clusters", told["shared_clusters"])]
    else:
        said += [("deff", _short(told["design_effect"], digits=2))]
        said += [("eff. n", _short(told["effective_n"], digits=0))]
    return (*said, ("", "".join(letter[flag] for flag in line.flags)))


def _short(number: Cell, *, digits: int = 4) -> str:
    return f"{number:,.{digits}f}" if isinstance(number, int | float) else "–"


def _p(p: Cell) -> str:
    if not isinstance(p, float):
        return "–"
    return "< 0.0001" if p < 0.0001 else f"{p:.4f}"


def _grid(rows: Sequence[Fields]) -> str:
    """Numbers stand to the right. A column that is empty throughout is left out."""
    names = list(dict.fromkeys(name for row in rows for name, _ in row))
    columns = {name: [_word(dict(row).get(name)) for row in rows] for name in names}
    kept = {name: cells for name, cells in columns.items() if any(cells)}
    width = {name: max(map(len, (name, *cells))) for name, cells in kept.items()}
    right = {name for name, cells in kept.items() if all(_is_figure(cell) for cell in cells)}

    def line(cells: Iterable[tuple[str, str]]) -> str:
        set_out = (c.rjust(width[n]) if n in right else c.ljust(width[n]) for n, c in cells)
        return "  ".join(set_out).rstrip()

    heading = line((name, name) for name in kept)
    return "\n".join([heading, *(line((n, kept[n][at]) for n in kept) for at in range(len(rows)))])


def _word(cell: Cell) -> str:
    return "" if cell is None else str(cell)


def _is_figure(cell: str) -> bool:
    return not cell or cell[0].isdigit() or cell[0] in "-–<"
