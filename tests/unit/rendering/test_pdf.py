"""The printing process: what it refuses, and what it cannot outrun (trust B7)."""

import base64
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

import pytest

from lsp_assess.rendering.fonts import FACES, font_file
from lsp_assess.rendering.pdf import PATIENCE, CannotRender, Limits, Printing, limits_for, print_pdf
from tests.patience import within

HEAD = '<html lang="en"><head><title>A title</title></head>'


SLOW = "<body>" + "<p>words</p>" * 60_000


def failure(html: str, limits: Limits | None = None) -> str:
    with pytest.raises(CannotRender) as raised:
        print_pdf(Printing(html=HEAD + html), limits)
    (problem,) = raised.value.problems
    return f"{problem.code} {dict(problem.what.params).get('detail', '')}"


def test_a_plain_document_is_printed() -> None:
    assert print_pdf(Printing(html=HEAD + "<body><p>Words</p>")).startswith(b"%PDF-1.7")


@pytest.mark.parametrize(
    "address",
    ["file:///etc/passwd", "http://127.0.0.1:9/x.png", "//127.0.0.1/x.png", "x.png", "asset:unknown"],
)
def test_nothing_is_fetched_that_was_not_handed_in(address: str) -> None:
    assert "refused to fetch" in failure(f'<body><img alt="x" src="{address}">')


def test_a_style_sheet_cannot_fetch_either(tmp_path: Path) -> None:
    secret = tmp_path / "secret.css"
    secret.write_text("p { color: red }")
    assert "refused to fetch" in failure(f'<style>@import url("{secret.as_uri()}");</style><body><p>x</p>')


def test_an_error_that_the_renderer_logs_fails_the_job() -> None:
    pixel = base64.b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7")
    with pytest.raises(CannotRender) as raised:
        print_pdf(Printing(html=f'{HEAD}<body><img src="asset:pixel">', assets={"pixel": pixel}))
    assert "no required alt description" in str(raised.value.problems[0].what.params["detail"])


@pytest.mark.parametrize("slow", [SLOW, "<body><p>a" + "\u0301" * 60_000], ids=["many", "marks upon marks"])
def test_a_document_that_takes_too_long_is_stopped(slow: str) -> None:
    started = time.monotonic()
    assert failure(slow, Limits(seconds=3)).startswith("pdf_too_heavy")
    assert time.monotonic() - started < 20


def test_a_short_text_has_less_than_a_minute_on_the_busiest_machine_and_a_long_one_more() -> None:
    assert limits_for("").seconds * PATIENCE <= 60
    assert limits_for("x" * 340_000).seconds > 100


def test_a_text_without_end_is_refused_before_it_begins() -> None:
    with within(seconds=1):
        assert failure("<body>" + "<p>words</p>" * 200_000).startswith("pdf_too_heavy")


@pytest.mark.parametrize(
    ("paragraphs", "limits"), [(1, None), (60_000, Limits(seconds=4))], ids=["printed", "stopped"]
)
def test_nothing_stays_behind_in_the_folder_for_what_is_temporary(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, paragraphs: int, limits: Limits | None
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    face = FACES[0]
    rules = f"@font-face {{ font-family: x; src: url('asset:{face.file}') }} p {{ font-family: x }}"
    printing = Printing(
        html=f"{HEAD}<style>{rules}</style><body>{'<p>words</p>' * paragraphs}",
        assets={face.file: font_file(face).read_bytes()},
    )
    with nullcontext() if paragraphs == 1 else pytest.raises(CannotRender):
        print_pdf(printing, limits)
    assert list(tmp_path.iterdir()) == []


def test_a_document_that_takes_too_much_memory_is_stopped() -> None:
    assert failure("<body>" + "<p>words</p>" * 9_000, Limits(60, 180)).startswith("pdf_too_heavy")
