"""The register of evidence: who adds, sees, changes and withdraws an item, and when it is out of date."""

import io
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import event, select, update

from lsp_assess.actions.evidence import evidence_of
from lsp_assess.database.models.evidence import Evidence, EvidenceFile
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.partnerships import Round
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, day
from tests.integration.evidence.conftest import DeskOf
from tests.unit.exchange.attachments import office, pdf, photograph
from tests.world import World

SHOWN = {
    "title": "Minutes of the board",
    "words": "The plan was agreed by all.",
    "link": "https://board.example/minutes?of=march",
    "audience": "partners",
    "parts": ["shared_vision", "skills"],
    **day("effective_on", 1, 3, 2026),
}


def items(world: World) -> list[Evidence]:
    with world.session() as session:
        return list(session.execute(select(Evidence)).scalars())


def only(world: World) -> str:
    return f"/evidence/{items(world)[0].id}"


def events(world: World) -> list[str]:
    with world.session() as session:
        found = select(AuditEvent.event).where(AuditEvent.object_kind == "evidence").order_by(AuditEvent.id)
        return list(session.execute(found).scalars())


def attached(name: str, content: bytes) -> tuple[io.BytesIO, str]:
    return io.BytesIO(content), name


def test_an_item_stands_on_the_register_with_its_days_and_beside_every_part_that_it_serves(
    world: World, driver: UUID, partner: Desk, other_partner: Desk
) -> None:
    assert partner.fill("/evidence/new?part=skills", **SHOWN).status_code == 302
    page = other_partner.get("/evidence/").text
    for told in ("Minutes of the board", "1 March 2026", "Leadership: Shared vision", "People: Skills"):
        assert told in page
    page = other_partner.get(only(world)).text
    assert "The plan was agreed by all." in page
    assert '<a class="govuk-link" href="https://board.example/minutes?of=march" rel="noopener noref' in page
    assert "15 June 2026" in page  # when it was added
    with world.session() as session:
        found = evidence_of(world.work(Role.PARTNER, session), ("skills", "assets"), months=24)
        assert {part: [one.row.title for one in held] for part, held in found.items()} == {
            "skills": ["Minutes of the board"]
        }


def test_the_part_that_somebody_comes_from_is_ticked(driver: UUID, partner: Desk) -> None:
    page = partner.get("/evidence/new?part=skills").text
    assert 'value="skills" checked' in page
    assert page.count(" checked") == 2  # and who may see it


def test_nobody_is_shown_who_added_an_item_but_who_did(
    world: World, driver: UUID, partner: Desk, facilitator: Desk, other_partner: Desk
) -> None:
    partner.fill("/evidence/new", **SHOWN)
    assert "by you" in partner.get(only(world)).text
    for desk in (facilitator, other_partner):
        for path in ("/evidence/", only(world)):
            page = desk.get(path).text
            assert "by you" not in page
            assert "northbridge partner" not in page


def test_what_is_for_the_facilitation_is_seen_by_it_and_by_who_added_it(
    world: World, driver: UUID, partner: Desk, other_partner: Desk, desk_of: DeskOf
) -> None:
    partner.fill("/evidence/new", **{**SHOWN, "audience": "facilitation"}, file=attached("a.pdf", pdf()))
    path = only(world)
    for desk in (partner, desk_of(Role.FACILITATOR), desk_of(Role.COORDINATOR)):
        assert "Minutes of the board" in desk.get("/evidence/").text
        assert desk.get(f"{path}/file").status_code == 200
    assert "Minutes of the board" not in other_partner.get("/evidence/").text
    for each in ("", "/file", "/change", "/withdraw"):
        assert other_partner.get(path + each).status_code == 404
    with world.session() as session:
        work = world.work(Role.PARTNER, session)
        assert list(evidence_of(work, ("skills",), months=24)) == ["skills"]


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.SCRUTINY, Role.RESEARCHER, Role.ADMINISTRATOR])
def test_who_neither_scores_nor_runs_the_meeting_sees_no_evidence(
    world: World, driver: UUID, partner: Desk, desk_of: DeskOf, role: Role
) -> None:
    # trust A5
    partner.fill("/evidence/new", **SHOWN, file=attached("a.pdf", pdf()))
    for path in ("/evidence/", "/evidence/new", only(world), f"{only(world)}/file"):
        assert desk_of(role).get(path).status_code == 403


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"title": ""}, "title"),
        ({"words": "", "link": ""}, "words"),
        ({"link": "javascript:alert(1)"}, "link"),
        (day("effective_on", 16, 6, 2026), "effective_on"),
        (day("expires_on", 28, 2, 2026), "expires_on"),
        ({"parts": ["no_such_part"]}, "parts"),
        ({"audience": "everybody"}, "audience"),
    ],
)
def test_what_cannot_be_taken_is_refused_beside_its_field_and_the_rest_stays_typed(
    world: World, driver: UUID, partner: Desk, wrong: dict[str, object], field: str
) -> None:
    refused = partner.fill("/evidence/new", **{**SHOWN, **wrong})
    assert refused.status_code == 422
    assert f'href="#{field}"' in refused.text
    assert "The plan was agreed by all." in refused.text or field == "words"
    assert items(world) == []


def test_a_file_goes_out_as_it_came_in_as_an_attachment_by_one_query_for_its_bytes(
    world: World, driver: UUID, partner: Desk, other_partner: Desk
) -> None:
    # trust B8
    sent = office("word/document.xml")
    file = attached("..\\../minutes of Mârch.docx", sent)
    assert partner.fill("/evidence/new", **{**SHOWN, "words": "", "link": ""}, file=file).status_code == 302
    asked: list[str] = []
    event.listen(world.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    other_partner.get("/evidence/")
    other_partner.get(only(world))
    assert not [said for said in asked if "evidence_file" in said]
    answer = other_partner.get(f"{only(world)}/file")
    assert [said for said in asked if "evidence_file" in said and "content" in said][1:] == []
    assert answer.data == sent
    assert answer.headers["Content-Disposition"] == 'attachment; filename="minutes-of-M-rch.docx"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    assert events(world) == ["evidence_added", "evidence_seen", "evidence_taken"]


def test_a_picture_is_kept_without_what_it_told_beside(world: World, driver: UUID, partner: Desk) -> None:
    # trust B8
    partner.fill("/evidence/new", **SHOWN, file=attached("board.jpg", photograph("canary of the place")))
    assert b"canary" not in partner.get(f"{only(world)}/file").data


def test_a_file_that_is_refused_is_to_be_chosen_again_and_nothing_is_kept(
    world: World, driver: UUID, partner: Desk
) -> None:
    refused = partner.fill("/evidence/new", **SHOWN, file=attached("minutes.pdf", b"MZ"))
    assert refused.status_code == 422
    assert "The name ends in .pdf, and what is in the file is something else." in refused.text
    assert "Choose the file again" in refused.text
    assert "The plan was agreed by all." in refused.text
    broken = partner.fill("/evidence/new", **SHOWN, file=attached("min\ufffdtes.pdf", pdf()))
    assert "The name of the file cannot be read." in broken.text
    assert items(world) == []


def test_who_added_an_item_and_who_runs_the_meeting_change_it_and_nobody_else(
    world: World, driver: UUID, partner: Desk, other_partner: Desk, facilitator: Desk
) -> None:
    partner.fill("/evidence/new", **SHOWN)
    path = f"{only(world)}/change"
    anew = {**SHOWN, "title": "Minutes of March", "parts": ["assets"], **day("expires_on", 1, 3, 2027)}
    assert other_partner.get(path).status_code == 404
    assert other_partner.send(path, {**anew, "version": "1"}).status_code == 404
    assert partner.fill(path, **anew).status_code == 302
    late = facilitator.send(path, {**anew, "title": "Other minutes", "version": "1"})
    assert late.status_code == 409
    assert "Minutes of March" in late.text
    assert "Other minutes" in late.text
    assert facilitator.fill(path, **{**anew, "title": "Other minutes"}).status_code == 302
    row = items(world)[0]
    assert (row.title, row.parts, row.expires_on) == ("Other minutes", ["assets"], date(2027, 3, 1))
    assert row.words == "The plan was agreed by all."


def test_what_is_withdrawn_leaves_its_title_and_the_reason_and_nothing_that_it_held(
    world: World, driver: UUID, partner: Desk, other_partner: Desk
) -> None:
    partner.fill("/evidence/new", **SHOWN, file=attached("minutes.pdf", pdf()))
    path = only(world)
    assert other_partner.send(f"{path}/withdraw", {"reason": "No.", "version": "1"}).status_code == 404
    assert partner.fill(f"{path}/withdraw", reason="It named a resident.").status_code == 302
    page = other_partner.get("/evidence/").text
    assert "Withdrawn" in page
    assert "It named a resident." in page
    assert "The plan was agreed" not in other_partner.get(path).text
    assert other_partner.get(f"{path}/file").status_code == 404
    assert partner.get(f"{path}/change").status_code == 409
    assert partner.send(f"{path}/withdraw", {"reason": "Again.", "version": "3"}).status_code == 409
    with world.session() as session:
        assert session.execute(select(EvidenceFile)).first() is None
        assert evidence_of(world.work(Role.PARTNER, session), ("skills",), months=24) == {}
    row = items(world)[0]
    assert (row.words, row.link, row.file_name, row.size) == (None, None, None, None)
    assert "evidence_withdrawn" in events(world)


def test_evidence_is_marked_once_it_is_past_its_last_day_or_the_age_that_the_latest_round_sets(
    world: World, driver: UUID, partner: Desk
) -> None:
    partner.fill("/evidence/new", **SHOWN)
    expired = {**SHOWN, "title": "Old plan", **day("expires_on", 14, 6, 2026)}
    partner.fill("/evidence/new", **expired)
    page = partner.get("/evidence/").text
    assert "1 item is out of date in Year 1" in page
    assert "It counted until 14 June 2026." in page
    with world.session() as session:
        session.execute(update(Round).values(evidence_months=3))
        session.commit()
    page = partner.get("/evidence/").text
    assert "2 items are out of date in Year 1" in page
    assert "It speaks from 3 months ago or more." in page
