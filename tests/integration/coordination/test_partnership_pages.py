from uuid import uuid4

import pytest
from sqlalchemy import select

from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import AuditEvent, Mail
from lsp_assess.database.models.partnerships import Area, Membership, Organisation, Partnership, Person
from lsp_assess.partnerships.roles import Matching, Role
from tests.desk import Desk, day, hidden_fields
from tests.world import World

JUNE = day("since", 1, 6, 2026)


def test_an_organisation_is_added_changed_and_leaves_with_its_people(world: World, desk: Desk) -> None:
    added = desk.fill("/partnership/organisations/new", name="  Fire   Service ", sector="fire")
    assert added.status_code == 302
    assert "Fire Service is in the partnership" in desk.client.get(added.location).text
    with world.session() as session:
        row = session.execute(select(Organisation).where(Organisation.name == "Fire Service")).scalar_one()
        events = session.execute(select(AuditEvent.event)).scalars().all()
    assert events == ["organisation_added"]
    path = f"/partnership/organisations/{row.id}"
    desk.fill(
        "/partnership/people/new", name="Ann", email="ann@fire.example", role="partner",
        organisation=row.id, seat="Chief", **JUNE,
    )  # fmt: skip
    assert "Ann" in desk.get(path).text
    assert desk.fill(path, name="Fire and Rescue", sector="fire").status_code == 302
    assert desk.fill(f"{path}/end", **day("last_day", 30, 6, 2026)).status_code == 302
    with world.session() as session:
        ended = session.execute(
            select(Membership.valid_to).where(Membership.organisation_id == row.id)
        ).scalar_one()
    assert str(ended) == "2026-06-30"


def test_a_name_that_is_taken_is_told_beside_its_field_and_what_was_typed_stays(desk: Desk) -> None:
    refused = desk.fill("/partnership/organisations/new", name="POLICE", sector="police")
    assert refused.status_code == 422
    assert "“POLICE” is there already." in refused.text
    assert 'value="POLICE"' in refused.text
    assert 'href="#name"' in refused.text


def test_a_stale_page_overwrites_nothing(world: World, desk: Desk) -> None:
    path = f"/partnership/organisations/{world.organisations[0]}"  # trust D8
    form = {"name": "County Council", "sector": "council", "version": "1"}
    assert desk.send(path, form).status_code == 302
    stale = desk.send(path, {**form, "name": "Another"})
    assert stale.status_code == 409
    with world.session() as session:
        names = session.execute(select(Organisation.name)).scalars().all()
    assert "County Council" in names
    assert "Another" not in names


def test_who_joins_is_told_by_mail_how_to_sign_in_but_for_partners_who_get_a_link(
    world: World, desk: Desk
) -> None:
    for name, role in (("Rae", "researcher"), ("Cora", "coordinator"), ("Pat", "partner")):
        form = {"name": name, "email": f"{name}@joins.example", "role": role, **JUNE}
        added = desk.fill("/partnership/people/new", organisation=world.organisations[0], **form)
        told = desk.client.get(added.location).text
        assert ("told by e-mail how to sign in" in told) == (role != "partner")
    with world.session() as session:
        mails = session.execute(select(Mail.to_address, Mail.body).order_by(Mail.to_address)).all()
    assert [address for address, _ in mails] == ["cora@joins.example", "rae@joins.example"]
    assert "authenticator app" in mails[0].body
    assert "authenticator app" not in mails[1].body
    for mail in mails:
        assert "from 1 June 2026" in mail.body
        assert "/account/pass-phrase/forgotten" in mail.body


def test_a_new_member_gets_an_account_once(world: World, desk: Desk) -> None:
    form = {"name": "Łukasz O'Brien", "email": "Lukasz@Example.org", "role": "partner", **JUNE}
    assert (
        desk.fill("/partnership/people/new", organisation=world.organisations[1], **form).status_code == 302
    )
    second = {**form, "role": "facilitator"}
    assert desk.fill("/partnership/people/new", organisation="", **second).status_code == 302
    again = desk.fill("/partnership/people/new", organisation=world.organisations[1], **form)
    assert again.status_code == 422
    assert "has had this role there since 1 June 2026" in again.text
    with world.session() as session:
        people = session.execute(select(Person).where(Person.name == "Łukasz O'Brien")).scalars().all()
        accounts = (
            session.execute(select(Account).where(Account.email == "lukasz@example.org")).scalars().all()
        )
        roles = session.execute(select(Membership.role).where(Membership.person_id == people[0].id)).scalars()
    assert len(people) == len(accounts) == 1
    assert set(roles) == {Role.PARTNER, Role.FACILITATOR}


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("email", "nobody"),
        ("name", ""),
        ("name", "Ann\x00"),
        ("name", "Ann\u202egnp"),
        ("name", "x" * 201),
        ("role", "administrator"),
        ("organisation", "00000000-0000-4000-8000-000000000000"),
        ("organisation", ""),
        ("since-year", "0"),
        ("since-day", "31"),
        ("since-month", "13"),
        ("areas", "1"),
    ],
)
def test_what_no_member_can_have_is_refused_by_field(
    world: World, desk: Desk, field: str, value: str
) -> None:
    form = {  # trust E
        "name": "Ann", "email": "ann@example.org", "role": "partner",
        "organisation": str(world.organisations[0]), **JUNE,
    }  # fmt: skip
    refused = desk.fill("/partnership/people/new", **{**form, field: value})
    assert refused.status_code == 422
    assert f'href="#{field.split("-", maxsplit=1)[0]}"' in refused.text
    with world.session() as session:
        assert session.execute(select(Person).where(Person.name.startswith("Ann"))).first() is None


def test_a_successor_takes_the_seat_the_day_after(world: World, desk: Desk) -> None:
    desk.fill(
        "/partnership/people/new", name="Ann", email="ann@example.org", role="partner",
        organisation=world.organisations[1], seat="Chair", **JUNE,
    )  # fmt: skip
    taken = desk.fill(
        "/partnership/people/new", name="Bob", email="bob@example.org", role="partner",
        organisation=world.organisations[1], seat="chair", **JUNE,
    )  # fmt: skip
    assert taken.status_code == 422
    assert "Somebody else has filled this seat since 1 June 2026" in taken.text
    ann = _membership(world, "Ann")
    path = f"/partnership/people/{ann.id}/successor"
    form = {"name": "Bob", "email": "bob@example.org", "same_respondent": "same"}
    assert desk.fill(path, **form, **day("first_day", 1, 9, 2026)).status_code == 302
    bob = _membership(world, "Bob")
    assert bob.seat_id == ann.seat_id
    assert str(_membership(world, "Ann").valid_to) == "2026-08-31"
    shown = desk.get(f"/partnership/organisations/{world.organisations[1]}").text
    assert "Ann, 1 June 2026 to 31 August 2026; then Bob, since 1 September 2026" in " ".join(shown.split())


def test_a_seat_is_given_once_and_then_handed_over(world: World, desk: Desk) -> None:
    path = f"/partnership/people/{_membership(world, 'northbridge partner').id}/seat"
    page = desk.get(path).text
    assert desk.fill(path, seat="Chair").status_code == 302
    assert (
        desk.client.post(desk.home + path, data={**hidden_fields(page), "seat": "Deputy"}).status_code == 409
    )
    assert desk.fill(path, seat="Deputy").status_code == 409
    other = f"/partnership/people/{_membership(world, 'northbridge facilitator').id}/seat"
    assert desk.fill(other, seat="CHAIR").status_code == 422


def test_the_last_coordinator_cannot_leave(world: World, desk: Desk) -> None:
    mine = _membership(world, "northbridge coordinator")
    refused = desk.fill(f"/partnership/people/{mine.id}/end", **day("last_day", 30, 6, 2026))
    assert refused.status_code == 422
    assert "Nobody would be left" in refused.text


def test_another_address_is_another_sign_in(world: World, desk: Desk) -> None:
    """Whoever changes where somebody's mail goes must not enter an account that is used elsewhere."""
    before = world.accounts[Role.PARTNER]
    path = f"/partnership/people/{_membership(world, 'northbridge partner').id}/details"
    assert desk.fill(path, name="Pat", email="pat@example.org").status_code == 302
    with world.session() as session:
        person = session.execute(select(Person).where(Person.name == "Pat")).scalar_one()
        assert session.get_one(Account, before).email == "northbridge.partner@example.org"
        assert person.account_id is not None
        assert session.get_one(Account, person.account_id).email == "pat@example.org"
    assert person.account_id != before
    assert person.id == world.people[Role.PARTNER]


def test_the_settings_refuse_what_would_give_people_away(world: World, desk: Desk) -> None:
    form = {
        "name": "North Partnership", "matching": "seat", "small_group": "4", "survey_minimum": "10",
        "smallest_change": "5", "accent": "#eeeeee",
    }  # fmt: skip
    refused = desk.fill("/partnership/settings", **form)
    assert refused.status_code == 422
    for words in ("fewer than 5 people", "fewer than 30 answers", "cannot be read well"):
        assert words in refused.text
    good = {**form, "small_group": "6", "survey_minimum": "30", "accent": "#5b1d79"}
    assert desk.fill("/partnership/settings", **good).status_code == 302
    with world.session() as session:
        row = session.get_one(Partnership, world.partnership_id)
    assert (row.matching, row.small_group, row.smallest_change) == (Matching.SEAT, 6, 0.05)


def test_areas_have_codes_of_their_own_and_groups(world: World, desk: Desk) -> None:
    group = {"code": "G1", "name": "North group", "type": "group_of_areas", "standing": "own", "group": ""}
    assert desk.fill("/partnership/areas/new", **group).status_code == 302
    assert desk.fill("/partnership/areas/new", **group).status_code == 422
    with world.session() as session:
        group_id = session.execute(select(Area.id).where(Area.code == "G1")).scalar_one()
    ward = {"code": "W01", "name": "Quay", "type": "ward", "standing": "own", "group": group_id}
    path = f"/partnership/areas/{world.areas[0]}"
    assert desk.fill(path, **{**ward, "group": world.areas[1]}).status_code == 422
    assert desk.fill(path, priority="priority", **ward).status_code == 302
    with world.session() as session:
        area = session.execute(select(Area).where(Area.code == "W01")).scalar_one()
    assert (area.name, area.priority, area.group_id) == ("Quay", True, group_id)


@pytest.mark.parametrize(
    "path",
    ["/partnership/organisations/{}", "/partnership/people/{}", "/partnership/people/{}/end",
     "/partnership/areas/{}", "/rounds/{}", "/collections/{}", "/rounds/{}/questionnaires/new"],
)  # fmt: skip
def test_what_is_not_the_partnerships_own_is_not_there(desk: Desk, path: str) -> None:
    assert desk.get(path.format(uuid4())).status_code == 404  # trust A2
    assert desk.send(path.format(uuid4()), {"name": "x"}).status_code in (404, 405)


def _membership(world: World, name: str) -> Membership:
    with world.session() as session:
        return session.execute(
            select(Membership).join(Person, Person.id == Membership.person_id).where(Person.name == name)
        ).scalar_one()
