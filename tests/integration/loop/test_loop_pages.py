"""Actions: the coordinator writes them down, every member reads them."""

from collections.abc import Callable
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, select

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, day
from tests.integration.publishing.partners import add_round
from tests.world import World, build_world


@pytest.fixture
def round_id(world: World) -> UUID:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        return add_round(session, world, 1)


def form(world: World, **more: object) -> dict[str, object]:
    return {
        "finding": "Residents do not know whom to ring.", "decision": "One number for all.",
        "title": "Print the number on every bin", "owner": world.organisations[0], "status": "planned",
        "what_changed": "", **day("due_on", 1, 5, 2026), **more,
    }  # fmt: skip


def the_action(world: World) -> Action:
    with world.session() as session:
        return session.execute(select(Action)).scalar_one()


def test_an_action_goes_from_finding_to_what_changed_and_every_member_reads_it(
    world: World, round_id: UUID, desk_of: Callable[[Role], Desk]
) -> None:
    desk = desk_of(Role.COORDINATOR)
    assert "No action yet" in desk.get("/actions/").text
    assert desk.fill(f"/actions/of/{round_id}/new", **form(world)).status_code == 302
    path = f"/actions/{the_action(world).id}"
    assert desk.fill(path, **form(world, status="done")).status_code == 422
    done = form(world, status="done", what_changed="Calls are up by a third.")
    assert desk.fill(path, **done).status_code == 302
    for role in (Role.PARTNER, Role.SCRUTINY, Role.EVALUATOR, Role.RESEARCHER):
        page = desk_of(role).get("/actions/").text
        for words in ("Residents do not know whom", "One number", "Print the number", "up by a third"):
            assert words in page
        assert "Add an action" not in page
        assert path not in page
    with world.session() as session:
        events = session.execute(select(AuditEvent.event)).scalars().all()
    assert events == ["action_added", "action_changed"]


@pytest.mark.parametrize(
    ("due", "status", "overdue"),
    [
        (14, "planned", True),
        (14, "under_way", True),
        (15, "planned", False),
        (14, "done", False),
        (14, "dropped", False),
    ],
)
def test_an_action_is_overdue_the_day_after_it_was_due_unless_it_is_settled(
    world: World, round_id: UUID, desk_of: Callable[[Role], Desk], due: int, status: str, overdue: bool
) -> None:
    """Today is 15 June 2026."""
    desk = desk_of(Role.COORDINATOR)
    sent = form(world, status=status, what_changed="Nothing.", **day("due_on", due, 6, 2026))
    assert desk.fill(f"/actions/of/{round_id}/new", **sent).status_code == 302
    assert ("Overdue" in desk.get("/actions/").text) is overdue
    assert ("1 action is overdue" in desk.get("/").text) is overdue


def test_what_is_done_in_silence_is_marked(
    world: World, round_id: UUID, desk_of: Callable[[Role], Desk]
) -> None:
    desk_of(Role.COORDINATOR).fill(f"/actions/of/{round_id}/new", **form(world))
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(select(Action)).scalar_one().status = "done"  # as an older record may have it
    assert "nobody has said what changed" in desk_of(Role.PARTNER).get("/actions/").text


def test_a_stale_edit_overwrites_nothing(
    world: World, round_id: UUID, desk_of: Callable[[Role], Desk]
) -> None:
    desk = desk_of(Role.COORDINATOR)  # trust D8
    desk.fill(f"/actions/of/{round_id}/new", **form(world))
    path = f"/actions/{the_action(world).id}"
    assert desk.send(path, form(world, title="First", version="1")).status_code == 302
    assert desk.send(path, form(world, title="Second", version="1")).status_code == 409
    assert the_action(world).title == "First"


def test_only_the_coordinator_writes(world: World, round_id: UUID, desk_of: Callable[[Role], Desk]) -> None:
    for role in set(Role) - {Role.COORDINATOR}:
        if role is not Role.ADMINISTRATOR:
            assert desk_of(role).send(f"/actions/of/{round_id}/new", form(world)).status_code == 403
    with world.session() as session:
        assert session.execute(select(Action)).first() is None


def test_an_owner_or_round_of_another_partnership_does_not_exist(
    world: World, round_id: UUID, desk_of: Callable[[Role], Desk], engine: Engine, clock: SetClock
) -> None:
    other = build_world(engine, clock, slug="southbridge")  # trust A3
    with transaction(engine, Scope(partnership_id=other.partnership_id)) as session:
        foreign_round = add_round(session, other, 1)
    desk = desk_of(Role.COORDINATOR)
    assert desk.get(f"/actions/of/{foreign_round}/new").status_code == 404
    for owner in (other.organisations[0], uuid4()):
        refused = desk.fill(f"/actions/of/{round_id}/new", **form(world, owner=owner))
        assert refused.status_code == 422
    desk.fill(f"/actions/of/{round_id}/new", **form(world))
    foreign = Desk(desk.client, other.slug)
    assert foreign.get("/actions/").status_code == 404
    assert foreign.get(f"/actions/{the_action(world).id}").status_code == 404


def test_an_organisation_that_left_keeps_what_it_owns(
    world: World, round_id: UUID, desk_of: Callable[[Role], Desk]
) -> None:
    desk = desk_of(Role.COORDINATOR)
    desk.fill(f"/actions/of/{round_id}/new", **form(world, owner=world.organisations[1]))
    left = desk.fill(
        f"/partnership/organisations/{world.organisations[1]}/end", **day("last_day", 1, 6, 2026)
    )
    assert left.status_code == 302
    path = f"/actions/{the_action(world).id}"
    assert desk.fill(path, **form(world, owner=world.organisations[1], title="Same owner")).status_code == 302
    assert str(world.organisations[1]) not in desk.get(f"/actions/of/{round_id}/new").text
