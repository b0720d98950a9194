from datetime import date
from io import BytesIO
from uuid import UUID, uuid4

import pytest
from sqlalchemy import func, select

from lsp_assess.actions.assigning import assign_area, assign_evenly
from lsp_assess.actions.members import NewMember, add_member
from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.models.residents import Household, SampleMember
from lsp_assess.kernel.errors import Denied, Invalid
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, hidden_fields
from tests.world import World

HEADER = "reference,address,area,probability\n"
SIX = "".join(f"S{n},{n} High Street,W0{1 + n % 2},0.1\n" for n in range(6))


def take_in(desk: Desk, survey: UUID, content: str = HEADER + SIX) -> None:
    sent = desk.fill(f"/collections/{survey}/sample/file", file=(BytesIO(content.encode()), "sample.csv"))
    assert sent.status_code == 302, sent.text.split("<main")[1]
    form = hidden_fields(desk.client.get(sent.location).text)
    assert desk.client.post(f"{sent.location}/confirm", data=form).status_code == 302


def researcher(world: World) -> UUID:
    with world.session() as session:
        return session.execute(select(Membership.id).where(Membership.role == Role.RESEARCHER)).scalar_one()


def assigned(world: World) -> dict[UUID | None, int]:
    with world.session() as session:
        rows = session.execute(
            select(SampleMember.researcher_id, func.count()).group_by(SampleMember.researcher_id)
        )
        return {row[0]: row[1] for row in rows}


def test_a_sample_is_taken_in_once_confirmed_and_dealt_out_within_areas(
    world: World, desk: Desk, survey: UUID
) -> None:
    take_in(desk, survey)
    page = desk.get(f"/collections/{survey}/sample").text
    assert "6 of 6 households have no researcher" in page
    dealt = desk.client.get(desk.send(f"/collections/{survey}/sample/deal-out", {}).location).text
    assert "No researcher may work in: Ward W02" in dealt
    assert assigned(world) == {researcher(world): 3, None: 3}


def test_households_are_dealt_out_evenly_counting_what_each_has_already(
    world: World, desk: Desk, survey: UUID
) -> None:
    take_in(desk, survey)
    first = researcher(world)
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        second = add_member(
            work,
            NewMember(
                name="Rae", email="rae@example.org", role=Role.RESEARCHER, since=date(2026, 6, 1),
                areas=world.areas,
            ),
        )  # fmt: skip
        assign_area(work, survey, area_id=world.areas[0], researcher_id=first)
        assign_evenly(work, survey)
        session.commit()
    assert assigned(world) == {first: 3, second: 3}


def test_nobody_is_given_a_household_outside_their_areas(world: World, desk: Desk, survey: UUID) -> None:
    take_in(desk, survey)
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        with pytest.raises(Invalid):
            assign_area(work, survey, area_id=world.areas[1], researcher_id=researcher(world))
        with pytest.raises(Denied):
            assign_evenly(world.work(Role.PARTNER, session), survey)
    path = f"/collections/{survey}/sample/areas/{world.areas[1]}"
    assert desk.fill(path, researcher=researcher(world), which="free").status_code == 422


def test_ticked_households_are_given_and_taken_back(world: World, desk: Desk, survey: UUID) -> None:
    take_in(desk, survey)
    path = f"/collections/{survey}/sample/areas/{world.areas[0]}"
    with world.session() as session:
        ids = session.execute(
            select(SampleMember.id)
            .join(Household, Household.id == SampleMember.household_id)
            .where(Household.area_id == world.areas[0])
        ).scalars().all()  # fmt: skip
    form = {"which": "ticked", "household": [str(ids[0]), str(ids[1])]}
    assert desk.fill(path, researcher=researcher(world), **form).status_code == 302
    assert assigned(world)[researcher(world)] == 2
    assert desk.fill(path, researcher="", **form).status_code == 302
    assert assigned(world) == {None: 6}
    nothing = desk.fill(path, researcher=researcher(world), which="ticked")
    assert nothing.status_code == 422
    assert "No household is ticked" in nothing.text
    assert desk.fill(path, researcher="", which="ticked", household=str(uuid4())).status_code == 404


def test_response_rates_count_the_unvisited_as_unknown(world: World, desk: Desk, survey: UUID) -> None:
    take_in(desk, survey)
    with world.session() as session:
        members = session.execute(select(SampleMember).order_by(SampleMember.id)).scalars().all()
        for member, outcome in zip(
            members, ("complete", "complete", "partial", "not_eligible"), strict=False
        ):
            member.outcome = outcome
        session.commit()
    page = " ".join(desk.get(f"/collections/{survey}/sample").text.split())
    # two of five that are or may be eligible; with the partial one, three
    assert (
        'RR1 <span class="quiet">complete interviews</span></dt><dd class="govuk-summary-list__value">40.0%'
        in page
    )
    assert (
        'RR2 <span class="quiet">with partial ones</span></dt><dd class="govuk-summary-list__value">60.0%'
        in page
    )


def test_a_bad_sample_is_refused_and_one_of_another_kind_is_not_there(
    world: World, desk: Desk, survey: UUID
) -> None:
    path = f"/collections/{survey}/sample/file"
    for bad in ("S1,1 High Street,W99,0.1\n", "S1,1 High Street,W01,1.5\n", "S1,1 High Street\n"):
        refused = desk.fill(path, file=(BytesIO((HEADER + bad).encode()), "sample.csv"))
        assert refused.status_code == 422
        assert "row 2" in refused.text
    with world.session() as session:
        assert session.execute(select(func.count()).select_from(Household)).scalar_one() == 0
    assert desk.get(f"/collections/{uuid4()}/sample").status_code == 404


PEOPLE = "area, W01, 9800\narea, W02, 10200\nsex\tfemale\t10 100\nsex\tmale\t9 900"


def test_the_population_is_stated_shown_and_taken_back(desk: Desk, survey: UUID) -> None:
    take_in(desk, survey)
    page = f"/collections/{survey}/population"
    assert "area: W01, W02" in desk.get(page).text
    assert desk.fill(page, source="Census 2021", people=PEOPLE).status_code == 302
    assert "sex, female, 10100" in desk.get(page).text
    assert "weighted to Census 2021, by area, sex" in desk.get(f"/collections/{survey}/sample").text
    assert desk.fill(page, source="Census 2021", people="").status_code == 302
    assert "Nothing is stated of the population" in desk.get(f"/collections/{survey}/sample").text


def test_each_line_that_cannot_be_read_is_named_and_what_was_typed_stays(desk: Desk, survey: UUID) -> None:
    take_in(desk, survey)
    sent = desk.fill(
        f"/collections/{survey}/population", source="Census", people="area, W01, 9800\nward, W02, 3"
    )
    assert sent.status_code == 422
    assert "Line 2 is divided by “ward”" in sent.text
    assert "ward, W02, 3" in sent.text


def test_somebody_who_stated_it_meanwhile_is_not_overwritten(desk: Desk, survey: UUID) -> None:
    take_in(desk, survey)
    page = f"/collections/{survey}/population"
    stale = hidden_fields(desk.get(page).text)
    desk.fill(page, source="Census", people=PEOPLE)
    sent = desk.send(page, {**stale, "source": "Mine", "people": ""})
    assert sent.status_code == 409
    assert "sex, female, 10100" in desk.get(page).text
