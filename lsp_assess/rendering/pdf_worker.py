"""The child process of `pdf`: reads an order from its input, writes the PDF to its output, or one line about
what went wrong to its errors."""

import base64
import gc
import json
import logging
import os
import resource
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NoReturn

from lsp_assess.rendering.pdf_languages import tag_languages

_MEBIBYTE = 1024 * 1024
_POLITENESS = 10
"""Pages are served before reports are made."""

TOO_MUCH = 3
"""How it ends out of memory, or nested too deep: with no word, since that would take memory."""


class RefusedOrLoggedError(Exception):
    """The renderer said that something is wrong."""


class _Failing(logging.Handler):
    """Keeps the first error of the renderer."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.first: str | None = None

    def emit(self, record: logging.LogRecord) -> None:
        self.first = self.first or record.getMessage()


def _limit(seconds: int, mebibytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    resource.setrlimit(resource.RLIMIT_AS, (mebibytes * _MEBIBYTE, mebibytes * _MEBIBYTE))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    os.nice(_POLITENESS)


def _fetcher(assets: Mapping[str, bytes]) -> Any:
    from weasyprint.urls import (  # type: ignore[import-untyped]  # noqa: PLC0415 (no types; after the limits)
        FatalURLFetchingError,
        URLFetcher,
        URLFetcherResponse,
    )

    class Named(URLFetcher):  # type: ignore[misc]  # its base is untyped
        def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> Any:  # noqa: ARG002
            scheme, _, name = url.partition(":")
            if scheme != "asset" or name not in assets:
                raise FatalURLFetchingError(f"refused to fetch {url[:80]}")
            return URLFetcherResponse(url, assets[name])

    return Named()


def _printer(assets: Mapping[str, str]) -> Callable[[str], Any]:
    """Lays out one text after the other, with the same fonts."""
    import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 (no types; after the limits)
    from weasyprint.text.fonts import FontConfiguration  # type: ignore[import-untyped]  # noqa: PLC0415

    tag_languages()
    fetcher = _fetcher({name: base64.b64decode(body) for name, body in assets.items()})
    fonts = FontConfiguration()

    def lay_out(html: str) -> Any:
        page = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="asset:")
        return page.render(font_config=fonts, pdf_variant="pdf/ua-1")

    return lay_out


def _render(order: Mapping[str, Any]) -> bytes:
    """Raises RefusedOrLoggedError; ValueError when no density brings the anchor to its page."""
    lay_out = _printer(order["assets"])
    for html in _placed(order, lay_out):
        failing = _Failing()
        logging.getLogger("weasyprint").addHandler(failing)
        document = lay_out(html)
        if _is_placed(document, order):
            made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
            if failing.first is not None:
                raise RefusedOrLoggedError(failing.first)
            return made
    raise ValueError("story_too_long")


def _placed(order: Mapping[str, Any], lay_out: Callable[[str], Any]) -> Iterator[str]:
    """In each density that brings the anchor to its page. What stands before it is tried alone first: a
    whole report costs many times as much."""
    whole, densities = order["html"], order["densities"]
    if not densities:
        yield whole
        return
    end = whole.index(">", whole.index(f'id="{order["anchor"]}"')) + 1
    for density in densities:
        opening = whole[:end].replace(densities[0], density)
        if _is_placed(lay_out(opening), order):
            yield opening + whole[end:]


def _is_placed(document: Any, order: Mapping[str, Any]) -> bool:
    anchor, page = order["anchor"], order["page"]
    return anchor is None or (len(document.pages) >= page and anchor in document.pages[page - 1].anchors)


def main() -> None:
    order = json.load(sys.stdin)
    _limit(order["seconds"], order["mebibytes"])
    gc.disable()  # a process that prints once and ends has nothing to gain from it
    tempfile.tempdir = order["folder"]
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 (after the limits are set)

    try:
        status, said = 0, _render(order)
    except (MemoryError, SystemError, RecursionError):  # SystemError: an extension lost a MemoryError
        os._exit(TOO_MUCH)
    except (RefusedOrLoggedError, FatalURLFetchingError, ValueError) as failure:
        status, said = 1, str(failure).replace("\n", " ").encode()
    finally:
        # Whoever started us does the same; but it may have been killed meanwhile.
        shutil.rmtree(order["folder"], ignore_errors=True)
    _end(status, said)


def _end(status: int, said: bytes) -> NoReturn:
    """At once: a thread of a library may still run, and crashes when the interpreter unloads it."""
    stream = sys.stderr if status else sys.stdout
    stream.buffer.write(said)
    stream.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
