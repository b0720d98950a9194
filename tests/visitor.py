"""A browser without a screen, that looks at every page as a careful reader would: one title, one first
heading, no id twice, headings in order, and a content security policy that the page keeps to."""

import re
from collections import Counter
from html.parser import HTMLParser
from typing import Any

from flask import Flask
from werkzeug.test import TestResponse


class Page(HTMLParser):
    """What a test asks of a page."""

    def __init__(self, response: TestResponse) -> None:
        super().__init__()
        self.response = response
        self.ids: Counter[str] = Counter()
        self.headings: list[tuple[int, str]] = []
        self.links: list[str] = []
        self.fields: dict[str, str] = {}
        self.inline: list[str] = []
        self._open: int | None = None
        self.feed(response.text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            self.ids[values["id"]] += 1
        if re.fullmatch("h[1-6]", tag):
            self._open = int(tag[1])
            self.headings.append((self._open, ""))
        if tag == "a":
            self.links.append(values.get("href", ""))
        if tag == "input" and "name" in values:
            self.fields.setdefault(values["name"], values.get("value", ""))
        self.inline += _forbidden(tag, values, self.response.headers["Content-Security-Policy"])

    def handle_endtag(self, tag: str) -> None:
        if re.fullmatch("h[1-6]", tag):
            self._open = None

    def handle_data(self, data: str) -> None:
        if self._open is not None:
            level, text = self.headings[-1]
            self.headings[-1] = (level, f"{text} {data}".strip())

    @property
    def heading(self) -> str:
        return " ".join(self.headings[0][1].split())

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", self.response.text))

    def check(self) -> None:
        titles = re.findall(r"<title>\s*(.*?)\s*</title>", self.response.text, re.DOTALL)
        assert len(titles) == 1
        assert not titles[0].startswith("–"), "a page without a title of its own"
        assert [id for id, times in self.ids.items() if times > 1] == []
        levels = [level for level, _ in self.headings]
        assert levels.count(1) == 1, f"{levels.count(1)} first headings"
        assert all(
            b - a <= 1 for a, b in zip([0, *_after_summary(levels)], _after_summary(levels), strict=False)
        )
        assert self.inline == []


def _after_summary(levels: list[int]) -> list[int]:
    """The error summary and banners come, with their second-level headings, before the first-level one."""
    return levels[levels.index(1) :] if 1 in levels else levels


def _forbidden(tag: str, values: dict[str, str], policy: str) -> list[str]:
    found = [f"{tag} {name}" for name in values if name == "style" or name.startswith("on")]
    found += [
        f"{tag} {values[name][:20]}" for name in ("src", "href") if values.get(name, "").startswith("data:")
    ]
    if tag == "style" or (
        tag == "script" and "src" not in values and f"'nonce-{values.get('nonce')}'" not in policy
    ):
        found.append(tag)
    return found


class Visitor:
    """Follows nobody's redirects by itself: where one is sent is part of what is tested."""

    def __init__(self, app: Flask, *, client: Any = None) -> None:
        self.client = client or app.test_client()
        self.name = app.config["SESSION_COOKIE_NAME"]

    def get(self, path: str, *, status: int = 200, **more: Any) -> Page:
        return self._looked_at(self.client.get(path, **more), status)

    def sent_to(self, path: str, **more: Any) -> str:
        response = self.client.get(path, **more)
        assert response.status_code in (302, 303), response.status_code
        return str(response.headers["Location"])

    def post(
        self,
        path: str,
        data: dict[str, Any] | None = None,
        *,
        on: str | None = None,
        status: int = 302,
        **more: Any,
    ) -> Any:
        """With the token of the form on page `on` (the same path unless said): a page, or where to go."""
        page = Page(self.client.get(on or path))
        response = self.client.post(
            path, data={**(data or {}), "csrf_token": page.fields.get("csrf_token", "")}, **more
        )
        assert response.status_code == status, (response.status_code, Page(response).text[:600])
        return (
            str(response.headers["Location"]) if status in (302, 303) else self._looked_at(response, status)
        )

    @property
    def cookie(self) -> str:
        found = self.client.get_cookie(self.name)
        return found.value if found else ""

    def _looked_at(self, response: TestResponse, status: int) -> Page:
        assert response.status_code == status, (response.status_code, response.headers.get("Location"))
        page = Page(response)
        if response.mimetype == "text/html":
            page.check()
        return page
