"""The people of an action say how it goes, from their own pages; the coordinator sees what changed."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from lsp_assess.actions.loop import ActionDetails, add_action
from lsp_assess.actions.milestones import MilestoneDetails, add_milestone
from lsp_assess.database.models.action_progress import ActionEvent, Milestone
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.reports.tables_actions import ActionStatus
from tests.desk import Desk
from tests.integration.publishing.partners import add_round
from tests.world import World

NOTE = "The first hundred are printed."
SAID = {"light": "amber", "note": NOTE}


def make(world: World, *, owner: int | None, helper: int | None = None, status: str = "under_way") -> UUID:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        details = ActionDetails(
            finding="F",
            decision="D",
            title="Print the number",
            owner_id=None if owner is None else world.organisations[owner],
            contributors=() if helper is None else (world.organisations[helper],),
            due_on=date(2026, 6, 1),
            status=ActionStatus(status),
            what_changed="W",
        )
        action_id = add_action(work, add_round(session, world, 1), details)
        for words in ("Printer chosen", "Bins done"):
            add_milestone(work, action_id, MilestoneDetails(words=words, due_on=date(2026, 7, 1), done=False))
        return action_id


@pytest.mark.parametrize(("owner", "helper"), [(0, None), (1, 0)], ids=["its owner", "one who helps"])
def test_who_does_it_sets_the_light_ticks_milestones_and_says_how_it_goes(
    world: World, desk_of: Callable[[Role], Desk], owner: int, helper: int | None
) -> None:
    action_id = make(world, owner=owner, helper=helper)
    partner = desk_of(Role.PARTNER)
    assert f"/actions/updates/{action_id}" in partner.get("/actions/").text
    with world.session() as session:
        first = session.execute(select(Milestone.id).where(Milestone.words == "Printer chosen")).scalar_one()
    path = f"/actions/updates/{action_id}"
    assert partner.fill(path, light="amber", note="").status_code == 422
    assert partner.fill(path, **SAID, milestones=[str(first)]).status_code == 302
    with world.session() as session:
        assert session.execute(select(Action.light)).scalar_one() == "amber"
        done = dict(session.execute(select(Milestone.words, Milestone.done)).all())
        event = session.execute(select(ActionEvent).where(ActionEvent.note.is_not(None))).scalar_one()
        audit = session.execute(select(AuditEvent).where(AuditEvent.event == "action_told_of")).scalar_one()
    assert done == {"Printer chosen": True, "Bins done": False}
    assert event.account_id == world.accounts[Role.PARTNER]
    assert NOTE not in str(audit.details)  # trust C2


def test_the_coordinator_sees_what_changed_and_by_whom(world: World, desk_of: Callable[[Role], Desk]) -> None:
    action_id = make(world, owner=0)
    desk_of(Role.PARTNER).fill(f"/actions/updates/{action_id}", **SAID)
    coordinator = desk_of(Role.COORDINATOR)
    assert "News of 1 action from its people" in coordinator.get("/").text
    listing = coordinator.get("/actions/").text
    assert f"{NOTE} (northbridge partner, 15 June 2026)" in listing
    history = coordinator.get(f"/actions/milestones/of/{action_id}").text
    assert f"northbridge partner: {NOTE}" in history


def test_what_others_do_or_nobody_and_what_is_settled_is_not_theirs_to_tell(
    world: World, desk_of: Callable[[Role], Desk]
) -> None:
    partner = desk_of(Role.PARTNER)
    action_id = make(world, owner=1)
    assert partner.get(f"/actions/updates/{action_id}").status_code == 403
    assert partner.send(f"/actions/updates/{action_id}", SAID).status_code == 403
    assert "Say how it goes" not in partner.get("/actions/").text
    with world.session() as session:
        assert session.execute(select(Action.light)).scalar_one() is None


@pytest.mark.parametrize("status", ["done", "dropped"])
def test_what_is_settled_stays_as_it_is(world: World, desk_of: Callable[[Role], Desk], status: str) -> None:
    action_id = make(world, owner=0, status=status)
    partner = desk_of(Role.PARTNER)
    assert "Say how it goes" not in partner.get("/actions/").text
    assert partner.fill(f"/actions/updates/{action_id}", **SAID).status_code == 409


def test_of_two_at_once_the_slower_sees_that_somebody_was_faster_and_keeps_their_words(
    world: World, desk_of: Callable[[Role], Desk]
) -> None:
    action_id = make(world, owner=0)
    path = f"/actions/updates/{action_id}"
    stale = {**SAID, "version": "1", "note": "Slower words"}
    desk_of(Role.PARTNER).fill(path, **SAID)
    answer = desk_of(Role.PARTNER).send(path, stale)
    assert answer.status_code == 409
    assert "Slower words" in answer.text


def test_only_partners_tell(world: World, desk_of: Callable[[Role], Desk]) -> None:
    action_id = make(world, owner=0)
    for role in set(Role) - {Role.PARTNER}:
        assert desk_of(role).get(f"/actions/updates/{action_id}").status_code == 403, role


def test_a_partner_finds_what_their_organisation_owes_on_their_desk(
    world: World, desk_of: Callable[[Role], Desk]
) -> None:
    make(world, owner=0)
    page = desk_of(Role.PARTNER).get("/").text
    assert "Your action: Print the number" in page
    assert "Due on 1 June 2026" in page
