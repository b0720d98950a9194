"""The coordinator sets the targets of an indicator, and who looks after it."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.outcomes import Indicator, Objective, ObjectiveLink, PlanLine, PlanPoint
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk
from tests.integration.outcomes.test_pages import CODE, indicator_of, take
from tests.world import World

Browser = Callable[[UUID], FlaskClient]


@pytest.fixture
def desk(world: World, browser_of: Browser) -> Desk:
    return Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)


@pytest.fixture
def row(world: World, shared: Path) -> Indicator:
    take(world, shared / "data" / "indicators", CODE)
    return indicator_of(world)


def plan(world: World, **more: object) -> dict[str, object]:
    return {
        "lead": world.organisations[1],
        "project_manager": world.people[Role.PARTNER],
        "information_manager": world.people[Role.COORDINATOR],
        "tolerance_kind": "relative",
        "tolerance": "5",
        "targets": "1 January 2010, 12\n2030, 6",
        "objectives": "WARM, Warm homes",
        **more,
    }


def points(world: World) -> dict[str, dict[date, float]]:
    with world.session() as session:
        found = session.execute(
            select(PlanLine.name, PlanPoint.on_date, PlanPoint.value).join(
                PlanPoint, PlanPoint.plan_line_id == PlanLine.id
            )
        ).all()
    lines: dict[str, dict[date, float]] = {}
    for name, on, value in found:
        lines.setdefault(name, {})[on] = value
    return lines


def test_a_partnership_that_writes_its_targets_gets_a_light_and_names_who_is_answerable(
    world: World, row: Indicator, desk: Desk
) -> None:
    page = f"/indicators/{row.id}"
    assert "No planned line" in desk.get(page).text
    assert desk.fill(f"{page}/plan", **plan(world)).status_code == 302
    assert points(world) == {row.title: {date(2010, 1, 1): 12.0, date(2030, 12, 31): 6.0}}
    seen = desk.get(page).text
    assert re.search(r'lamp--(green|amber|red)"', seen)
    for words in ("Police", "northbridge partner", "northbridge coordinator", "5%"):
        assert words in seen
    again = desk.get(f"{page}/plan").text
    for written in ("1 January 2010, 12\n31 December 2030, 6", "WARM, Warm homes", 'value="5"'):
        assert written in again
    with world.session() as session:
        assert session.execute(select(AuditEvent.event)).scalars().all()[-1] == "indicator_planned"
        link = session.execute(select(ObjectiveLink)).scalar_one()
    assert (link.target_kind, link.target_code) == ("indicator", CODE)


def test_the_light_turns_with_the_tolerance(world: World, row: Indicator, desk: Desk) -> None:
    page = f"/indicators/{row.id}"
    lamps = []
    for kind, amount in (("relative", ""), ("relative", "95"), ("absolute", "0.1"), ("absolute", "20")):
        sent = plan(world, targets="1 January 2010, 8", tolerance_kind=kind, tolerance=amount)
        assert desk.fill(f"{page}/plan", **sent).status_code == 302
        lamps += re.findall(r'lamp--(\w+)"', desk.get(page).text)[:1]
    assert lamps == ["red", "amber", "red", "amber"]


def test_a_stale_page_is_told_even_where_only_the_targets_changed(
    world: World, row: Indicator, desk: Desk
) -> None:  # trust D8
    path = f"/indicators/{row.id}/plan"
    assert desk.fill(path, **plan(world)).status_code == 302
    assert desk.fill(path, **plan(world, targets="2030, 5")).status_code == 302
    assert desk.send(path, {**plan(world, targets="2030, 1"), "version": row.version + 1}).status_code == 409
    assert points(world) == {row.title: {date(2030, 12, 31): 5.0}}


def test_lines_that_say_nothing_are_refused_by_their_numbers_and_stay_on_the_page(
    world: World, row: Indicator, desk: Desk
) -> None:
    targets = "2027, 8\n\nsoon, 7\n2028, as low as can be\n31 February 2029, 5\n2027, 9\n2031, 1,5\n2032, NaN"
    objectives = "WARM, Warm homes\n\nno code at all\nWARM\nSAFE"
    answer = desk.fill(f"/indicators/{row.id}/plan", **plan(world, targets=targets))
    assert answer.status_code == 422
    for number in (3, 4, 5, 6, 7, 8):
        assert f"Line {number}" in answer.text
    for number in (1, 2):
        assert f"Line {number} " not in answer.text
        assert f"Line {number}," not in answer.text
    assert "as low as can be" in answer.text
    answer = desk.fill(f"/indicators/{row.id}/plan", **plan(world, objectives=objectives))
    assert answer.status_code == 422
    assert "Line 3" in answer.text
    assert "Line 4" in answer.text
    answer = desk.fill(f"/indicators/{row.id}/plan", **plan(world, objectives="SAFE"))
    assert answer.status_code == 422
    assert "Line 1 names SAFE" in answer.text
    assert points(world) == {}
    with world.session() as session:
        assert session.execute(select(Objective)).first() is None


@pytest.mark.parametrize("amount", ["-1", "NaN", "Infinity", "1e309", "some"])
def test_a_tolerance_that_cannot_be_is_refused(
    world: World, row: Indicator, desk: Desk, amount: str
) -> None:  # trust E
    answer = desk.fill(f"/indicators/{row.id}/plan", **plan(world, tolerance=amount))
    assert answer.status_code == 422
    assert "tolerance-error" in answer.text
    assert points(world) == {}


def test_only_the_line_that_gives_the_light_is_changed(world: World, row: Indicator, desk: Desk) -> None:
    of = {"partnership_id": world.partnership_id}
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        for name, standing in (("Hoped for", False), ("Agreed", True)):
            line = PlanLine(**of, id=new_id(), indicator_id=row.id, name=name, is_the_line=standing)
            session.add(line)
            session.flush()
            session.add(PlanPoint(**of, plan_line_id=line.id, on_date=date(2020, 1, 1), value=9))
    path = f"/indicators/{row.id}/plan"
    assert "1 January 2020, 9" in desk.get(path).text
    assert desk.fill(path, **plan(world, targets="2025, 8")).status_code == 302
    assert points(world) == {"Hoped for": {date(2020, 1, 1): 9}, "Agreed": {date(2025, 12, 31): 8}}
    assert desk.fill(path, **plan(world, targets="")).status_code == 302
    assert points(world) == {"Hoped for": {date(2020, 1, 1): 9}}


def test_objectives_are_made_once_and_left_again(world: World, row: Indicator, desk: Desk) -> None:
    path = f"/indicators/{row.id}/plan"
    assert (
        desk.fill(path, **plan(world, objectives="WARM, Warm homes\nSAFE, Safer streets")).status_code == 302
    )
    answer = desk.fill(path, **plan(world, objectives="SAFE, Another name"))
    assert answer.status_code == 422
    assert "is called “Safer streets”" in answer.text
    assert desk.fill(path, **plan(world, objectives="SAFE")).status_code == 302
    with world.session() as session:
        codes = session.execute(select(Objective.code).order_by(Objective.code)).scalars().all()
        linked = session.execute(
            select(Objective.code).join(ObjectiveLink, ObjectiveLink.objective_id == Objective.id)
        ).scalars()
        assert (codes, linked.all()) == (["SAFE", "WARM"], ["SAFE"])


def test_a_range_gives_the_light_itself_and_has_no_targets(world: World, row: Indicator, desk: Desk) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        held = session.get_one(Indicator, (world.partnership_id, row.id))
        held.polarity, held.range_low, held.range_high = "range", 5, 10
    path = f"/indicators/{row.id}/plan"
    page = desk.get(path).text
    assert "Best between 5 and 10" in page
    assert 'name="targets"' not in page
    assert desk.fill(path, **plan(world)).status_code == 302
    assert points(world) == {}


def test_a_foreign_organisation_or_person_is_not_taken_and_others_do_not_see_the_page(
    world: World, row: Indicator, desk: Desk, browser_of: Browser
) -> None:
    path = f"/indicators/{row.id}/plan"
    for field in ("lead", "project_manager", "information_manager"):
        assert desk.fill(path, **plan(world, **{field: new_id()})).status_code == 422
    partner = Desk(browser_of(world.accounts[Role.PARTNER]), world.slug)
    assert path not in partner.get(f"/indicators/{row.id}").text
    assert partner.get(path).status_code in (403, 404)
    assert partner.send(path, plan(world)).status_code in (403, 404)
