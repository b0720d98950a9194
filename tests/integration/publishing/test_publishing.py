"""Publishing a round makes a release that never changes; a correction is another."""

from uuid import UUID

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import ProgrammingError

from lsp_assess.actions.publishing import publish
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.outcomes import Objective, ObjectiveLink
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.publications import Release, RestrictedValues
from lsp_assess.database.models.responses import Response
from lsp_assess.database.releases import document_of
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import State
from lsp_assess.disclosure.values import Number
from lsp_assess.kernel.errors import Conflict, Denied, Invalid, NotFound
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.integration.publishing.partners import published, two_rounds
from tests.world import World

SPREAD = [20, 30, 40, 50, 60, 70]
HIGHER = [30, 40, 50, 60, 70, 80]


def row(world: World, release_id: UUID) -> Release:
    with world.session() as session:
        return session.execute(select(Release).where(Release.id == release_id)).scalar_one()


def document(world: World, release_id: UUID) -> ReleaseDocument:
    return document_of(row(world, release_id))


def test_everybody_at_the_median_of_45_makes_450_points_and_ten_more_make_550(world: World) -> None:
    first, second = two_rounds(world, SPREAD, HIGHER)
    published(world, first)
    table = document(world, published(world, second)).table("level_one.criteria")
    assert table.cell("total", f"value:{first}").value == Number(450)
    assert table.cell("total", f"value:{second}").value == Number(550)
    assert table.cell("total", f"change:{first}").value == Number(100)
    assert table.cell("society_results", f"value:{second}").value == Number(33)  # 55 % of 60


def test_a_round_is_compared_with_every_round_published_before_and_no_other(world: World) -> None:
    first, second = two_rounds(world, SPREAD, HIGHER)
    alone = document(world, published(world, second))
    assert [stated.key for stated in alone.rounds] == [str(second)]
    published(world, first)
    again = document(world, published(world, second, reason="The first round is out now"))
    assert [stated.key for stated in again.rounds] == [str(first), str(second)]


def test_a_correction_needs_a_reason_and_supersedes(world: World) -> None:
    first, _ = two_rounds(world, SPREAD, HIGHER)
    old = published(world, first)
    with pytest.raises(Invalid):
        published(world, first)
    new = published(world, first, reason="A form was keyed twice")
    assert str(document(world, new).number) == "1.2"
    assert row(world, old).superseded_by == new
    assert row(world, new).superseded_by is None
    assert document(world, old).sha256 == row(world, old).content_hash


def test_the_number_counts_published_rounds(world: World) -> None:
    first, second = two_rounds(world, SPREAD, HIGHER)
    assert str(document(world, published(world, second)).number) == "1"
    assert str(document(world, published(world, first)).number) == "2"


def test_four_partners_show_nothing(world: World) -> None:
    # trust C5
    first, _ = two_rounds(world, [20, 40, 60, 80], HIGHER)
    released = document(world, published(world, first))
    criteria = released.table("level_one.criteria")
    assert criteria.cell("total", f"value:{first}").state is State.WITHHELD
    told = [
        cell
        for table in released.tables
        if table.id.startswith("level_one.scores")
        for one in table.rows
        for cell in one.cells[1:]
    ]
    assert {cell.state for cell in told} == {State.WITHHELD}


def test_one_joiner_hides_the_figures_of_those_who_answered_twice(world: World) -> None:
    first, second = two_rounds(world, SPREAD, [*HIGHER, 95])
    published(world, first)
    matched = document(world, published(world, second)).table(f"level_one.matched.{first}")
    assert {cell.state for one in matched.rows for cell in one.cells[1:]} == {State.WITHHELD}


def test_full_precision_is_kept_apart_and_no_answer_is_in_the_release(world: World) -> None:
    first, _ = two_rounds(world, [10, 30, 40, 50, 60, 70], HIGHER)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(update(Response).values(serial="CANARY-4471"))
    release_id = published(world, first)
    with world.session() as session:
        restricted = session.execute(
            select(RestrictedValues).where(RestrictedValues.id == release_id)
        ).scalar_one()
        keys = session.execute(select(Response.respondent_key_id)).scalars().all()
    assert restricted.content["values"]
    stored = str(row(world, release_id).document)
    assert "CANARY-4471" not in stored
    assert not any(str(key) in stored for key in keys)


def test_links_of_the_questionnaire_stand_once_beside_those_that_the_partnership_recorded(
    world: World,
) -> None:
    declaring = {"evidence_of_need": "[safe, of_another_place]", "added_value_focus": "[safe]"}
    first, second = two_rounds(world, SPREAD, HIGHER, declaring=declaring)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        of = {"partnership_id": world.partnership_id}
        objective = Objective(**of, id=new_id(), code="safe", title="Safe streets")
        session.add(objective)
        session.flush()
        recorded = {"objective_id": objective.id, "target_kind": "part"}
        for part in ("causal_plan", "added_value_focus"):
            session.add(ObjectiveLink(**of, **recorded, id=new_id(), target_code=part))
    published(world, first)
    released = document(world, published(world, second))
    assert [t.id for t in released.tables if t.id.startswith("line.directions")] == ["line.directions.safe"]
    linked = [one.key for one in released.table("line.directions.safe").rows]
    assert linked == [
        "driver_part:added_value_focus",
        "driver_part:causal_plan",
        "driver_part:evidence_of_need",
    ]


def test_publishing_is_written_down(world: World) -> None:
    first, _ = two_rounds(world, SPREAD, HIGHER)
    release_id = published(world, first)
    with world.session() as session:
        event = session.execute(select(AuditEvent).where(AuditEvent.event == "round_published")).scalar_one()
    assert event.object_id == str(release_id)
    assert event.details["content_hash"] == row(world, release_id).content_hash


def test_a_round_with_an_open_collection_is_not_published(world: World) -> None:
    # trust C7
    first, _ = two_rounds(world, SPREAD, HIGHER)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(update(Collection).values(status=CollectionStatus.CLOSED))
    with pytest.raises(Conflict):
        published(world, first)


def test_only_the_coordinator_publishes(world: World) -> None:
    first, _ = two_rounds(world, SPREAD, HIGHER)
    with (
        transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session,
        pytest.raises(Denied),
    ):
        publish(world.work(Role.EVALUATOR, session), round_id=first)


def test_a_round_of_nobody_is_not_found(world: World) -> None:
    with pytest.raises(NotFound):
        published(world, new_id())


def test_the_application_cannot_change_what_was_released(world: World) -> None:
    first, _ = two_rounds(world, SPREAD, HIGHER)
    published(world, first)
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session,
    ):
        session.execute(text("UPDATE publications.release SET document = '{}'"))
