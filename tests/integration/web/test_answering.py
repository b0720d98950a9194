import re
from collections.abc import Callable
from uuid import UUID, uuid4

from flask.testing import FlaskClient
from sqlalchemy import func, select

from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import KeptBody, Receipt, Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.trust_run import Figure
from tests.world import World

Browser = Callable[[UUID], FlaskClient]


def _home(world: World, collection_id: UUID) -> str:
    return f"/p/{world.slug}/answer/{collection_id}/1"


def _form(page: str, **answers: str) -> dict[str, str]:
    """The hidden fields of a page, with answers."""
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    return {**hidden, **answers}


def _answer_all(partner: FlaskClient, home: str) -> None:
    for section in set(re.findall(r"/section/(\w+)", partner.get(f"{home}/").text)):
        page = partner.get(f"{home}/section/{section}").text
        radios = dict.fromkeys(re.findall(r'name="(\w+)" type="radio"', page), "3")
        assert partner.post(f"{home}/section/{section}", data=_form(page, **radios)).status_code == 302


def test_a_partner_answers_sends_and_holds_a_receipt(world: World, asked: UUID, partner: FlaskClient) -> None:
    home = _home(world, asked)
    _answer_all(partner, home)
    sent = partner.post(f"{home}/send", data=_form(partner.get(f"{home}/check").text))
    assert sent.status_code == 302, sent.text
    assert "Your answers have been sent" in partner.get(sent.location).text
    with world.session() as session:
        response = session.execute(select(Response)).scalar_one()
    assert response.submission is not None
    assert {"value": 3} in response.submission.values()


def test_what_was_sent_can_be_read_and_leads_to_its_place_in_the_spread(
    world: World, asked: UUID, partner: FlaskClient
) -> None:
    home = _home(world, asked)
    _answer_all(partner, home)
    assert f'href="{home}/results"' not in partner.get(f"{home}/").text
    partner.post(f"{home}/send", data=_form(partner.get(f"{home}/check").text))
    sent = partner.get(f"{home}/").text
    assert f'href="{home}/results"' in sent
    assert "/section/" not in sent
    assert re.search(r"Vision and priorities</dt><dd[^>]*>Cooperating", sent)


def test_the_same_form_sent_ten_times_is_one_response_with_one_receipt(
    world: World, asked: UUID, partner: FlaskClient
) -> None:
    home = _home(world, asked)  # trust D4
    _answer_all(partner, home)
    form = _form(partner.get(f"{home}/check").text)
    receipts = {partner.post(f"{home}/send", data=form).location for _ in range(10)}
    assert len(receipts) == 1
    with world.session() as session:
        assert session.execute(select(func.count()).select_from(Receipt)).scalar_one() == 1


def test_another_body_under_a_used_id_is_refused_and_both_are_kept(
    world: World, asked: UUID, partner: FlaskClient, figure: Figure
) -> None:
    home = _home(world, asked)  # trust D6
    _answer_all(partner, home)
    form = _form(partner.get(f"{home}/check").text)
    partner.post(f"{home}/send", data=form)
    partner.post(f"{home}/reopen", data=form)
    section = _first_section(partner, home)
    page = partner.get(f"{home}/section/{section}").text
    name = _first_radio(page)
    assert partner.post(f"{home}/section/{section}", data=_form(page, **{name: "1"})).status_code == 302
    again = partner.post(f"{home}/send", data=form)
    assert again.status_code == 409
    with world.session() as session:
        kept = session.execute(select(func.count()).select_from(KeptBody)).scalar_one()
    assert kept == 1
    figure(f"another body under a used id: refused 1, kept {kept}")


def test_a_stale_tab_is_told_and_sees_both_sides(world: World, asked: UUID, partner: FlaskClient) -> None:
    home = _home(world, asked)  # trust D8
    section = _first_section(partner, home)
    page = partner.get(f"{home}/section/{section}").text
    name = _first_radio(page)
    assert partner.post(f"{home}/section/{section}", data=_form(page, **{name: "1"})).status_code == 302
    stale = partner.post(f"{home}/section/{section}", data=_form(page, **{name: "5"}))
    assert stale.status_code == 409
    assert "Stored now" in stale.text
    kept = partner.post(f"{home}/section/{section}", data=_form(stale.text))
    assert kept.status_code == 302
    with world.session() as session:
        assert session.execute(select(Response)).scalar_one().draft[name] == {"value": 5}


def test_what_cannot_be_taken_is_shown_again_and_the_rest_is_saved(
    world: World, asked: UUID, partner: FlaskClient
) -> None:
    home = _home(world, asked)
    section = _first_section(partner, home)
    page = partner.get(f"{home}/section/{section}").text
    name = _first_radio(page)
    refused = partner.post(f"{home}/section/{section}", data=_form(page, **{name: "99"}))
    assert refused.status_code == 422
    assert "There is a problem" in refused.text


def test_once_closed_nothing_is_taken_and_the_draft_is_kept(
    world: World, asked: UUID, partner: FlaskClient, figure: Figure
) -> None:
    home = _home(world, asked)  # trust D10
    _answer_all(partner, home)
    section = f"{home}/section/{_first_section(partner, home)}"
    page, form = partner.get(section).text, _form(partner.get(f"{home}/check").text)
    with world.session() as session:
        before = session.execute(select(Response)).scalar_one().draft
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(select(Collection)).scalar_one().status = CollectionStatus.CLOSED
    changed = dict.fromkeys(re.findall(r'name="(\w+)" type="radio"', page), "5")
    new = partner.post(section, data=_form(page, **changed))
    assert new.status_code == 409
    given_back = len(re.findall(r'<td class="govuk-table__cell">Integrated</td></tr>', new.text))
    assert given_back == len(changed) > 1
    assert partner.post(f"{home}/send", data=form).status_code == 409
    with world.session() as session:
        response = session.execute(select(Response)).scalar_one()
    assert response.submission is None
    kept = sum(response.draft.get(name) == answer for name, answer in before.items())
    assert kept == len(before) == len(response.draft)
    figure(
        f"after the closing: 2 posts refused; {kept} of {len(before)} answers saved before kept,"
        f" {given_back} of {len(changed)} entered since given back"
    )


def test_somebody_not_invited_finds_nothing(world: World, asked: UUID, browser_of: Browser) -> None:
    account, _ = world.add_member("northbridge outsider", Role.PARTNER, world.organisations[1])
    other = browser_of(account)  # trust A5
    for path in ("/", "/check", "/section/vision", "/receipt"):
        assert other.get(_home(world, asked) + path).status_code == 404
    assert other.get(f"/p/{world.slug}/answer/{uuid4()}/1/").status_code == 404


def _first_section(partner: FlaskClient, home: str) -> str:
    found = re.search(r"/section/(\w+)", partner.get(f"{home}/").text)
    assert found
    return found[1]


def _first_radio(page: str) -> str:
    found = re.search(r'name="(\w+)" type="radio"', page)
    assert found
    return found[1]
