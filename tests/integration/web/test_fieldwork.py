import re
from collections.abc import Callable
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.residents import HouseholdAddress, SampleMember, Visit
from lsp_assess.database.models.responses import Mode, Response
from lsp_assess.database.session import Scope, transaction
from tests.world import World

Browser = Callable[[UUID], FlaskClient]
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def _post(client: FlaskClient, page: str, to: str, **fields: str) -> tuple[int, str]:
    answer = client.post(to, data={**dict(HIDDEN.findall(client.get(page).text)), **fields})
    return answer.status_code, answer.location or answer.text


def test_only_assigned_households_inside_the_areas_are_seen(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    page = researcher.get(f"/p/{world.slug}/households/").text
    assert "1001 Canary Row" in page
    assert "2001 Canary Row" not in page
    assert researcher.get(f"/p/{world.slug}/households/{sample['2001']}").status_code == 404


def test_no_contact_is_recorded_in_two_taps(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    household = f"/p/{world.slug}/households/{sample['1001']}"
    assert _post(researcher, household, f"{household}/visit", outcome="no_contact")[0] == 302
    with world.session() as session:
        assert session.execute(select(Visit.outcome)).scalar_one() == "no_contact"


def test_a_note_for_the_next_visit_is_read_at_the_next_visit(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    household = f"/p/{world.slug}/households/{sample['1001']}"
    _post(researcher, household, f"{household}/visit", outcome="call_back", note="Come after six")
    assert "Come after six" in researcher.get(household).text


def test_households_stand_in_the_order_of_the_street(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    with world.session() as session:
        for one in session.execute(select(HouseholdAddress)).scalars():
            one.address = {"1001": "121 Heron Close", "1002": "9 Heron Close"}.get(one.address[:4], "")
        session.commit()
    page = researcher.get(f"/p/{world.slug}/households/").text
    assert page.index("9 Heron Close") < page.index("121 Heron Close")


def test_an_interview_is_broken_off_resumed_and_sent(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    household = f"/p/{world.slug}/households/{sample['1001']}"
    status, first = _post(researcher, household, f"{household}/begin", adults="2")
    assert status == 302
    assert _post(researcher, first, first, area_satisfaction="4", then="break_off")[0] == 302
    assert "Resume the interview" in researcher.get(household).text
    _, here = _post(researcher, household, f"{household}/begin", adults="2")
    assert 'value="4" checked' in researcher.get(here).text
    while "/interview/" in here:
        status, here = _post(researcher, here, here, **_required(researcher.get(here).text))
        assert status == 302, here
    status, answer = _post(researcher, here, f"{household}/finish")
    assert status == 302, answer
    with world.session() as session:
        response = session.execute(select(Response)).scalar_one()
        member = session.get_one(SampleMember, (world.partnership_id, sample["1001"]))
    assert response.mode is Mode.FACE_TO_FACE
    assert response.submission is not None
    assert response.submission["area_satisfaction"] == {"value": 4}
    assert (member.outcome, member.adults) == ("complete", 2)


def test_what_it_is_about_can_be_read_out_before_the_first_question_in_the_language_of_the_interview(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.get_one(Collection, (world.partnership_id, sample["collection"])).languages = ["en", "cy"]
    household = f"/p/{world.slug}/households/{sample['1001']}"
    _, first = _post(researcher, household, f"{household}/begin", adults="2")
    english = researcher.get(first).text
    assert english.index("Taking part is voluntary.") < english.index('name="residence_length"')
    assert english.index("The two are joined only by a random number.") < english.index(
        'name="residence_length"'
    )
    welsh = researcher.get(f"{first}?lang=cy").text
    assert "ac nid oes rhaid dweud pam" in welsh
    assert "Taking part is voluntary." not in welsh
    _, second = _post(researcher, first, first, area_satisfaction="4")
    assert "Taking part is voluntary." not in researcher.get(second).text


def _required(page: str) -> dict[str, str]:
    """No to every consent, and don't know wherever it is offered, but for what was answered before."""
    offered = re.findall(r'name="(\w+)" type="radio" value="(no|--dont_know)"', page)
    return {**dict(offered), "area_satisfaction": "4"} if "area_satisfaction" in page else dict(offered)


def test_a_pile_is_keyed_by_codes_with_totals_and_a_second_form_is_flagged(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    pile = f"/p/{world.slug}/keying/{sample['collection']}"
    assert _post(researcher, pile, pile, serial="1002", area_satisfaction="5", residence_length="2")[0] == 302
    assert _post(researcher, pile, pile, serial="1002", area_satisfaction="1")[0] == 302  # trust D7
    assert "2 forms" in researcher.get(pile).text
    with world.session() as session:
        both = session.execute(select(Response).order_by(Response.double_of.nulls_first())).scalars().all()
    assert [r.submission["area_satisfaction"]["value"] for r in both if r.submission] == [5, 1]
    assert both[1].double_of == both[0].id
    assert both[0].submission is not None
    assert both[0].submission["residence_length"] == {"value": "2_to_5_years"}


def test_a_wrong_code_or_number_is_said_and_what_was_keyed_stays(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    pile = f"/p/{world.slug}/keying/{sample['collection']}"
    status, page = _post(researcher, pile, pile, serial="1002", area_satisfaction="9")
    assert status == 422
    assert 'name="area_satisfaction" value="9"' in page
    status, page = _post(researcher, pile, pile, serial="2001", area_satisfaction="4")
    assert status == 422
    assert "No household with the number 2001" in page
    with world.session() as session:
        assert session.execute(select(Response)).first() is None


def test_the_same_form_posted_twice_is_one_response(
    world: World, sample: dict[str, UUID], researcher: FlaskClient
) -> None:
    pile = f"/p/{world.slug}/keying/{sample['collection']}"
    sending = str(uuid4())
    for _ in range(2):
        assert (
            _post(researcher, pile, pile, serial="1002", area_satisfaction="5", sending_id=sending)[0] == 302
        )
    with world.session() as session:
        assert len(session.execute(select(Response)).all()) == 1
