"""Sends what a form holds, with something bad in it, and says what became of it."""

import json
import re
import time
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from urllib.parse import quote_from_bytes

from flask.testing import FlaskClient
from sqlalchemy import create_engine, text
from werkzeug.test import TestResponse

from lsp_assess.database import models  # noqa: F401  fills the metadata
from lsp_assess.database.base import Base
from tests.forms_found import NOBODY, Forms, Found, Sent, forget_tries, forms_on
from tests.integration.hostile.conftest import Place, Places

# Rows that a request may leave although it is refused: that somebody is here, and how often it was tried.
LEFT_BEHIND = {"access.web_session", "access.rate_count", "operations.audit_event"}
KEEPS_THE_REST = {"answering.save", "residents.save"}
"""A section with one bad answer: what could be taken stays, and only that answer is refused."""

Values = Mapping[str, Sequence[Sent]]


def encoded(values: Values) -> bytes:
    """As a form is sent; bytes go as they are."""
    raw = [(name, v if isinstance(v, bytes) else v.encode()) for name, vs in values.items() for v in vs]
    return "&".join(f"{quote_from_bytes(n.encode())}={quote_from_bytes(v)}" for n, v in raw).encode()


@dataclass
class Sender:
    """One form of one fresh site, `prepared` by a statement. `slowest` is in seconds of the processor."""

    place: Place
    form: Found
    prepared: str = ""
    written: bool = False
    sent: int = 0
    slowest: float = 0.0
    faults: list[str] = field(default_factory=list)
    _filled: dict[str, list[Sent]] | None = None

    def __post_init__(self) -> None:
        self.client: FlaskClient = Forms(self.place.site, self.place.engine).client(self.form.who)
        self._reader = create_engine(self.place.site.database.migrator)
        with self._reader.begin() as connection:
            connection.execute(text(self.prepared or "SELECT 1"))
        self._before = self.held()

    def close(self) -> None:
        self._reader.dispose()

    def filled(self) -> dict[str, list[Sent]]:
        """What the form holds as the page shows it now, filled in."""
        if self._filled is None:
            self._filled = {name: list(values) for name, values in self._shown().items()}
        return dict(self._filled)

    def _shown(self) -> dict[str, list[str]]:
        page = self.client.get(self.form.page).text
        listed = list(forms_on(self.place.site.app, self.form.page, page, self.form.who))
        fields = {entry.name for entry in self.form.entries}
        for each in listed:
            if each.action == self.form.action and {entry.name for entry in each.entries} == fields:
                return each.filled()
        token = next((each.filled()["csrf_token"] for each in listed), [])
        return {**self.form.filled(), "csrf_token": token}  # the page has moved on; its token holds

    def send(self, values: Values, what: str) -> TestResponse:
        return self.post(encoded(values), "application/x-www-form-urlencoded", what)

    def post(self, body: bytes, kind: str, what: str, **more: object) -> TestResponse:
        if self.form.who == NOBODY or self.form.endpoint.startswith(("security.", "invitations.")):
            forget_tries(self.place.engine)
        began = time.process_time()
        answer = self.client.post(self.form.action, data=body, content_type=kind, **more)
        self.slowest = max(self.slowest, time.process_time() - began)
        self.sent += 1
        if answer.status_code >= 500:
            self.complain(what, f"{answer.status_code}")
        return answer

    def complain(self, what: str, why: str) -> None:
        self.faults.append(f"{self.form.endpoint}: {what}: {why}")

    def check_untouched(self, what: str) -> None:
        """Nothing that stays was written since the last look."""
        now = self.held()
        changed = [table for table in now if now[table] != self._before[table]]
        if changed:
            self.complain(what, f"refused, and yet written: {changed}")
        self._before = now

    def look_again(self) -> None:
        """Something was taken, so that the page holds something else now."""
        self.written = True
        self._filled = None
        self._before = self.held()

    def held(self) -> dict[str, tuple[int, int]]:
        """Rows and the last transaction that wrote one, of every table."""
        one = "SELECT '{0}', count(*), coalesce(max(xmin::text::bigint), 0) FROM {0}"
        tables = [t.fullname for t in Base.metadata.sorted_tables if t.fullname not in LEFT_BEHIND]
        with self._reader.connect() as connection:
            rows = connection.execute(text(" UNION ALL ".join(one.format(table) for table in tables)))
            return {name: (count, last) for name, count, last in rows}

    def is_held(self, words: str) -> bool:
        """Whether some row of some table holds the words as they are, in the normal form of all text."""
        needle = json.dumps(unicodedata.normalize("NFC", words), ensure_ascii=False)[1:-1]
        one = "SELECT 1 FROM {} t WHERE strpos(to_jsonb(t)::text, :needle) > 0"
        tables = [*(t.fullname for t in Base.metadata.sorted_tables), "jobs.procrastinate_jobs"]
        with self._reader.connect() as connection:
            found = connection.execute(
                text(" UNION ALL ".join(one.format(table) for table in tables) + " LIMIT 1"),
                {"needle": needle},
            )
            return found.first() is not None


def each_form(places: Places, forms: Sequence[Found]) -> Iterator[Sender]:
    """Each form, on a site into which no other has written."""
    left = list(forms)
    while left:
        with places() as place:  # the next one, once somebody wrote into this one
            written = False
            while left and not written:
                sender = Sender(place, left.pop(0))
                yield sender
                sender.close()
                written = sender.written


def was_refused(answer: TestResponse) -> bool:
    """By its status; or, as the library for sign-in does it, with 200 and the form's errors."""
    return 400 <= answer.status_code < 500 or "govuk-error-summary" in answer.text


def names(answer: TestResponse, field_name: str) -> bool:
    """Whether the page that refuses says which field it is about, by a link to it."""
    links = re.findall(r'href="#([^"]+)"', answer.text)
    return any(link.removeprefix("question-") in possible(field_name) for link in links)


def possible(field_name: str) -> Iterator[str]:
    """Ids by which a page may name a field: of a date, of a question's reason, of a row of a grid."""
    yield field_name
    yield from (field_name.removesuffix(end) for end in ("--reason", "--missing", "-day", "-month", "-year"))
    with suppress(ValueError):
        yield field_name[: field_name.index(".")]
