"""The page of the file that people get is for people: the machines' half is everything.json."""

import json
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from uuid import UUID
from zipfile import ZipFile

from lsp_assess.exchange.subject_files import HELD_BACK, subject_zip

REFERENCE = UUID(int=7)
MADE = datetime(2026, 3, 4, 9, 5, tzinfo=UTC)
ROWS: dict[str, list[dict[str, Any]]] = {
    "contacts.household_address": [{"id": REFERENCE, "address": "1 <b>Damson</b> Row", "telephone": None}],
    "answers.response": [
        {
            "id": REFERENCE,
            "collection_id": REFERENCE,
            "submission": {"safe": {"value": "yes, very"}, "when": ["day", "2026-99-99T09:05:00+00:00"]},
        }
    ],
    "answers.consent": [{"id": REFERENCE, "kind": "linking", "given": False, "at": MADE}],
    "access.account": [{"id": REFERENCE, "password": "scrypt:1"}],
    "main.visit (as researcher_id)": [{"id": REFERENCE}, {"id": REFERENCE}],
}


def _read() -> tuple[str, str]:
    content = subject_zip(ROWS, heading="What we hold", made_at=MADE)
    with ZipFile(BytesIO(content)) as file:
        return file.read("everything.html").decode(), file.read("everything.json").decode()


def test_the_page_says_in_words_what_is_held_and_leaves_references_to_the_data() -> None:
    page, data = _read()
    assert "Made on 4 March 2026" in page
    assert "<h2>Household address</h2>" in page
    assert "<td>1 &lt;b&gt;Damson&lt;/b&gt; Row</td>" in page
    assert "safe: yes, very<br>when: day, 2026-99-99T09:05:00+00:00" in page
    assert "<td>no</td><td>4 March 2026, 09:05 UTC</td>" in page
    assert "Telephone" not in page
    assert str(REFERENCE) not in page
    assert json.loads(data)["records"]["answers.response"][0]["collection_id"] == str(REFERENCE)


def test_of_rows_that_only_name_somebody_the_page_says_how_many_there_are() -> None:
    page, _ = _read()
    assert "<h2>Visit (as researcher id)</h2><p>Records: 2</p>" in page


def test_what_would_let_somebody_sign_in_stands_in_neither() -> None:
    page, data = _read()
    assert "scrypt" not in page + data
    assert HELD_BACK in page
