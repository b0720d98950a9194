"""Markup in a file: what is said of its faults shows it as it was written. # trust B4"""

import csv
from collections.abc import Callable, Iterator
from html import escape
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any
from uuid import UUID

import yaml

from tests.desk import Desk
from tests.hostile_words import read
from tests.integration.coordination.test_files import HEADER, rows
from tests.integration.coordination.test_questionnaires import OWN
from tests.integration.coordination.test_sample import HEADER as ADDRESSES
from tests.integration.coordination.test_sample import SIX
from tests.trust_run import Figure, Times
from tests.unit.exchange.workbooks import workbook

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
MAPPING = (EXAMPLES / "indicators" / "no2_concentration.yaml").read_bytes()
RESPONSES, SURVEY = ((EXAMPLES / f"somerville_{name}.yaml").read_bytes() for name in ("responses", "survey"))
TABLE = [HEADER.strip().split(","), *csv.reader(StringIO(rows("21.5").decode().removeprefix(HEADER)))]
SAMPLE = list(csv.reader(StringIO(ADDRESSES + SIX)))
SAID = '"><img src=x onerror=alert(zq1q)></title><svg>'  # longer ones are cut
NAME = "'><img src=x onerror=alert(zq2q)><svg onload=alert(2)>.csv"  # a browser sends no quotation mark in it
Case = tuple[str, dict[str, tuple[Any, str]]]
"""Where files are sent to, and what; a document is written as YAML once it is sent."""


def csv_of(table: list[list[str]]) -> bytes:
    made = StringIO(newline="")
    csv.writer(made).writerows(table)
    return made.getvalue().encode()


def workbook_of(table: list[list[str]]) -> bytes:
    cell = '<c r="{}{}" t="inlineStr"><is><t>{}</t></is></c>'
    made = (
        "".join(cell.format("ABCDEFG"[at], number, escape(said)) for at, said in enumerate(row))
        for number, row in enumerate(table, 1)
    )
    return workbook("".join(f'<row r="{number}">{cells}</row>' for number, cells in enumerate(made, 1)))


def bad_tables(table: list[list[str]]) -> Iterator[list[list[str]]]:
    """One header or one cell after the other is markup."""
    for row in range(len(table)):
        for at in range(len(table[0])):
            yield [
                [SAID if (r, c) == (row, at) else v for c, v in enumerate(vs)] for r, vs in enumerate(table)
            ]


def bad_documents(value: Any) -> Iterator[Any]:
    """One key or one value after the other is markup."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield {SAID if name == key else name: held for name, held in value.items()}
            for bad in bad_documents(each):
                yield {**value, key: bad}
    elif isinstance(value, list):
        for at, each in enumerate(value):
            for bad in bad_documents(each):
                yield [*value[:at], bad, *value[at + 1 :]]
    else:
        yield SAID


def written(content: Any) -> bytes:
    return content if isinstance(content, bytes) else yaml.safe_dump(content, allow_unicode=True).encode()


def cases(survey_id: UUID) -> Iterator[Case]:
    mapping, survey = (MAPPING, "no2.yaml"), (SURVEY, "survey.yaml")
    writers: tuple[Callable[[list[list[str]]], bytes], ...] = (csv_of, workbook_of)
    for table in bad_tables(TABLE):
        for made in writers:
            yield "/files/indicators", {"file": (made(table), "no2.csv"), "mapping": mapping}
    for table in bad_tables(SAMPLE):
        yield f"/collections/{survey_id}/sample/file", {"file": (csv_of(table), NAME)}
    for content in (b"", b"%PDF", rows("x")):
        yield "/files/indicators", {"file": (content, NAME), "mapping": mapping}
    for bad in bad_documents(yaml.safe_load(MAPPING)):
        yield "/files/indicators", {"file": (rows("21.5"), "no2.csv"), "mapping": (bad, NAME)}
    answers = (csv_of([[SAID, "b"], ["1", SAID]]), "answers.csv")
    for bad in bad_documents(yaml.safe_load(RESPONSES)):
        yield "/files/responses", {"file": answers, "mapping": (bad, NAME), "questionnaire": survey}
    for bad in bad_documents(yaml.safe_load(OWN)):
        yield "/questionnaires/new", {"file": (bad, NAME)}


def test_markup_in_any_part_of_a_file_is_shown_as_it_was_written(
    desk: Desk, survey: UUID, figure: Figure, times: Times
) -> None:
    # trust B4
    every = list(cases(survey))
    chosen = every[:: times(few=len(every) // 30, full=2)]
    refused, said, faults = 0, 0, []
    for path, sent in chosen:
        files = {name: (BytesIO(written(content)), called) for name, (content, called) in sent.items()}
        answer = desk.fill(path, **files)
        assert answer.status_code in (302, 422), path
        if answer.status_code == 302:
            answer = desk.client.get(answer.location, follow_redirects=True)
        else:
            refused += 1
        page = read(answer.text, SAID, NAME)
        faults += [f"{path}: {fault}" for fault in page.faults]
        said += bool(page.marks)
    figure(
        f"{len(chosen)} files with markup: {refused} refused, {said} shown, taken for markup {len(faults)}"
    )
    assert faults == []
    assert said > len(chosen) / 2
