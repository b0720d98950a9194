"""A sample of addresses into a collection of the resident survey."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import func, select

from lsp_assess.actions.importing import Upload
from lsp_assess.actions.sample_imports import SampleImport, import_sample
from lsp_assess.database.instruments import issue
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.residents import Household, HouseholdAddress, PanelState, SampleMember
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import parse
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.world import TODAY, World

SURVEY = """
name: survey
version: "1.0"
kind: household
languages: {en: reviewed}
title: {en: Survey}
sections:
  - name: only
    title: {en: Only}
    items: [{name: words, type: short_text, text: {en: Words?}}]
"""
HEADER = "reference,address,area,probability\n"
ONE = "S1,1 High Street,W01,0.1\n"
TWO = "S2,2 High Street,W02,0.1\n"


def collection(world: World, number: int = 1, status: CollectionStatus = CollectionStatus.DRAFT) -> UUID:
    of = {"partnership_id": world.partnership_id}
    with transaction(world.engine, Scope(**of)) as session:
        hash_ = issue(session, parse(SURVEY, file="q"), source=SURVEY, at=TODAY)
        round_ = Round(
            **of,
            id=new_id(),
            number=number,
            name=f"Round {number}",
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 2, 1),
        )
        session.add(round_)
        session.flush()
        made = Collection(
            **of,
            id=new_id(),
            round_id=round_.id,
            instrument_hash=hash_,
            status=status,
            languages=["en"],
            settings={},
        )
        session.add(made)
    return made.id


def take(world: World, collection_id: UUID, *rows: str) -> SampleImport:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        file = Upload("sample.csv", (HEADER + "".join(rows)).encode())
        return import_sample(work, collection_id=collection_id, file=file)


def test_households_and_addresses_stand_apart_and_a_second_run_changes_nothing(world: World) -> None:
    into = collection(world)
    assert take(world, into, ONE, TWO).reconciliation.written == 2
    again = take(world, into, ONE, TWO)
    assert (again.reconciliation.unchanged, again.run_id) == (2, None)
    with world.session() as session:
        rows = session.execute(
            select(Household.reference, HouseholdAddress.address, Household.area_id)
            .join(HouseholdAddress, HouseholdAddress.id == Household.id)
            .order_by(Household.reference)
        ).all()
    assert [tuple(row) for row in rows] == [
        ("S1", "1 High Street", world.areas[0]),
        ("S2", "2 High Street", world.areas[1]),
    ]


def test_a_household_of_an_earlier_sample_is_revisited(world: World) -> None:
    take(world, collection(world), ONE)
    found = take(world, collection(world, 2), ONE, TWO)
    assert (found.reconciliation.written, found.reconciliation.revisits) == (2, 1)
    with world.session() as session:
        assert session.execute(select(func.count()).select_from(Household)).scalar_one() == 2
        panel = session.execute(select(SampleMember.panel, func.count()).group_by(SampleMember.panel)).all()
    assert dict(panel) == {PanelState.FRESH: 2, PanelState.REVISIT: 1}


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("S1,Somewhere else,W01,0.1\n", "import_sample_differs"),
        ("S1,1 High Street,W01,0.2\n", "import_sample_differs"),
        ("S3,3 High Street,W99,0.1\n", "import_sample_area"),
    ],
)
def test_one_bad_address_keeps_all_out(world: World, row: str, code: str) -> None:
    into = collection(world)
    take(world, into, ONE)
    with pytest.raises(Invalid) as refused:
        take(world, into, TWO, row)
    (found,) = refused.value.problems
    assert (found.code, found.place.row) == (code, 3)
    with world.session() as session:
        assert session.execute(select(func.count()).select_from(SampleMember)).scalar_one() == 1


def test_a_closed_collection_takes_no_sample_and_an_unknown_one_is_not_there(world: World) -> None:
    with pytest.raises(Conflict):
        take(world, collection(world, status=CollectionStatus.CLOSED), ONE)
    with pytest.raises(NotFound):
        take(world, new_id(), ONE)
