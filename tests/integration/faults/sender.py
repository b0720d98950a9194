"""A person's browser in a process of its own: fills in the questionnaire of one address after the other and
sends it, and asks again, as a person would, where no answer came. Says on a line each what was acknowledged.

Run as a program with the site's host and port. Each line that it reads is a cookie and an address; each line
that it writes is the cookie, the id of the sending, the value given throughout, how often it was sent, and
the moments when sending began and when it was acknowledged. It uses the standard library only, to be there
at once."""

import re
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from urllib.parse import parse_qs, urlencode, urlsplit

PATIENCE = 120.0
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')
RADIO = re.compile(r'name="(\w+)" type="radio"')


@dataclass
class Browser:
    host: str
    cookie: str
    tries: int = 0

    def ask(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str, str]:
        """Status, text and where one is sent; again and again while there is no answer."""
        deadline = time.monotonic() + PATIENCE
        self.tries = 0
        while time.monotonic() < deadline:
            self.tries += 1
            with suppress(OSError, HTTPException):
                status, text, location = self._once(path, form)
                if status < 500:
                    return status, text, location
            time.sleep(0.05)
        raise SystemExit(f"no answer for {path}")

    def _once(self, path: str, form: dict[str, str] | None) -> tuple[int, str, str]:
        connection = HTTPConnection(self.host, timeout=30)
        try:
            headers = {"Cookie": self.cookie, "Content-Type": "application/x-www-form-urlencoded"}
            body = urlencode(form) if form is not None else None
            connection.request("POST" if form is not None else "GET", path, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read().decode(), answer.headers.get("Location", "")
        finally:
            connection.close()


def filled_in(browser: Browser, home: str, value: str) -> dict[str, str]:
    """Answer everything; the form that sends it."""
    status, page, _ = browser.ask(f"{home}/section/wheel")
    assert status == 200, (status, page)
    form = dict(HIDDEN.findall(page)) | dict.fromkeys(RADIO.findall(page), value)
    status, page, _ = browser.ask(f"{home}/section/wheel", form)
    assert status == 302, (status, page)
    status, page, _ = browser.ask(f"{home}/check")
    assert status == 200, (status, page)
    return dict(HIDDEN.findall(page))


def send_one(browser: Browser, home: str, value: str) -> tuple[str, int, float]:
    """The id of the receipt, how often the sending was sent, and when it was sent first."""
    form = filled_in(browser, home, value)
    began = time.time()
    status, page, location = browser.ask(f"{home}/send", form)
    assert status == 302, (status, page)
    (receipt,) = parse_qs(urlsplit(location).query)["id"]
    assert receipt == form["sending_id"]
    return receipt, browser.tries, began


def sent(host: str, lines: Iterator[str]) -> Iterator[str]:
    for number, line in enumerate(lines):
        cookie, home = line.split()
        value = str(number % 5 + 1)
        receipt, tries, began = send_one(Browser(host, f"session={cookie}"), home, value)
        yield f"{cookie} {receipt} {value} {tries} {began} {time.time()}"


if __name__ == "__main__":
    for acknowledged in sent(sys.argv[1], sys.stdin):
        sys.stdout.write(f"{acknowledged}\n")
        sys.stdout.flush()
