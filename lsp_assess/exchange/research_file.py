"""The research file: records.csv, one row an interview; codebook.csv, every column and code in words;
README.txt, how the sample was drawn and how a published figure is recomputed. One ZIP."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import TextIOWrapper
from typing import BinaryIO
from zipfile import ZIP_DEFLATED, ZipFile

from lsp_assess.exchange.neutral import neutral
from lsp_assess.exchange.research_codebook import Named, codebook_rows
from lsp_assess.exchange.research_columns import Cell, Column, SumColumn
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.charts.words import Say

LEADING = ("person", "household", "round", "area", "group", "stratum", "cluster", "weight")
RAKED = "raked_"
README = ("files", "records", "codes", "weights", "design", "figures", "coarse", "duties")


@dataclass(frozen=True, slots=True, kw_only=True)
class ResearchFile:
    """All that stands beside the records. `stages` are those of the weights that were worked out, `margins`
    what they were raked to; `is_designed`: at least one round states how its sample was drawn."""

    title: Message
    partnership: Message
    agreement: str
    rounds: Sequence[Named]
    areas: Sequence[Named]
    groups: Sequence[Named]
    stages: Sequence[str]
    margins: Sequence[str]
    is_designed: bool
    columns: Sequence[Column | SumColumn]

    @property
    def design(self) -> str:
        """As `lsp-assess estimate` is told of it, and as the releases were estimated."""
        if not self.is_designed:
            return "--simple --units person"
        raked = ",".join(f"{RAKED}{margin}" for margin in self.margins)
        known = "--weights weight --strata stratum --clusters cluster --lonely adjust"
        return f"{known} --raked-to {raked}" if raked else known

    def header(self) -> list[str]:
        stages = (f"weight_{stage}" for stage in self.stages)
        margins = (f"{RAKED}{margin}" for margin in self.margins)
        return [*LEADING, *stages, *margins, *map(self.heading, self.columns)]

    def heading(self, column: Column | SumColumn) -> str:
        """A question that bears the name of a leading column gives way."""
        taken = column.name in LEADING or column.name.startswith(("weight_", RAKED))
        return f"question.{column.name}" if taken else column.name


def write_research_file(
    file: ResearchFile, records: Iterable[Sequence[Cell]], *, say: Say, out: BinaryIO
) -> int:
    """How many records. They are written as they come, and none is kept."""
    with ZipFile(out, "w", ZIP_DEFLATED) as packed:
        count = _write(packed, "records.csv", file.header(), records)
        rows = codebook_rows(file.columns, file.heading, leading=_leading(file), rounds=file.rounds, say=say)
        _write(packed, "codebook.csv", next(rows), rows)
        packed.writestr("README.txt", "\r\n".join(_readme(file, say)))
    return count


def _write(packed: ZipFile, name: str, header: Sequence[Cell], rows: Iterable[Sequence[Cell]]) -> int:
    count = 0
    with packed.open(name, "w", force_zip64=True) as entry:
        text = TextIOWrapper(entry, encoding="utf-8-sig", newline="")
        writer = csv.writer(text, lineterminator="\r\n")
        writer.writerow(_shown(header))
        for count, row in enumerate(rows, start=1):  # noqa: B007  returned below
            writer.writerow(_shown(row))
        text.flush()
    return count


def _shown(row: Sequence[Cell]) -> list[Cell]:
    return [neutral(cell) if isinstance(cell, str) else cell for cell in row]


def _leading(file: ResearchFile) -> Iterator[tuple[str, Message, Sequence[Named]]]:
    """The columns before the questions, each with what it holds and its codes."""
    codes = {"round": file.rounds, "area": file.areas, "group": file.groups}
    for name in LEADING:
        yield name, message(f"research.column.{name}"), codes.get(name, ())
    for stage in file.stages:
        yield f"weight_{stage}", message(f"research.stage.{stage}"), ()
    for margin in file.margins:
        yield f"{RAKED}{margin}", message("research.column.raked", margin=given(margin)), ()


def _readme(file: ResearchFile, say: Say) -> Iterator[str]:
    rounds = ", ".join(f"{one.code} ({say(one.name)})" for one in file.rounds)
    yield say(message("research.readme.title", title=file.title, by=file.partnership))
    yield ""
    yield say(message("research.readme.rounds", rounds=given(rounds), agreement=given(file.agreement)))
    for part in README:
        yield ""
        yield say(message(f"research.readme.{part}"))
        if part == "design":
            yield f"    lsp-assess estimate records.csv {file.design} --change round …"
