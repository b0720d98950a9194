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
IMAGE = '<img alt="x" src="{}">'
# Each with one address, since the first that is refused ends the document.
WAYS = {
    "image by http": (IMAGE.format("{at}/a.png"),),
    "image by https, one without a scheme, and a set of them": (
        IMAGE.format("https://{host}/b.png"),
        IMAGE.format("//{host}/c.png"),
        '<img alt="x" srcset="{at}/d.png 2x">',
        '<img alt="x" src="asset:e" srcset="//{host}/e.png 2x, {at}/e.png 3x">',
    ),
    "image of a file": (IMAGE.format("{file}"), IMAGE.format("{path}")),
    "address in a style": (
        '<p style="background: url({at}/e.png)">',
        '<p style="display: list-item; list-style: url({file})">',
    ),
    "style sheet that imports": (
        '<style>@import url("{at}/f.css");</style>',
        '<style>@import "{file}";</style><p>x',
    ),
    "font": (
        "<style>@font-face {{ font-family: y; src: url({at}/g) }} p {{ font-family: y }}</style><p>x",
        "<style>@font-face {{ font-family: y; src: url({file}) }} p {{ font-family: y }}</style><p>x",
    ),
    "linked style sheet or attachment": (
        '<link rel="stylesheet" href="{at}/h.css">',
        '<link rel="stylesheet" href="{file}"><p>x',
        '<link rel="attachment" href="{file}">',
        '<link rel="attachment" href="{at}/h">',
    ),
    "anchor that attaches": (
        '<a rel="attachment" href="{file}">x</a>',
        '<a rel="attachment" href="{at}/i">x</a>',
    ),
    "object, embed and frame": (
        '<object data="{file}"></object>',
        '<embed src="{at}/j">',
        '<iframe src="{at}/k"></iframe>',
    ),
    "drawing with an image or what it uses": tuple(
        f'<svg xmlns:xlink="http://www.w3.org/1999/xlink">{each}</svg>'
        for each in (
            '<image xlink:href="{at}/l.png"/>',
            '<image href="{file}"/>',
            '<use xlink:href="{at}/m.svg#x"/>',
        )
    ),
    "drawing within an address of data": (
        '<img alt="x" src="data:image/svg+xml,<svg xmlns=\'http://www.w3.org/2000/svg\'>'
        "<image href='{at}/n'/></svg>\">",
    ),
    "page that begins or goes elsewhere": (
        '<base href="{at}/"><img alt="x" src="p.png">',
        '<meta http-equiv="refresh" content="0; url={at}/o"><p>x',
    ),
    "name that is allowed and then leads away, another protocol, a share": (
        IMAGE.format("asset:../{path}"),
        IMAGE.format("asset:{at}/q"),
        IMAGE.format("ftp://{host}/r"),
        IMAGE.format("//{host}/share/s.png"),
        '<body background="{at}/t.png"><p>x',
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


def written(markup: str, trap: Trap, secret: Path) -> str:
    host = f"127.0.0.1:{trap.port}"
    return markup.format(at=f"http://{host}", host=host, file=secret.as_uri(), path=secret)


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


def test_no_markup_makes_the_printing_process_fetch(
    trap: Trap, secret: Path, tmp_path: Path, times: Times, figure: Figure
) -> None:
    # trust B7
    each, step = times(few=1, full=9), times(few=3, full=1)
    tried, printed = [one for ways in list(WAYS.values())[::step] for one in ways[:each]], 0
    for markup in tried:
        html = f'<html lang="en"><head><title>A title</title></head><body>{written(markup, trap, secret)}'
        with suppress(CannotRender):  # most are refused; what is printed may hold nothing of it
            check_holds_nothing(print_pdf(Printing(html=html)), tmp_path)
            printed += 1
        assert trap.came == [], markup
    figure(
        f"{len(tried)} addresses of the thirteen ways, each alone: {len(tried) - printed} refused, "
        f"{printed} printed without it, connections {len(trap.came)}"
    )


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
            way = "".join(WAYS[ways[(turn + len(sent)) % len(ways)]])
            sent.append(written(way, trap, secret))
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
    figure(f"13 ways as {fields} texts of reports: connections {len(trap.came)}, files read 0")
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
