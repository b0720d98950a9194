"""A browser at somebody's desk: opens pages, and sends back what their forms hold."""

import re
from html import unescape

from flask.testing import FlaskClient
from werkzeug.test import TestResponse


class Desk:
    """A signed-in client that sends back what a page's form holds, with some answers."""

    def __init__(self, client: FlaskClient, slug: str) -> None:
        self.client, self.home = client, f"/p/{slug}"

    def get(self, path: str) -> TestResponse:
        return self.client.get(self.home + path)

    def fill(self, path: str, **answers: object) -> TestResponse:
        """Open the page and send its form with the hidden fields as they are."""
        page = self.get(path)
        assert page.status_code == 200, page.text
        return self.send(path, {**hidden_fields(page.text), **answers})

    def send(self, path: str, form: dict[str, object]) -> TestResponse:
        """Send without having seen the page: the token comes from another one."""
        token = hidden_fields(self.client.get(f"{self.home}/").text)["csrf_token"]
        return self.client.post(self.home + path, data={"csrf_token": token, **form})


def hidden_fields(page: str) -> dict[str, str]:
    fields = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page)
    return {name: unescape(value) for name, value in fields}


def day(name: str, day: int, month: int, year: int) -> dict[str, object]:
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}
