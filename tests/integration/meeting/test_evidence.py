"""What an agreed score relies on: ticked at the meeting, told in its record, its minutes and the release."""

import re
from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from lsp_assess.actions.evidence_keeping import EvidenceContent, EvidenceDetails, add_evidence
from lsp_assess.assessment.evidence import Audience
from lsp_assess.database.models.evidence import ReliedEvidence
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.values import Words
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.rendering.wording import say
from tests.desk import Desk, day
from tests.integration.meeting.scored import PART, move
from tests.integration.meeting.test_minutes import printed, said
from tests.integration.publishing.partners import published
from tests.integration.publishing.test_editions import document
from tests.world import World

DeskOf = Callable[[Role], Desk]
AGREED = {"score": "60", "rationale": "The plan was shown."}


def part_of(collection_id: UUID) -> str:
    return f"/meeting/{collection_id}/parts/{PART}"


def added(
    world: World, title: str, *, audience: Audience = Audience.PARTNERS, expires: date | None = None
) -> str:
    details = EvidenceDetails(
        title=title,
        parts=(PART,),
        effective_on=date(2026, 1, 5),
        expires_on=expires,
        audience=audience,
    )
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return str(add_evidence(world.work(Role.PARTNER, session), details, EvidenceContent(words="Seen.")))


def relied(world: World) -> list[tuple[str, bool]]:
    with world.session() as session:
        rows = session.execute(select(ReliedEvidence).order_by(ReliedEvidence.title)).scalars()
        return [(row.title, row.was_stale) for row in rows]


def ticked(page: str) -> list[str]:
    return re.findall(r'name="evidence"[^>]*value="([^"]+)"[^>]* checked', page)


def test_what_a_score_relies_on_stands_in_the_record_and_in_the_minutes_with_what_was_out_of_date(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    plan, old = added(world, "Community plan"), added(world, "Old survey", expires=date(2026, 6, 14))
    added(world, "Not looked at")
    page = facilitator.get(part_of(in_session)).text
    assert "It counted until 14 June 2026." in page
    assert facilitator.fill(part_of(in_session), **AGREED, evidence=[plan, old]).status_code == 302
    assert relied(world) == [("Community plan", False), ("Old survey", True)]
    page = facilitator.get(part_of(in_session)).text
    assert "Community plan; Old survey (▲ out of date)" in page
    assert sorted(ticked(page)) == sorted([plan, old])
    minutes = said(printed(facilitator, in_session))
    assert re.search(r"Evidence relied on: \W*Community plan \W*Old survey \(▲ out of date\)", minutes), (
        minutes
    )
    assert "Not looked at" not in minutes


def test_what_only_the_facilitation_may_see_is_not_before_the_room_and_carries_no_score(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    # trust A5
    hidden = added(world, "Notes of the facilitator", audience=Audience.FACILITATION)
    assert "Notes of the facilitator" not in facilitator.get(part_of(in_session)).text
    refused = facilitator.fill(part_of(in_session), **AGREED, evidence=[hidden])
    assert refused.status_code == 422
    assert "The plan was shown." in refused.text
    assert relied(world) == []


def test_evidence_that_is_withdrawn_or_hidden_later_keeps_its_place_in_the_record_but_not_in_a_release(
    world: World, in_session: UUID, facilitator: Desk, desk_of: DeskOf
) -> None:
    plan, survey, protocol = (added(world, one) for one in ("Community plan", "Survey", "Protocol"))
    facilitator.fill(part_of(in_session), **AGREED, evidence=[plan, survey, protocol])
    partner = desk_of(Role.PARTNER)
    assert partner.fill(f"/evidence/{survey}/withdraw", reason="Wrong file.").status_code == 302
    details = {"title": "Protocol", "parts": [PART], **day("effective_on", 5, 1, 2026)}
    hidden = partner.fill(f"/evidence/{protocol}/change", **details, audience="facilitation")
    assert hidden.status_code == 302
    for told in (facilitator.get(part_of(in_session)).text, said(printed(facilitator, in_session))):
        assert "Survey (withdrawn since)" in told
        assert "An item that not all partners may see any more" in told
        assert "Protocol" not in told
    move(world, in_session, CollectionStatus.FINAL)
    with world.session() as session:
        round_id = session.execute(select(Round.id)).scalar_one()
    table = document(world, published(world, round_id)).table("level_one.evidence")
    assert table is not None
    told = [say(c.value.message) for c in table.row(PART).cells if isinstance(c.value, Words)]
    assert told == ["Shared vision", "Community plan"]


def test_evidence_that_is_withdrawn_while_the_room_talks_is_not_relied_on_and_what_was_typed_stays(
    world: World, in_session: UUID, facilitator: Desk, desk_of: DeskOf
) -> None:
    plan = added(world, "Community plan")
    facilitator.get(part_of(in_session))
    desk_of(Role.PARTNER).fill(f"/evidence/{plan}/withdraw", reason="Wrong file.")
    refused = facilitator.send(part_of(in_session), {**AGREED, "evidence": [plan], "version": "0"})
    assert refused.status_code == 422
    assert "The plan was shown." in refused.text
    assert relied(world) == []


def test_the_second_of_two_facilitators_sees_what_both_ticked(
    world: World, in_session: UUID, facilitator: Desk, other_facilitator: Desk
) -> None:
    # trust D8
    plan, survey = added(world, "Community plan"), added(world, "Survey")
    path = part_of(in_session)
    facilitator.get(path)
    assert other_facilitator.fill(path, **AGREED, evidence=[survey]).status_code == 302
    late = facilitator.send(path, {**AGREED, "score": "45", "evidence": [plan], "version": "0"})
    assert late.status_code == 409
    assert "<strong>Evidence:</strong> Community plan" in late.text
    assert "<strong>Evidence relied on:</strong> Survey" in late.text
    assert ticked(late.text) == [plan]
    assert relied(world) == [("Survey", False)]


def test_a_step_back_brings_back_what_was_relied_on_before(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    plan, survey = added(world, "Community plan"), added(world, "Survey")
    path = part_of(in_session)
    facilitator.fill(path, **AGREED, evidence=[plan])
    facilitator.fill(path, score="45", rationale="Less.", evidence=[survey])
    assert ticked(facilitator.get(path).text) == [survey]
    assert facilitator.send(f"{path}/take-back", {"version": "2"}).status_code == 302
    assert ticked(facilitator.get(path).text) == [plan]
    assert len(relied(world)) == 2


def test_what_was_relied_on_can_only_be_added_to(world: World, in_session: UUID, facilitator: Desk) -> None:
    facilitator.fill(part_of(in_session), **AGREED, evidence=[added(world, "Community plan")])
    for statement in ("UPDATE answers.relied_evidence SET title = ''", "DELETE FROM answers.relied_evidence"):
        with (
            pytest.raises(ProgrammingError, match="permission denied"),
            transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session,
        ):
            session.execute(text(statement))
