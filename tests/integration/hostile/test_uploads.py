"""What is sent to every field for a file, and is none of the kinds that are taken (trust B8)."""

import gzip
import io
import struct
import zipfile
import zlib
from pathlib import Path

from tests.forms_found import Found
from tests.integration.hostile.conftest import Places
from tests.integration.hostile.sending import Sender, was_refused
from tests.trust_run import Figure
from tests.unit.exchange.workbooks import workbook

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
CANARY = "canary-of-the-upload"
HTML = f"<!doctype html><script>alert('{CANARY}')</script>".encode()


def packed(**parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return made.getvalue()


def picture(width: int, height: int) -> bytes:
    """A PNG that says it is as large, and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    chunk = b"IHDR" + head
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


UPLOADS = {
    "drawing.svg": f'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(\'{CANARY}\')"/>'.encode(),
    "page.html": HTML,
    "table that is a page.csv": b"<html><script>alert(1)</script>,b\n1,2\n" + HTML,
    "PDF that is a page.csv": b"%PDF-1.7\n" + HTML,
    "archive that is a page.xlsx": packed(page=b"x") + HTML,
    "page before an archive.xlsx": HTML + packed(page=b"x"),
    "pixel bomb.png": picture(60_000, 60_000),
    "picture that is called a table.csv": picture(1, 1),
    "program.csv": b"MZ\x90\x00" + bytes(60),
    "packed.csv": gzip.compress(HTML, mtime=0),
    "macros.xlsx": workbook(more={"xl/vbaProject.bin": b"x"}),
    "empty.csv": b"",
    "nothing but NUL.yaml": bytes(1000),
    "../../etc/passwd": HTML,
    "CON": HTML,
    "a\r\nSet-Cookie: b=c.csv": HTML,
}
BESIDE = {
    "mapping": EXAMPLES / "indicators" / "no2_concentration.yaml",
    "questionnaire": EXAMPLES / "somerville_survey.yaml",
}


def test_what_is_no_table_and_no_text_is_refused_in_words_and_nothing_is_kept(
    places: Places, forms: list[Found], figure: Figure
) -> None:
    # trust B8
    sent, faults = 0, []
    for form in forms:
        for entry in (each for each in form.entries if each.kind == "file"):
            with places() as place:
                sender = Sender(place, form)
                for name, content in UPLOADS.items():
                    files = {
                        each.name: (io.BytesIO(BESIDE[each.name].read_bytes()), f"{each.name}.yaml")
                        for each in form.entries
                        if each.name in BESIDE and each is not entry
                    }
                    data = {**sender.filled(), **files, entry.name: (io.BytesIO(content), name)}
                    answer = sender.client.post(form.action, data=data, content_type="multipart/form-data")
                    sent += 1
                    if answer.status_code >= 500 or not was_refused(answer):
                        faults.append(f"{form.endpoint} {entry.name}: {name}: {answer.status_code}")
                    if (
                        "There is a problem" not in answer.text
                        and "Nothing has been written" not in answer.text
                    ):
                        faults.append(f"{form.endpoint} {entry.name}: {name}: no word of it")
                    if "<script>alert(" in answer.text or "Set-Cookie: b" in str(answer.headers):
                        faults.append(f"{form.endpoint} {entry.name}: {name}: taken for markup")
                    sender.check_untouched(name)
                faults += sender.faults
                sender.close()
    figure(f"{sent} uploads of other kinds: taken 0, kept 0")
    assert faults == []
    assert sent > 50
