"""What is taken in as evidence, and what is refused with a word of what to send instead (trust B8)."""

import io
import struct
import zlib

import pikepdf
import pytest
from PIL import Image

from lsp_assess.exchange.evidence_files import BYTES_LIMIT, checked
from lsp_assess.kernel.errors import Invalid
from tests.unit.exchange.attachments import (
    locked_pdf,
    office,
    open_document,
    packed,
    pdf,
    photograph,
    picture,
    script,
)

WORD, SHEET, SLIDES = "word/document.xml", "xl/workbook.xml", "ppt/presentation.xml"
MACRO_TYPES = b"application/vnd.ms-word.document.macroEnabled.main+xml"
OLE_LINK = b'<Relationship Type="http://x/officeDocument/2006/relationships/attachedTemplate"/>'
SCRIPTED = b'<a xlink:href="vnd.sun.star.script:Standard.Module1.Main"/>'
HTML = b"<!doctype html><script>alert(1)</script>"


def pixel_bomb() -> bytes:
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(bytes(100))))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(said)) + kind + said + struct.pack(">I", zlib.crc32(kind + said))
        for kind, said in chunks
    )


def pdf_bomb() -> bytes:
    """An object stream of a few kilobytes that unpacks to four gigabytes."""
    packer = zlib.compressobj(9)
    squeezed = b"".join(packer.compress(bytes(1 << 24)) for _ in range(256)) + packer.flush()
    squeezed = zlib.compress(squeezed, 9)
    return _with_object_stream(squeezed, b"[/FlateDecode /FlateDecode]")


def _with_object_stream(stream: bytes, filters: bytes) -> bytes:
    body = b"%%PDF-1.7\n1 0 obj\n<</Type/ObjStm/N 1/First 4/Filter %s/Length %d>>\nstream\n" % (
        filters,
        len(stream),
    )
    table_at = len(body) + len(stream) + len(b"\nendstream\nendobj\n")
    entries = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + number.to_bytes(1, "big")
        for kind, place, number in ((0, 0, 0), (1, 9, 0), (2, 1, 0), (1, table_at, 0))
    )
    table = (
        b"4 0 obj\n<</Type/XRef/Size 4/W[1 4 1]/Root 2 0 R/Length %d>>\nstream\n%s\nendstream\nendobj\n"
        % (
            len(entries),
            entries,
        )
    )
    return b"%s%s\nendstream\nendobj\n%sstartxref\n%d\n%%%%EOF\n" % (body, stream, table, table_at)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("Minutes of March.PDF", pdf(), "application/pdf"),
        ("chart.png", picture("PNG"), "image/png"),
        ("board.jpeg", picture("JPEG"), "image/jpeg"),
        (
            "plan.docx",
            office(WORD),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        ("figures.xlsx", office(SHEET), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (
            "talk.pptx",
            office(SLIDES),
            "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        ),
        ("cynllun.odt", open_document("text"), "application/vnd.oasis.opendocument.text"),
        ("ffigurau.ods", open_document("spreadsheet"), "application/vnd.oasis.opendocument.spreadsheet"),
    ],
)
def test_documents_and_pictures_are_taken_by_what_is_in_them(
    name: str, content: bytes, media_type: str
) -> None:
    found = checked(name, content)
    assert (found.name, found.media_type) == (name, media_type)
    assert found.content == content or media_type.startswith("image/")


@pytest.mark.parametrize(
    ("name", "content", "fault"),
    [
        ("drawing.svg", b"<svg onload='alert(1)'/>", "kind"),
        ("page.html", HTML, "kind"),
        ("program.exe", b"MZ", "kind"),
        ("minutes.pdf.exe", pdf(), "kind"),
        ("no ending", pdf(), "name"),
        (".pdf", pdf(), "name"),
        ("min\ufffdtes.pdf", pdf(), "name"),
        ("letter.docm", office(WORD), "macros"),
        ("empty.pdf", b"", "empty"),
        ("large.pdf", b"%PDF-" + bytes(BYTES_LIMIT), "too_large"),
        ("page.pdf", HTML, "mismatch"),
        ("picture.pdf", picture("PNG"), "mismatch"),
        ("document.png", pdf(), "mismatch"),
        ("photograph.png", picture("JPEG"), "mismatch"),
        ("plan.docx", office(SHEET), "mismatch"),
        ("plan.odt", open_document("spreadsheet"), "mismatch"),
        ("plan.docx", open_document("text"), "mismatch"),
        ("archive.docx", packed({"a": b"b"}), "mismatch"),
        ("old.docx", b"\xd0\xcf\x11\xe0" + bytes(600), "locked"),
        ("page.pdf", b"%PDF-1.7\n" + HTML, "broken"),
        ("torn.pdf", pdf()[:-40], "broken"),
        ("half.pdf", pdf()[:200] + b"\n%%EOF", "broken"),
        ("page.pdf", pdf() + HTML, "broken"),
        ("archive.pdf", pdf() + packed({"a": b"b"}), "broken"),
        ("bomb.pdf", pdf_bomb(), "broken"),
        ("locked.pdf", locked_pdf(), "locked"),
        ("script.pdf", pdf(OpenAction=script()), "active"),
        ("script.pdf", pdf(AA=pikepdf.Dictionary(O=pikepdf.Array([script()]))), "active"),
        (
            "files.pdf",
            pdf(Names=pikepdf.Dictionary(EmbeddedFiles=pikepdf.Dictionary(Names=pikepdf.Array()))),
            "active",
        ),
        ("starts.pdf", pdf(OpenAction=pikepdf.Dictionary(S=pikepdf.Name("/Launch"))), "active"),
        ("bomb.png", pixel_bomb(), "pixels"),
        ("large.png", picture("PNG", size=(6000, 5000)), "pixels"),
        ("torn.png", picture("PNG")[:40], "broken"),
        ("torn.jpg", picture("JPEG")[:60], "broken"),
        ("not.jpg", b"\xff\xd8\xff" + HTML, "broken"),
        ("macros.docx", office(WORD, {"word/vbaProject.bin": b"x"}), "macros"),
        ("macros.docx", office(WORD, {"word/_rels/x.xml": MACRO_TYPES}), "macros"),
        ("macros.xlsx", office(SHEET, {"xl/macrosheets/sheet1.xml": b"<x/>"}), "macros"),
        ("macros.odt", open_document("text", {"Basic/Standard/Module1.xml": b"<x/>"}), "macros"),
        ("macros.ods", open_document("spreadsheet", {"styles.xml": SCRIPTED}), "macros"),
        ("object.docx", office(WORD, {"word/embeddings/oleObject1.bin": b"x"}), "embedded"),
        ("template.docx", office(WORD, {"word/_rels/settings.xml.rels": OLE_LINK}), "embedded"),
        ("linked.xlsx", office(SHEET, {"xl/externalLinks/externalLink1.xml": b"<x/>"}), "embedded"),
        (
            "locked.odt",
            open_document("text", {"META-INF/manifest.xml": b"<manifest:encryption-data/>"}),
            "locked",
        ),
        ("entities.docx", office(WORD, {"word/x.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]>"}), "broken"),
        ("page.docx", office(WORD) + HTML, "broken"),
        ("bomb.docx", office(WORD, {"word/x.xml": bytes(50_000_000)}), "broken"),
        ("up.docx", office(WORD, {"../../etc/passwd": b"x"}), "broken"),
        ("torn.docx", office(WORD)[:-30], "broken"),
    ],
)
def test_all_else_is_refused_by_what_is_wrong_with_it(name: str, content: bytes, fault: str) -> None:
    # trust B7 B8
    with pytest.raises(Invalid) as refused:
        checked(name, content)
    assert [each.code for each in refused.value.problems] == [f"evidence_file_{fault}"]
    assert [each.place.question for each in refused.value.problems] == ["file"]


def test_a_picture_keeps_what_it_shows_upright_and_nothing_that_it_told_beside() -> None:
    # trust B8
    sent = photograph("canary of the place") + b"canary behind it"
    kept = checked("photograph.jpg", sent).content
    assert b"canary" in sent
    assert b"canary" not in kept
    with Image.open(io.BytesIO(kept)) as shown:
        assert shown.size == (4, 8)
        assert not shown.getexif()
