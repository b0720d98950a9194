import re
from collections.abc import Iterator
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lsp_assess.actions.questionnaires import shipped
from lsp_assess.database.instruments import issue
from lsp_assess.database.models.partnerships import Instrument
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import parse
from lsp_assess.kernel.errors import Conflict
from lsp_assess.shipped import shipped_folder
from tests.desk import Desk
from tests.patience import within
from tests.world import World

WRONG = sorted((Path(__file__).parents[2] / "questionnaires" / "wrong").glob("*.yaml"))
OWN = """\
name: quay
version: "1.0"
kind: self_assessment
languages: {en: reviewed}
title: {en: The quay of Łódź 🐚 — O'Brien's}
sections:
  - name: quay
    title: {en: The quay}
    items:
      - {name: view, type: short_text, text: {en: "<script>alert(1)</script>"}}
"""


def sent(desk: Desk, content: bytes, name: str = "own.yaml"):  # type: ignore[no-untyped-def]
    return desk.fill("/questionnaires/new", file=(BytesIO(content), name), written="")


def held(world: World) -> int:
    with world.session() as session:
        return session.execute(select(func.count()).select_from(Instrument)).scalar_one()


def test_a_partnerships_own_questionnaire_is_added_once_and_shown_as_it_was_written(
    world: World, desk: Desk
) -> None:
    added = sent(desk, OWN.encode())
    assert added.status_code == 302, added.text.split("<main")[1]
    shown = desk.client.get(desk.client.get(added.location).location)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown.text  # trust B4
    assert "The quay of Łódź 🐚 — O&#39;Brien&#39;s" in shown.text
    assert sent(desk, OWN.encode()).status_code == 302
    assert held(world) == 1


def test_a_changed_text_under_an_issued_version_is_refused_with_its_line(world: World, desk: Desk) -> None:
    sent(desk, OWN.encode())
    refused = sent(desk, OWN.replace("The quay}", "The old quay}").encode())
    assert refused.status_code == 422
    assert "Q602" in refused.text
    assert held(world) == 1


def test_a_shipped_version_cannot_be_replaced_under_its_name(world: World, desk: Desk) -> None:
    wheel = (shipped_folder("questionnaires") / "progress_wheel.yaml").read_text()
    refused = sent(desk, wheel.replace("required: true", "required: false").encode())
    changed = wheel != wheel.replace("required: true", "required: false")
    assert refused.status_code == (422 if changed else 302)
    assert held(world) == (0 if changed else 1)


def test_a_partnership_holds_one_content_a_version(world: World) -> None:
    """Also where the software ships another text under a version that the partnership uses already."""
    scope = Scope(partnership_id=world.partnership_id)
    again = OWN.replace("The quay", "The harbour")
    assert again != OWN
    with transaction(world.engine, scope) as session:
        first = issue(session, parse(OWN, file="own.yaml"), source=OWN, at=world.clock.now())
        assert issue(session, parse(OWN, file="own.yaml"), source=OWN, at=world.clock.now()) == first
        with pytest.raises(Conflict) as refused:
            issue(session, parse(again, file="own.yaml"), source=again, at=world.clock.now())
    assert refused.value.problems[0].code == "version_held"
    assert held(world) == 1


def test_local_questions_begin_from_a_shipped_questionnaire(world: World, desk: Desk) -> None:
    listed = desk.get("/questionnaires").text
    assert "Comes with the software" in listed
    wheel = next(part for part in listed.split("extends=") if "wheel" in part.lower())[:64]
    page = desk.get(f"/questionnaires/new?extends={wheel}").text
    begun = unescape(page.split('name="written"')[1].split(">", maxsplit=1)[1].split("</textarea>")[0])
    assert "extends: {name:" in begun
    added = desk.fill("/questionnaires/new", written=begun)
    assert added.status_code == 302, added.text.split("<main")[1]
    assert "Own questions added to" in desk.get("/questionnaires").text


@pytest.mark.parametrize("file", WRONG, ids=lambda file: file.stem)
def test_errors_are_those_of_the_command_line_with_line_and_remedy(
    world: World, desk: Desk, file: Path
) -> None:
    source = file.read_text()
    refused = sent(desk, source.encode(), file.name)
    assert refused.status_code == 422
    for number, line in enumerate(source.splitlines(), start=1):
        for code in line.split("# !")[1].split() if "# !" in line else ():
            if code not in ("Q604", "Q605", "Q106", "Q101"):  # of local questions on a base that is not here
                assert code in refused.text
                assert f"line {number}" in refused.text
    assert held(world) == 0
    assert "name: " in refused.text.split("<textarea")[1]  # to be mended


def hostile() -> Iterator[tuple[str, bytes]]:  # trust E
    yield "broken UTF-8", OWN.encode().replace(b"quay", b"qu\xffay", 1)
    yield "lone surrogate", OWN.encode().replace(b"The quay", b"\xed\xa0\x80", 1)
    yield "NUL", OWN.encode().replace(b"The quay", b"The\x00quay", 1)
    yield "UTF-16", OWN.encode("utf-16")
    yield "empty", b""
    yield "spaces", b" \n\t\n"
    yield "tag", b"!!python/object/apply:os.system ['true']"
    yield "aliases", b"a: &a [1,1,1,1,1,1,1,1,1]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a]\nc: [*b,*b,*b,*b]"
    yield "deep", b"[" * 1000 + b"]" * 1000
    yield "doubled key", OWN.encode() + b"name: other\n"
    yield "gzip", b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    yield "zip", b"PK\x03\x04" + b"\x00" * 100
    yield "pdf", b"%PDF-1.7 \xff\xfe"
    yield "html", b"<!doctype html><script>alert(1)</script>"
    yield "million", b"x: " + b"a" * 1_000_000
    yield "looping", OWN.encode() + b"      - {name: b, type: note, text: {en: x}, show_if: answered(b)}\n"
    yield "infinity", OWN.encode().replace(b'"1.0"', b".inf")
    yield "not a number", OWN.encode().replace(b'"1.0"', b".nan")
    yield "number for text", OWN.encode().replace(b"{en: The quay}", b"{en: 3}")
    yield "boolean name", OWN.encode().replace(b"name: quay", b"name: true", 1)


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in hostile()])
def test_a_hostile_questionnaire_is_refused_with_words_quickly_and_nothing_is_written(
    world: World, desk: Desk, content: bytes
) -> None:
    page = desk.get("/questionnaires/new").text
    assert page
    with within(seconds=2):
        refused = sent(desk, content, "../../etc/passwd")
    assert refused.status_code == 422
    assert "Nothing has been written" in refused.text or "There is a problem" in refused.text
    assert "../" not in refused.text.split("<main")[1].split("<footer")[0]
    assert held(world) == 0


def test_every_section_of_every_questionnaire_can_be_looked_at_in_its_languages(desk: Desk) -> None:
    for part in desk.get("/questionnaires").text.split('href="')[1:]:
        path = part.split('"')[0]
        if "/questionnaires/" in path and "new" not in path:
            first = desk.client.get(path).location
            assert desk.client.get(first).status_code == 200
            assert desk.client.get(f"{first}?in=cy").status_code == 200
            assert desk.client.get(f"{path}/file").headers["Content-Disposition"].startswith("attachment")
    assert desk.get("/questionnaires/nothing").status_code == 404
    assert desk.get("/questionnaires/' OR 1=1 --").status_code == 404


def test_a_coordinator_reads_how_an_edition_is_scored_and_that_it_keeps_the_trend(desk: Desk) -> None:
    pages = {}
    for hash_, (instrument, _) in shipped().items():
        page = desk.get(f"/questionnaires/{hash_}/section/{instrument.sections[0].name}").text
        pages[instrument.name] = " ".join(re.sub("<[^>]+>", " ", page.split("<main")[1]).split())
    assert "Creating value together 200" in pages["lsp_driver_2020"]
    for edition in ("lsp_driver", "lsp_driver_2010", "lsp_driver_2020"):
        assert "Total 1 000 There is no total where less than 2/3 of the weight is scored" in pages[edition]
    assert "Its parts lead to the criteria of lsp_driver 1.0" in pages["lsp_driver_2010"]
    assert "It leads to no other edition" in pages["lsp_driver"]
    assert "How it is scored" not in pages["progress_wheel"]


def test_the_cap_of_an_edition_of_ones_own_is_told(desk: Desk) -> None:
    source = (Path(__file__).parents[2] / "questionnaires/scoring.yaml").read_text()
    added = sent(desk, source.encode())
    page = desk.client.get(desk.client.get(added.location).location).text
    assert "No enabler may score above its “sound”." in page
    assert "less than 1/2 of the weight" in page
