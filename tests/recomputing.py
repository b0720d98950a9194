"""The survey figures of a release, made again from its research file by `lsp-assess estimate`."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from lsp_assess.cli import main
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import Role, Row, SafeTable, Unit
from lsp_assess.reports.method import OF_RESIDENTS

EVERYBODY = "all"
Told = Mapping[str, Any]


@dataclass(frozen=True)
class Question:
    """As the codebook tells it."""

    column: str
    favourable: tuple[str, ...]
    unfavourable: tuple[str, ...]

    @property
    def share(self) -> str:
        return f"{self.column}={'|'.join(self.favourable)}"

    @property
    def net(self) -> str:
        return f"{self.share}:{'|'.join(self.unfavourable)}"


@dataclass(frozen=True)
class Recomputed:
    """What the command told, by what was asked, answer, place and round."""

    estimates: Mapping[tuple[str, str | None, str, int], Told]
    changes: Mapping[tuple[str, str | None, str, int], Told]


def questions_of(folder: Path) -> Mapping[str, Question]:
    counted: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    with (folder / "codebook.csv").open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            counted[row["column"]][row["counts"]].append(row["code"])
    return {
        column: Question(column, tuple(codes["favourable"]), tuple(codes["unfavourable"]))
        for column, codes in counted.items()
    }


def recomputed(
    folder: Path, release: ReleaseDocument, questions: Mapping[str, Question], design: Sequence[str]
) -> Recomputed:
    """Three calls of the command: everybody, by area, by group of areas."""
    asked: list[str] = []
    for table, row in told_by_question(release):
        asked += followed(table, questions[column_of(row.key)])
    for table in answer_tables(release):
        question = questions[subject(table)]
        asked += ["--share", question.column]
        asked += ["--net", question.net] if question.unfavourable else []
    estimates, changes = {}, {}
    calls = [(EVERYBODY, asked)]
    for place in ("area", "group"):
        of_places = [t for t in surveys(release) if t.id.startswith(f"level_two.residents.{place}s.")]
        calls.append((place, [w for t in of_places for w in followed(t, questions[subject(t)])]))
    for place, options in calls:
        document = estimated(folder, *design, *options, *(() if place == EVERYBODY else ("--by", place)))
        for one in document["estimates"]:
            where = one["domain"].get(place, EVERYBODY)
            estimates[one["item"], one["category"], where, one["domain"]["round"]] = one
        for one in document["changes"]:
            where = one["domain"].get(place, EVERYBODY)
            changes[one["item"], one["category"], where, one["earlier"]] = one
    return Recomputed(estimates, changes)


def estimated(folder: Path, *options: str) -> dict[str, Any]:
    chosen = ["--change", "round", *options, "--format", "json"]
    done = CliRunner().invoke(main, ["estimate", str(folder / "records.csv"), *chosen])
    assert done.exit_code == 0, done.output
    document: dict[str, Any] = json.loads(done.output)
    return document


def surveys(release: ReleaseDocument) -> list[SafeTable]:
    """Those that tell what residents said; how the figures were made is told in words."""
    found = [table for table in release.tables if table.id.startswith("level_two.residents.")]
    return [table for table in found if not table.id.startswith(OF_RESIDENTS)]


def told_by_question(release: ReleaseDocument) -> Iterator[tuple[SafeTable, Row]]:
    """The same questions stand in the tables of each earlier round."""
    seen = set()
    for table in surveys(release):
        if kind_of(table) in ("change", "explored"):
            for row in table.rows:
                if row.key not in seen:
                    seen.add(row.key)
                    yield table, row


def answer_tables(release: ReleaseDocument) -> list[SafeTable]:
    return [table for table in surveys(release) if kind_of(table) == "answers"]


def kind_of(table: SafeTable) -> str:
    return table.id.split(".")[2]


def subject(table: SafeTable) -> str:
    """The question or the kind of number; a question of a grid has a point in its name."""
    return table.id.split(".", 3)[3]


def column_of(key: str) -> str:
    """A release knows one of several choices as `question=choice`."""
    return key.replace("=", ".")


def is_share(table: SafeTable) -> bool:
    return any(column.role is Role.VALUE and column.unit is Unit.PERCENT for column in table.columns)


def followed(table: SafeTable, question: Question) -> list[str]:
    return ["--share", question.share] if is_share(table) else ["--mean", question.column]
