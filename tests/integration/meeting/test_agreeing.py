"""What is agreed, taken back, and typed by two at once: nothing is overwritten and nothing lost."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.responses import AgreedScore, Dissent, Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.meeting.scored import PART, move
from tests.world import World

DeskOf = Callable[[Role], Desk]
WHY = "The plan was shown, and half of the partners follow it."
AGREED = {"score": "60", "rationale": WHY}


def part_of(collection_id: UUID) -> str:
    return f"/meeting/{collection_id}/parts/{PART}"


def steps(world: World) -> list[tuple[int, float | None, str]]:
    with world.session() as session:
        rows = session.execute(select(AgreedScore).order_by(AgreedScore.step)).scalars()
        return [(row.step, row.score, row.rationale) for row in rows]


def dissents(world: World) -> list[tuple[str, UUID | None]]:
    with world.session() as session:
        return [(row.words, row.person_id) for row in session.execute(select(Dissent)).scalars()]


def test_an_agreed_score_stands_with_its_rationale_and_its_distance_from_the_median(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    assert facilitator.fill(part_of(in_session), **AGREED).status_code == 302
    page = facilitator.get(part_of(in_session)).text
    assert '60 <span class="agenda__moved">(+10 from the median)' in page
    assert WHY in page
    agenda = facilitator.get(f"/meeting/{in_session}").text
    assert "<strong>1 of 32</strong> parts agreed" in agenda
    assert "Agreed <strong>60</strong>" in agenda
    with world.session() as session:
        scores = {
            r.submission[PART]["value"] for r in session.execute(select(Response)).scalars() if r.submission
        }
        details = session.execute(select(AuditEvent).where(AuditEvent.event == "score_agreed")).scalar_one()
    assert scores == {20, 35, 50, 65, 90}
    assert "60" not in str(details.details)
    assert "plan" not in str(details.details)


@pytest.mark.parametrize("wrong", [{"score": ""}, {"score": "57"}, {"score": "105"}, {"rationale": "  "}])
def test_what_is_missing_or_off_the_scale_is_refused_beside_its_field_and_stays_typed(
    world: World, in_session: UUID, facilitator: Desk, wrong: dict[str, str]
) -> None:
    refused = facilitator.fill(part_of(in_session), **{**AGREED, "dissent_1": "Not shown.", **wrong})
    assert refused.status_code == 422
    assert f'href="#{next(iter(wrong))}"' in refused.text
    assert "Not shown." in refused.text
    assert steps(world) == []


def test_agreeing_anew_keeps_what_was_agreed_before(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    facilitator.fill(part_of(in_session), **AGREED)
    facilitator.fill(part_of(in_session), score="45", rationale="The plan is two years old.")
    assert [(step, score) for step, score, _ in steps(world)] == [(1, 60), (2, 45)]
    page = facilitator.get(part_of(in_session)).text
    assert "(−5 from the median)" in page
    assert page.index("45 agreed") < page.index("60 agreed")


def test_taking_back_goes_a_step_back_and_the_record_keeps_everything(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    path = part_of(in_session)
    facilitator.fill(path, **AGREED, dissent_1="It is only paper.")
    facilitator.fill(path, score="45", rationale="The plan is two years old.", dissent_1="")
    assert taken_back(facilitator, path) == 302
    page = facilitator.get(path).text
    assert "(+10 from the median)" in page
    assert taken_back(facilitator, path) == 302
    page = facilitator.get(path).text
    assert "Not agreed yet" in facilitator.get(f"/meeting/{in_session}").text
    assert "Take the last agreement back" not in page
    for kept in ("60 agreed", "45 agreed", "It is only paper.", "The plan is two years old."):
        assert kept in page
    assert [score for _, score, _ in steps(world)] == [60, 45, None, None]
    assert taken_back(facilitator, path, version="4") == 409
    facilitator.fill(path, score="50", rationale="Agreed once more.")
    assert taken_back(facilitator, path) == 302
    assert "Not agreed yet" in facilitator.get(f"/meeting/{in_session}").text


def taken_back(desk: Desk, path: str, version: str | None = None) -> int:
    seen = version or re.findall(r'name="version" value="(\d+)"', desk.get(path).text)[-1]
    return desk.send(f"{path}/take-back", {"version": seen}).status_code


def test_the_record_can_only_be_added_to(world: World, in_session: UUID, facilitator: Desk) -> None:
    facilitator.fill(part_of(in_session), **AGREED)
    for statement in ("UPDATE answers.agreed_score SET score = 0", "DELETE FROM answers.agreed_score"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session,
        ):
            session.execute(text(statement))


def test_the_second_of_two_facilitators_sees_both_sides_and_overwrites_nothing(
    world: World, in_session: UUID, facilitator: Desk, other_facilitator: Desk
) -> None:
    # trust D8
    path = part_of(in_session)
    opened = facilitator.get(path)
    assert opened.status_code == 200
    assert (
        other_facilitator.fill(path, score="40", rationale="Two of three were never told.").status_code == 302
    )
    late = facilitator.send(path, {**AGREED, "version": "0", "dissent_1": "Nobody asked us."})
    assert late.status_code == 409
    for side in ("Two of three were never told.", "Olga Other", WHY, "Nobody asked us."):
        assert side in late.text
    assert [score for _, score, _ in steps(world)] == [40]
    version = re.findall(r'name="version" value="(\d+)"', late.text)[0]
    again = facilitator.send(path, {**AGREED, "version": version})
    assert again.status_code == 302
    assert [score for _, score, _ in steps(world)] == [40, 60]
    assert taken_back(facilitator, path, version="1") == 409


def test_of_facilitators_who_write_at_the_same_moment_one_is_first(
    world: World, in_session: UUID, facilitator: Desk, other_facilitator: Desk
) -> None:
    # trust D5
    path = part_of(in_session)
    with ThreadPoolExecutor(2) as both:
        sent = [
            both.submit(desk.send, path, {**AGREED, "score": score, "version": "0"})
            for desk, score in ((facilitator, "30"), (other_facilitator, "70"))
        ]
        assert sorted(each.result().status_code for each in sent) == [302, 409]
    assert len(steps(world)) == 1


@pytest.mark.parametrize("status", [CollectionStatus.CLOSED, CollectionStatus.FINAL])
def test_nothing_is_agreed_outside_the_meeting_and_what_was_typed_comes_back(
    world: World, in_session: UUID, facilitator: Desk, status: CollectionStatus
) -> None:
    move(world, in_session, status)
    refused = facilitator.send(part_of(in_session), {**AGREED, "version": "0"})
    assert refused.status_code == 409
    assert WHY in refused.text
    assert taken_back(facilitator, part_of(in_session), version="0") == 409
    assert steps(world) == []


def test_only_facilitators_agree(world: World, in_session: UUID, desk_of: DeskOf) -> None:
    for role in set(Role) - {Role.FACILITATOR}:
        desk = desk_of(role)
        assert desk.send(part_of(in_session), {**AGREED, "version": "0"}).status_code == 403
        assert taken_back(desk, part_of(in_session), version="0") == 403
    assert steps(world) == []


def test_a_dissent_is_nameless_unless_its_author_agreed_to_be_named(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    path, person = part_of(in_session), world.people[Role.PARTNER]
    signed = {"dissent_1": "It is only paper.", "dissent_2": "Too low.", "by_2": str(person)}
    refused = facilitator.fill(path, **AGREED, **signed)
    assert refused.status_code == 422
    assert 'href="#named_2"' in refused.text
    assert steps(world) == []
    assert facilitator.fill(path, **AGREED, **signed, named_2="yes").status_code == 302
    assert dissents(world) == [("It is only paper.", None), ("Too low.", person)]
    page = facilitator.get(path).text
    assert "<strong>Dissent:</strong> It is only paper." in page
    assert "<strong>Dissent (northbridge partner):</strong> Too low." in page


def test_a_name_without_words_is_no_dissent(world: World, in_session: UUID, facilitator: Desk) -> None:
    refused = facilitator.fill(
        part_of(in_session), **AGREED, by_1=str(world.people[Role.PARTNER]), named_1="yes"
    )
    assert refused.status_code == 422
    assert 'href="#dissent_1"' in refused.text
    assert steps(world) == []


def test_a_foreign_person_signs_nothing(world: World, in_session: UUID, facilitator: Desk) -> None:
    foreign = {"by_1": str(world.partnership_id), "named_1": "yes", "dissent_1": "No."}
    assert facilitator.fill(part_of(in_session), **AGREED, **foreign).status_code == 422
    assert steps(world) == []
