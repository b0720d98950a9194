"""Every importer, and what strangers could send it; run by itself it says what each refusal cost.

Each is read in a process of its own, forked from one that has read nothing: the memory is what it took more
than that one at its highest, whoever asked the system for it."""

import gzip
import json
import os
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from lsp_assess.exchange.indicators import plan_indicators
from lsp_assess.exchange.mapping_files import read_indicator_mapping, read_response_mapping
from lsp_assess.exchange.reading import read_file
from lsp_assess.exchange.responses import plan_responses
from lsp_assess.exchange.samples import plan_sample
from lsp_assess.exchange.sheets import BYTES_LIMIT
from lsp_assess.instruments import Instrument, parse
from lsp_assess.kernel.errors import Invalid
from tests.unit.exchange.workbooks import TWO_ROWS, workbook

Importer = Callable[[bytes], object]
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
INDICATORS = (EXAMPLES / "indicators" / "no2_concentration.yaml").read_text(encoding="utf-8")
RESPONSES = (EXAMPLES / "somerville_responses.yaml").read_text(encoding="utf-8")
SURVEY = (EXAMPLES / "somerville_survey.yaml").read_text(encoding="utf-8")
MEBIBYTE = 1024 * 1024


def _questionnaire(text: str) -> Instrument:
    return parse(text, file="survey.yaml")


_NO2 = read_indicator_mapping(INDICATORS, file="no2.yaml")
_HAPPINESS, _ASKED = read_response_mapping(RESPONSES, file="r.yaml"), _questionnaire(SURVEY)

SHEETS: dict[str, Importer] = {
    "indicators": lambda sent: plan_indicators(read_file(sent, file="s", form=_NO2.head.form), _NO2),
    "responses": lambda sent: plan_responses(
        read_file(sent, file="s", form=_HAPPINESS.head.form), _HAPPINESS, _ASKED
    ),
    "sample": lambda sent: plan_sample(read_file(sent, file="s")),
}
DOCUMENTS: dict[str, Importer] = {
    "indicator mapping": lambda sent: read_indicator_mapping(sent.decode(), file="m"),
    "response mapping": lambda sent: read_response_mapping(sent.decode(), file="m"),
    "questionnaire": lambda sent: _questionnaire(sent.decode()),
}


def _wide(rows: int) -> bytes:
    return b",".join(b"c%d" % i for i in range(400)) + b"\n" + (b"1," * 399 + b"1\n") * rows


def _laughs() -> str:
    levels = ["a0: &a0 [ha, ha, ha, ha, ha, ha, ha, ha, ha]"]
    levels += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    return "\n".join(levels)


_HIDDEN = '<sheet name="Data" sheetId="1" state="{}" r:id="rId1"/>'
_ENTITIES = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 10))

OF_SHEETS: dict[str, Callable[[], bytes]] = {
    "rows": lambda: b"a,b\n" + b"1,2\n" * 100_010,
    "cells": lambda: _wide(4000),
    "bytes": lambda: b"a\n" + b"x" * (BYTES_LIMIT + 1),
    "open quote": lambda: b'a,b\n1,"' + b"x\n" * (4 * MEBIBYTE),
    "blank lines": lambda: b"a,b\n" + b"\n" * (9 * MEBIBYTE),
    "gzip": lambda: gzip.compress(b"a,b\n" * MEBIBYTE * 10),
    "a million empty rows": lambda: workbook("".join(f'<row r="{i}"/>' for i in range(1, 1_048_576))),
    "zip bomb": lambda: workbook(more={"xl/media/bomb.bin": b"\0" * (200 * MEBIBYTE)}),
    "a bomb in the sheet": lambda: workbook(
        f'<row r="1"><c r="A1" t="inlineStr"><is><t>{"x" * 190 * MEBIBYTE}</t></is></c></row>'
    ),
    "macros": lambda: workbook(more={"xl/vbaProject.bin": b"x"}),
    "external link": lambda: workbook(more={"xl/externalLinks/e.xml": "<x/>"}),
    "formula": lambda: workbook(TWO_ROWS.replace("<v>", "<f>1</f><v>")),
    "hidden sheet": lambda: workbook(sheets=_HIDDEN.format("hidden")),
    "very hidden sheet": lambda: workbook(sheets=_HIDDEN.format("veryHidden")),
    "XML entities": lambda: workbook(
        more={"xl/styles.xml": f'<!DOCTYPE x [<!ENTITY e0 "ha">{_ENTITIES}]><x>&e9;</x>'}
    ),
}
OF_DOCUMENTS: dict[str, Callable[[], bytes]] = {
    "aliases": lambda: _laughs().encode(),
    "tags": lambda: b"a: !!python/object/apply:os.system [id]\n",
    "deep YAML": lambda: b"a: " + b"[" * 100_000,
    "deep JSON": lambda: b'{"a":' * 1000 + b"1" + b"}" * 1000,
    "one long text": lambda: b"a: " + b"x" * (9 * MEBIBYTE),
    "many keys": lambda: b"".join(b"k%d: 1\n" % n for n in range(600_000)),
    "as many keys as fit": lambda: b"".join(b"k%d: 1\n" % n for n in range(50_000)),
    "as many lists as fit": lambda: b"a: [" + b"[]," * 150_000 + b"]",
    "one key twice": lambda: b"a: 1\n" * MEBIBYTE,
    "spaces": lambda: b"a:" + b" " * (9 * MEBIBYTE) + b"!",
    "quotes": lambda: b"a: " + b"'" * MEBIBYTE,
}


def cases() -> Iterator[tuple[str, Importer, bytes]]:
    for readers, bombs in ((SHEETS, OF_SHEETS), (DOCUMENTS, OF_DOCUMENTS)):
        for name, made in bombs.items():
            sent = made()
            for importer, read in readers.items():
                yield f"{name} as {importer}", read, sent


def _status(field: str) -> int:
    """KiB."""
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith(field)).split()[1])


def _cost(read: Importer, sent: bytes, *, before: int) -> dict[str, Any]:
    started = time.process_time()
    try:
        read(sent)
        codes = []
    except Invalid as refused:
        codes = sorted({one.code for one in refused.problems})
    seconds = time.process_time() - started
    return {"codes": codes, "seconds": seconds, "mebibytes": (_status("VmHWM") - before) / 1024}


def main() -> None:
    before = _status("VmRSS")
    for name, read, sent in cases():
        sys.stdout.flush()
        child = os.fork()
        if child == 0:
            sys.stdout.write(json.dumps({"case": name, **_cost(read, sent, before=before)}) + "\n")
            sys.stdout.flush()
            os._exit(0)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
