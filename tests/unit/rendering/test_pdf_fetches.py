"""Thirteen ways to make the printing process fetch something, as markup and as what a person wrote: no
connection to a server that waits for one, and nothing of a file that should not be read (trust B7)."""

import dataclasses
import re
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import Any

import pikepdf
import pytest
from pypdf import PdfReader

from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.messages import Message, given
from lsp_assess.rendering.pdf import CannotRender, Printing, print_pdf
from lsp_assess.rendering.report import render_report
from tests.trust_run import Figure, Times
from tests.unit.rendering import sample_tables as sample
from tests.unit.rendering.sample_reports import report

CANARY = "canary-of-the-file-5d1c"
SVG = "&lt;svg xmlns='http://www.w3.org/2000/svg'&gt;&lt;image href='{at}/nested'/&gt;&lt;/svg&gt;"
WAYS = {
    "image by http": '<img alt="x" src="{at}/a.png">',
    "image by https, one without a scheme, and a set of them": (
        '<img alt="x" src="https://{host}/b.png" srcset="//{host}/c.png 2x, {at}/d.png 3x">'
    ),
    "image of a file": '<img alt="x" src="{file}"><img alt="x" src="{path}">',
    "address in a style": '<p style="background: url({at}/e.png); list-style: url({file})">',
    "style sheet that imports": '<style>@import url("{at}/f.css"); @import "{file}";</style>',
    "font": "<style>@font-face {{ font-family: y; src: url({at}/g) }} p {{ font-family: y }}</style><p>x",
    "linked style sheet or attachment": (
        '<link rel="stylesheet" href="{at}/h.css"><link rel="attachment" href="{file}">'
    ),
    "anchor that attaches": '<a rel="attachment" href="{file}">x</a><a rel="attachment" href="{at}/i">x</a>',
    "object, embed and frame": '<object data="{file}"></object><embed src="{at}/j"><iframe src="{at}/k">',
    "drawing with an image or what it uses": (
        '<svg xmlns:xlink="http://www.w3.org/1999/xlink"><image xlink:href="{at}/l.png"/>'
        '<image href="{file}"/><use xlink:href="{at}/m.svg#x"/></svg>'
    ),
    "drawing within an address of data": (
        '<img alt="x" src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\'>'
        "<image href='{at}/n'/></svg>\">"
    ),
    "page that begins or goes elsewhere": (
        '<base href="{at}/"><meta http-equiv="refresh" content="0; url={at}/o"><img alt="x" src="p.png">'
    ),
    "name that is allowed and then leads away, another protocol, a share": (
        '<img alt="x" src="asset:../{path}"><img alt="x" src="asset:{at}/q"><img alt="x" src="ftp://{host}/r">'
        '<img alt="x" src="//{host}/share/s.png"><body background="{at}/t.png">'
    ),
}


@dataclass
class Trap:
    """A server that waits, and counts who comes."""

    port: int
    came: list[str] = field(default_factory=list)


@pytest.fixture
def trap() -> Iterator[Trap]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        trap = Trap(server.getsockname()[1])

        def wait() -> None:
            while True:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return
                with connection:
                    trap.came.append("a connection")

        Thread(target=wait, daemon=True).start()
        yield trap
        server.shutdown(socket.SHUT_RDWR)


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    """An image, a style sheet and a text at once, as far as anybody looks."""
    file = tmp_path / "secret.txt"
    file.write_text(f'/* {CANARY} */ p::after {{ content: "{CANARY}" }}', encoding="utf-8")
    return file


def written(way: str, trap: Trap, secret: Path) -> str:
    host = f"127.0.0.1:{trap.port}"
    return WAYS[way].format(at=f"http://{host}", host=host, file=secret.as_uri(), path=secret)


def check_holds_nothing(pdf: bytes, folder: Path) -> str:
    """The text of the PDF, in which and beside which is nothing of the file."""
    file = folder / "made.pdf"
    file.write_bytes(pdf)
    with pikepdf.open(file) as opened:
        assert len(opened.attachments) == 0
        opened.save(
            folder / "plain.pdf", compress_streams=False, object_stream_mode=pikepdf.ObjectStreamMode.disable
        )
    assert CANARY.encode() not in (folder / "plain.pdf").read_bytes()
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert CANARY not in text
    return text


@pytest.mark.parametrize("way", WAYS)
def test_no_markup_makes_the_printing_process_fetch(
    way: str, trap: Trap, secret: Path, tmp_path: Path
) -> None:
    # trust B7
    html = f'<html lang="en"><head><title>A title</title></head><body>{written(way, trap, secret)}'
    with suppress(CannotRender):  # most are refused; what is printed may hold nothing of it
        check_holds_nothing(print_pdf(Printing(html=html)), tmp_path)
    assert trap.came == []


def test_what_people_write_is_printed_as_they_wrote_it_and_nothing_is_fetched(
    trap: Trap,
    secret: Path,
    tmp_path: Path,
    figure: Figure,
    times: Times,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # trust B4, B7
    ways, fields = list(WAYS), 0
    for turn in range(times(few=1, full=len(WAYS))):
        sent: list[str] = []

        def next_way(turn: int = turn, sent: list[str] = sent) -> str:
            sent.append(written(ways[(turn + len(sent)) % len(ways)], trap, secret))
            return sent[-1]

        monkeypatch.setattr(sample, "given", lambda _words="": given(next_way()))
        plain = report(tables=(sample.change(),))
        first, *others = plain.sections
        short = f'<img src="http://127.0.0.1:{trap.port}/">'  # the cover and page two have little room
        front = rewritten((plain.cover, first), lambda short=short: short)  # type: ignore[misc]
        hostile = dataclasses.replace(
            plain, cover=front[0], sections=(front[1], *rewritten((*others,), next_way))
        )
        sent.append(short)
        text = check_holds_nothing(render_report(hostile), tmp_path)
        missing = [words for words in sent if squeezed(words) not in squeezed(text)]
        assert missing == []
        fields += len(sent)
        assert len(sent) >= len(ways)
    figure(f"13 ways as markup and as {fields} texts of reports: connections {len(trap.came)}, files read 0")
    assert trap.came == []


def rewritten(value: Any, next_way: Callable[[], str]) -> Any:
    """The same report with something else wherever somebody's own words stand; what the gate has passed is
    made with them, since nothing can be put into it afterwards."""
    if isinstance(value, SafeTable):
        return value
    if isinstance(value, Message):
        return given(next_way()) if value.code == given("x").code else value
    if isinstance(value, tuple):
        return tuple(rewritten(each, next_way) for each in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return dataclasses.replace(
            value,
            **{
                each.name: rewritten(getattr(value, each.name), next_way)
                for each in dataclasses.fields(value)
                if each.init
            },
        )
    return value


def squeezed(text: str) -> str:
    """Without what breaking a line adds or takes away."""
    return re.sub(r"[\s\u00ad\u200b\u2010-]", "", text)


@pytest.mark.skipif(shutil.which("unshare") is None, reason="no unshare: the network namespace was NOT tried")
def test_a_document_is_printed_where_there_is_no_network_at_all() -> None:
    # trust B7
    without = ["unshare", "--net", "--map-root-user"]
    if subprocess.run([*without, "true"], capture_output=True, check=False).returncode:
        pytest.skip("no namespaces here: the printing without a network was NOT tried")
    script = (
        "from lsp_assess.rendering.pdf import Printing, print_pdf; import sys;"
        "sys.stdout.buffer.write(print_pdf(Printing(html='<html lang=en><title>T</title><p>Words')))"
    )
    done = subprocess.run([*without, sys.executable, "-c", script], capture_output=True, check=True)
    assert done.stdout.startswith(b"%PDF-1.7")
