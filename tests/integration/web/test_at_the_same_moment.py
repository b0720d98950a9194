"""Two who write at the same moment: what both entered is kept, or the later one is shown both sides."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from lsp_assess.database.models.partnerships import Collection, Membership, ResearcherArea
from lsp_assess.database.models.residents import Household, SampleMember, Visit
from lsp_assess.database.models.responses import Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import hidden_fields
from tests.trust_run import Figure, Times
from tests.world import World

Browser = Callable[[UUID], FlaskClient]
RADIO = re.compile(r'name="(\w+)" type="radio"')
Form = dict[str, str]


def at_once(*posts: tuple[FlaskClient, str, Form]) -> list[TestResponse]:
    start = Barrier(len(posts))

    def post(client: FlaskClient, path: str, form: Form) -> TestResponse:
        start.wait()
        return client.post(path, data=form)

    with ThreadPoolExecutor(len(posts)) as pool:
        return [answer.result() for answer in [pool.submit(post, *each) for each in posts]]


@pytest.fixture
def colleague(world: World, browser_of: Browser) -> FlaskClient:
    """Another researcher in the same ward."""
    account, person = world.add_member("northbridge colleague", Role.RESEARCHER, world.organisations[0])
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        membership = session.execute(select(Membership.id).where(Membership.person_id == person)).scalar_one()
        session.add(
            ResearcherArea(
                partnership_id=world.partnership_id, membership_id=membership, area_id=world.areas[0]
            )
        )
    return browser_of(account)


def drawn(world: World, sample: dict[str, UUID], number: int) -> dict[str, UUID]:
    """So many more households, the researcher's; sample members by reference."""
    of, found = {"partnership_id": world.partnership_id}, {}
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        first = session.get_one(SampleMember, (world.partnership_id, sample["1001"]))
        for place in range(number):
            reference = f"{3000 + place}"
            household = Household(**of, id=new_id(), area_id=world.areas[0], reference=reference)
            session.add(household)
            session.flush()
            member = SampleMember(
                **of,
                id=new_id(),
                collection_id=first.collection_id,
                household_id=household.id,
                researcher_id=first.researcher_id,
                probability=0.1,
            )
            session.add(member)
            found[reference] = member.id
    return found


def stored_of(world: World, member_id: UUID) -> Sequence[Response]:
    with world.session() as session:
        return session.execute(select(Response).where(Response.sample_member_id == member_id)).scalars().all()


def satisfaction(response: Response) -> object:
    assert response.submission is not None
    return response.submission["area_satisfaction"]["value"]


def test_two_researchers_key_a_form_of_one_household_at_once_and_both_are_kept(
    world: World,
    sample: dict[str, UUID],
    researcher: FlaskClient,
    colleague: FlaskClient,
    times: Times,
    figure: Figure,
) -> None:  # trust D7
    pile = f"/p/{world.slug}/keying/{sample['collection']}"
    forms = [(client, hidden_fields(client.get(pile).text)) for client in (researcher, colleague)]
    acknowledged = stored = flagged = 0
    households = drawn(world, sample, times(few=5, full=100))
    for reference, member_id in households.items():
        keyed = {"serial": reference}
        answers = at_once(
            *(
                (client, pile, hidden | keyed | {"sending_id": str(uuid4()), "area_satisfaction": value})
                for value, (client, hidden) in zip(("1", "4"), forms, strict=True)
            )
        )
        acknowledged += sum(answer.status_code == 302 for answer in answers)
        both = stored_of(world, member_id)
        assert {satisfaction(each) for each in both} == {1, 4}, [answer.text for answer in answers]
        (second,) = (each for each in both if each.double_of is not None)
        assert second.double_of in {each.id for each in both if each is not second}
        assert len({each.entered_by for each in both}) == 2
        stored, flagged = stored + len(both), flagged + 1
    with world.session() as session:
        visits = session.execute(select(Visit.outcome)).scalars().all()
    assert visits == ["complete"] * len(households)
    assert acknowledged == stored == 2 * len(households)
    figure(
        f"{len(households)} households keyed by two researchers at once: acknowledged {acknowledged},"
        f" stored {stored}, flagged {flagged}, lost {acknowledged - stored}"
    )


@pytest.mark.parametrize("keyed_first", [True, False])
def test_an_interview_is_sent_although_a_colleague_keys_a_form_of_the_household(
    world: World,
    sample: dict[str, UUID],
    researcher: FlaskClient,
    colleague: FlaskClient,
    keyed_first: bool,
    figure: Figure,
) -> None:  # trust D7
    pile = f"/p/{world.slug}/keying/{sample['collection']}"
    household = f"/p/{world.slug}/households/{sample['1001']}"
    interview(researcher, household)
    keyed = hidden_fields(colleague.get(pile).text) | {"serial": "1001", "area_satisfaction": "1"}
    sent = hidden_fields(researcher.get(f"{household}/check").text)
    posts = (colleague, pile, keyed), (researcher, f"{household}/finish", sent)
    answers = [*at_once(posts[0]), *at_once(posts[1])] if keyed_first else at_once(*posts)
    assert [answer.status_code for answer in answers] == [302, 302], [answer.text for answer in answers]
    both = stored_of(world, sample["1001"])
    assert {(each.mode.value, satisfaction(each)) for each in both} == {("paper", 1), ("face_to_face", 4)}
    assert [each.mode.value for each in both if each.double_of is not None] == ["paper"]
    when = "before an interview is sent" if keyed_first else "while an interview is sent"
    figure(f"a form keyed {when}: acknowledged 2, stored {len(both)}, flagged 1")


def interview(researcher: FlaskClient, household: str) -> None:
    """All of it, and not sent yet."""
    form = hidden_fields(researcher.get(household).text) | {"adults": "2"}
    here = researcher.post(f"{household}/begin", data=form).location
    while "/interview/" in here:
        page = researcher.get(here).text
        offered = re.findall(r'name="(\w+)" type="radio" value="(no|--dont_know)"', page)
        given = dict(offered) | ({"area_satisfaction": "4"} if "area_satisfaction" in page else {})
        here = researcher.post(here, data=hidden_fields(page) | given).location
    assert here.endswith("/check")


def test_a_form_keyed_for_a_collection_that_has_closed_comes_back_with_what_was_keyed(
    world: World, sample: dict[str, UUID], researcher: FlaskClient, figure: Figure
) -> None:  # trust D10
    pile = f"/p/{world.slug}/keying/{sample['collection']}"
    form = hidden_fields(researcher.get(pile).text) | {"serial": "1002", "area_satisfaction": "4"}
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(select(Collection)).scalar_one().status = CollectionStatus.CLOSED
    refused = researcher.post(pile, data=form)
    assert refused.status_code == 409
    assert "This questionnaire is closed" in refused.text
    assert 'name="area_satisfaction" value="4"' in refused.text
    assert 'value="1002"' in refused.text
    stored = len(stored_of(world, sample["1002"]))
    assert stored == 0
    figure(f"a form keyed after the closing: refused 1, stored {stored}, shown again with what was keyed")


def test_two_tabs_that_save_two_sections_at_once_are_both_kept(
    world: World,
    sample: dict[str, UUID],
    researcher: FlaskClient,
    browser_of: Browser,
    times: Times,
    figure: Figure,
) -> None:  # trust D8
    household = f"/p/{world.slug}/households/{sample['1001']}"
    tabs = [researcher, browser_of(world.accounts[Role.RESEARCHER])]
    form = hidden_fields(researcher.get(household).text) | {"adults": "2"}
    first = researcher.post(f"{household}/begin", data=form).location
    second = researcher.post(first, data=hidden_fields(researcher.get(first).text)).location
    answers = "residence_length", "area_satisfaction"
    assert f'name="{answers[0]}"' in researcher.get(first).text
    kept, rounds = 0, times(few=3, full=40)
    for place in range(rounds):
        forms = []
        for tab, page in zip(tabs, (first, second), strict=True):
            shown = tab.get(page).text
            name, values = _radio(shown)
            forms.append((name, values[place % 2], (tab, page, hidden_fields(shown))))
        told = at_once(*((tab, page, form | {name: value}) for name, value, (tab, page, form) in forms))
        assert [each.status_code for each in told] == [302, 302], [each.text for each in told]
        (response,) = stored_of(world, sample["1001"])
        for name, value, _ in forms:
            assert str(response.draft[name]["value"]) == value
            kept += 1
    figure(f"{rounds} times two tabs saved two sections at once: saved {2 * rounds}, kept {kept}, lost 0")


def _radio(page: str) -> tuple[str, list[str]]:
    """The first question with points to choose, and two of them."""
    name = RADIO.findall(page)[0]
    values = re.findall(rf'name="{name}" type="radio" value="([^"-][^"]*)"', page)
    return name, values[:2]


def test_two_tabs_that_save_one_section_at_once_see_both_sides(
    world: World, asked: UUID, partner: FlaskClient, browser_of: Browser, times: Times, figure: Figure
) -> None:  # trust D8
    page = f"/p/{world.slug}/answer/{asked}/1/section/wheel"
    tabs = [partner, browser_of(world.accounts[Role.PARTNER])]
    name = RADIO.findall(partner.get(page).text)[0]
    rounds, kept = times(few=5, full=60), 0
    for place in range(rounds):
        values = ("1", "5") if place % 2 else ("2", "4")
        forms = [
            hidden_fields(tab.get(page).text) | {name: value} for tab, value in zip(tabs, values, strict=True)
        ]
        answers = at_once(*((tab, page, form) for tab, form in zip(tabs, forms, strict=True)))
        assert sorted(each.status_code for each in answers) == [302, 409], [each.text for each in answers]
        late = next(which for which, each in enumerate(answers) if each.status_code == 409)
        assert draft(world)[name] == {"value": int(values[1 - late])}
        assert "Stored now" in answers[late].text
        again = hidden_fields(answers[late].text)
        assert again[name] == values[late]
        assert tabs[late].post(page, data=again).status_code == 302
        assert draft(world)[name] == {"value": int(values[late])}
        kept += 1
    figure(f"{rounds} times two tabs saved one section at once: the later shown both sides {kept} times")


def draft(world: World) -> dict[str, object]:
    with world.session() as session:
        return session.execute(select(Response)).scalar_one().draft
