"""The child process of `pdf`: reads an order from its input, writes the PDF to its output, or one line about
what went wrong to its errors."""

import base64
import json
import logging
import os
import resource
import sys
from collections.abc import Mapping
from typing import Any

from lsp_assess.rendering.pdf_languages import tag_languages

_MEBIBYTE = 1024 * 1024
_POLITENESS = 10
"""Pages are served before reports are made."""


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


def _render(order: Mapping[str, Any]) -> bytes:
    """Raises RefusedOrLoggedError; ValueError when no density brings the anchor to its page."""
    import weasyprint  # type: ignore[import-untyped]  # noqa: PLC0415 (no types; after the limits)

    tag_languages()
    failing = _Failing()
    logging.getLogger("weasyprint").addHandler(failing)
    assets = {name: base64.b64decode(body) for name, body in order["assets"].items()}
    fetcher = _fetcher(assets)
    densities = order["densities"] or [""]
    for density in densities:
        html = order["html"].replace(densities[0], density) if density else order["html"]
        document = weasyprint.HTML(string=html, url_fetcher=fetcher, base_url="asset:").render(
            pdf_variant="pdf/ua-1"
        )
        if _is_placed(document, order["anchor"], order["page"]):
            made: bytes = document.write_pdf(pdf_variant="pdf/ua-1")
            if failing.first is not None:
                raise RefusedOrLoggedError(failing.first)
            return made
    raise ValueError("story_too_long")


def _is_placed(document: Any, anchor: str | None, page: int) -> bool:
    return anchor is None or (len(document.pages) >= page and anchor in document.pages[page - 1].anchors)


def main() -> None:
    order = json.load(sys.stdin)
    _limit(order["seconds"], order["mebibytes"])
    from weasyprint.urls import FatalURLFetchingError  # noqa: PLC0415 (after the limits are set)

    try:
        made = _render(order)
    except (RefusedOrLoggedError, FatalURLFetchingError, ValueError) as failure:
        sys.exit(str(failure).replace("\n", " "))
    sys.stdout.buffer.write(made)


if __name__ == "__main__":
    main()
