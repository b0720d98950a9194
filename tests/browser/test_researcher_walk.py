"""A community researcher: on the doorstep with a telephone, and at a desk with a pile of paper forms."""

import logging
import re
from collections.abc import Callable
from datetime import timedelta
from time import perf_counter
from uuid import UUID

import pytest
from playwright.sync_api import Locator, Page, expect
from sqlalchemy import select

from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.residents import HouseholdAddress, SampleMember, Visit
from lsp_assess.database.models.responses import Mode, Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.residents.selection import SelectionRule
from tests.browser.keyboard import Keyboard
from tests.browser.looking import look_at
from tests.browser.site import DESK, PHONE, Seen, Site

Window = Callable[..., Seen]
SECTIONS = 8
BIRTHDAY = "birthday most recently"


def arrive(window: Window, site: Site, *, width: int = PHONE, **more: object) -> Seen:
    """Signed in, at the list of households."""
    seen = window(site, world=site.full, role=Role.RESEARCHER, width=width, **more)
    seen.page.goto(f"/p/{site.full.slug}/households/")
    return seen


def select_by(site: Site, rule: SelectionRule) -> None:
    scope = Scope(partnership_id=site.full.partnership_id)
    with transaction(site.full.engine, scope) as session:
        key = (site.full.partnership_id, site.filled.collections["resident_survey"])
        row = session.get_one(Collection, key)
        row.settings = {**row.settings, "selection_rule": rule.value}


def time_goes_by(site: Site) -> None:
    site.full.clock.instant += timedelta(minutes=5)


def visits(site: Site) -> list[str]:
    with site.full.session() as session:
        return list(session.execute(select(Visit.outcome).order_by(Visit.at, Visit.id)).scalars())


def interview(site: Site, member: UUID) -> Response:
    with site.full.session() as session:
        return session.execute(select(Response).where(Response.sample_member_id == member)).scalar_one()


def choice(page: Page, question: str, label: str) -> Locator:
    return page.locator(f"#question-{question}").get_by_label(label, exact=True)


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def answer_the_rest(page: Page) -> None:
    """The first choice of everything that is asked here and not answered."""
    for group in page.locator("fieldset:visible").all():
        radios = group.locator(":scope > div input[type=radio], :scope > .govuk-radios input[type=radio]")
        if radios.count() and group.locator("input:checked").count() == 0:
            radios.first.check()


def test_from_the_list_to_the_first_answer_and_through_by_keyboard(fresh_site: Site, window: Window) -> None:
    page = arrive(window, fresh_site).page
    keys = Keyboard(page)
    keys.press(page.get_by_role("link", name="1001 Canary Row"))
    expect(page.get_by_role("row", name=re.compile("^Ask number"))).to_be_visible()  # the Kish grid
    look_at(page)
    keys.write(page.get_by_label("How many people aged 18 or over live here?"), "2")
    keys.press(page.get_by_role("button", name="Start the interview"))
    assert keys.pressed <= 2
    expect(page.get_by_text("Interview adult number 1 of 2, counted from the oldest.")).to_be_visible()
    expect(page.get_by_text("How long have you lived in this area?")).to_be_in_viewport()
    expect(page.locator("#question-area_change")).to_be_hidden()
    keys.choose(choice(page, "residence_length", "2 to 5 years"))
    expect(page.locator("#question-area_change")).to_be_visible()
    keys.choose(choice(page, "area_satisfaction", "Fairly satisfied"))
    expect(page.get_by_role("status")).to_have_text("Saved")
    look_at(page)
    keys.press(page.get_by_role("button", name="Break off, resume later"))
    expect(title(page)).to_have_text("Your households")
    time_goes_by(fresh_site)
    keys.press(page.get_by_role("link", name="1001 Canary Row"))
    keys.press(page.get_by_role("button", name="Resume the interview"))
    expect(choice(page, "area_satisfaction", "Fairly satisfied")).to_be_checked()
    for place in range(1, SECTIONS + 1):
        expect(page.get_by_text(f"Section {place} of {SECTIONS}")).to_be_visible()
        answer_the_rest(page)
        keys.press(page.get_by_role("button", name="Save and continue"))
    expect(title(page)).to_have_text("Check the interview")
    look_at(page)
    keys.press(page.get_by_role("button", name="Send the interview"))
    expect(page.get_by_text("interview sent. Thank you.")).to_be_visible()
    sent = interview(fresh_site, fresh_site.filled.sample_members[0])
    assert sent.mode is Mode.FACE_TO_FACE
    assert sent.submission is not None
    assert sent.submission["area_satisfaction"] == {"value": 4}
    assert visits(fresh_site) == ["break_off", "complete"]


def test_an_interview_without_javascript(fresh_site: Site, window: Window) -> None:
    select_by(fresh_site, SelectionRule.LAST_BIRTHDAY)
    page = arrive(window, fresh_site, javascript=False).page
    page.get_by_role("link", name="1002 Canary Row").click()
    expect(page.get_by_text(BIRTHDAY)).to_be_visible()
    page.get_by_label("How many people aged 18 or over live here?").fill("1")
    page.get_by_role("button", name="Start the interview").click()
    page.get_by_text("What this is about").click()
    expect(page.get_by_text("Taking part is voluntary.")).to_be_visible()
    page.get_by_text("What happens to my answers", exact=True).click()
    expect(page.get_by_text("The two are joined only by a random number.")).to_be_visible()
    answer_the_rest(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(title(page)).to_have_text("Safety")
    choice(page, "crime_victim", "Yes").check()
    answer_the_rest(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_text("Did you, or anybody else, tell the police about it?")).to_be_in_viewport()
    choice(page, "crime_reported", "No").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(title(page)).to_have_text("People here")
    page.get_by_role("button", name="Break off, resume later").click()
    expect(page.get_by_role("heading", name="Interview to be resumed")).to_be_visible()
    page.get_by_role("link", name="1002 Canary Row").click()
    page.get_by_role("button", name="Resume the interview").click()
    while title(page).inner_text() != "Check the interview":
        answer_the_rest(page)
        page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Send the interview").click()
    sent = interview(fresh_site, fresh_site.filled.sample_members[1])
    assert sent.submission is not None
    assert sent.submission["crime_reported"] == {"value": "no"}
    page.get_by_role("link", name="1002 Canary Row").click()
    expect(page.get_by_text("This household is finished.")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
@pytest.mark.parametrize(
    ("button", "outcome", "group"),
    [
        ("No contact", "no_contact", "To be visited again"),
        ("Refused by the household", "refused_by_household", "Finished"),
    ],
)
def test_what_happens_most_takes_two_taps(
    fresh_site: Site, window: Window, javascript: bool, button: str, outcome: str, group: str
) -> None:
    page = arrive(window, fresh_site, javascript=javascript).page
    page.get_by_role("link", name="1003 Canary Row").click()
    page.get_by_role("button", name=button).click()
    expect(title(page)).to_have_text("Your households")
    expect(page.get_by_role("heading", name=group)).to_be_visible()
    expect(page.get_by_text("Household 1003:")).to_be_visible()
    assert visits(fresh_site) == [outcome]


def test_a_mistake_at_the_door_is_said_beside_its_field(fresh_site: Site, window: Window) -> None:
    seen = arrive(window, fresh_site)
    page, keys = seen.page, Keyboard(seen.page)
    page.get_by_role("link", name="1001 Canary Row").click()
    seen.expected.add(422)
    for given in ("", "two", "0"):
        keys.write(page.get_by_label("How many people aged 18 or over live here?"), given)
        keys.press(page.get_by_role("button", name="Start the interview"))
        expect(page.locator(".govuk-error-summary")).to_be_focused()
        keys.press(page.get_by_role("alert").get_by_role("link"))
        expect(page.get_by_label("How many people aged 18 or over live here?")).to_be_focused()
        expect(page.locator("#adults")).to_have_value(given)
        expect(page.locator("#adults-error")).to_be_visible()
    keys.press(page.get_by_role("button", name="Record"))
    keys.press(page.get_by_role("alert").get_by_role("link"))
    expect(page.get_by_label("What happened")).to_be_focused()
    look_at(page)
    assert visits(fresh_site) == []


def test_long_names_and_addresses_fit_a_telephone(fresh_site: Site, window: Window) -> None:
    long = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Terrace"
    scope = Scope(partnership_id=fresh_site.full.partnership_id)
    with transaction(fresh_site.full.engine, scope) as session:
        for address in session.execute(select(HouseholdAddress)).scalars():
            address.address = long
    page = arrive(window, fresh_site).page
    look_at(page)
    page.get_by_role("link", name=long).first.click()
    page.wait_for_url("**/households/*-*")
    look_at(page)
    page.get_by_label("How many people aged 18 or over live here?").fill("1")
    page.get_by_role("button", name="Start the interview").click()
    page.wait_for_url("**/interview/**")
    look_at(page)


@pytest.fixture
def pile(fresh_site: Site, window: Window) -> Page:
    """The page on which a pile is keyed, at a desk, without a mouse."""
    page = arrive(window, fresh_site, width=DESK).page
    keys = Keyboard(page)
    keys.press(page.get_by_role("link", name="Key paper forms"))
    keys.write(page.get_by_label("Name of the pile"), "Ward 1, box 3")
    keys.press(page.get_by_role("button", name="Start keying"))
    expect(page.get_by_label("Number on the form")).to_be_focused()
    page.wait_for_load_state("load")
    return page


CODES = """() => [...document.querySelectorAll('.keying__field')].slice(1).map(each =>
    [each.name, each.dataset.codes ?? '', Number(each.dataset.digits ?? 0)])"""


def key(page: Page, serial: str, given: dict[str, str]) -> None:
    """One form, as fingers do it: a code moves on by itself, everything else by Enter."""
    page.keyboard.type(serial)
    page.keyboard.press("Enter")
    for name, codes, digits in page.evaluate(CODES):
        code = given.get(name, codes.split(" ")[1] if codes else "")
        assert page.evaluate("document.activeElement.name") == name
        page.keyboard.type(code)
        moved = code and digits and (len(code) == digits or not code.isdigit())
        if not moved or name == "consent_quotation":
            page.keyboard.press("Enter")


def test_a_pile_is_keyed_without_a_mouse(fresh_site: Site, pile: Page) -> None:
    """Forty forms are an afternoon: the log says how long one takes the site, fingers aside."""
    begun = perf_counter()
    scores = {"1001": "7", "1002": "07", "1003": "10"}
    for place, (serial, score) in enumerate(scores.items(), start=1):
        key(pile, serial, {"wellbeing": score, "crime_victim": "d"})
        expect(pile.locator(".keying__totals")).to_contain_text(f"Last one: {serial}")
        expect(pile.locator(".keying__totals")).to_contain_text(f"{place} form")
        expect(pile.get_by_label("Number on the form")).to_be_focused()
        pile.wait_for_load_state("load")
        time_goes_by(fresh_site)
    logging.getLogger(__name__).warning("%.1f seconds a form", (perf_counter() - begun) / len(scores))
    with fresh_site.full.session() as session:
        found = session.execute(
            select(Response.serial, Response.batch, Response.submission)
            .order_by(Response.serial)
            .where(Response.mode == Mode.PAPER)
        ).all()
    assert [(r.serial, r.batch) for r in found] == [(serial, "Ward 1, box 3") for serial in scores]
    assert [r.submission["wellbeing"]["value"] for r in found] == [7, 7, 10]
    assert all(r.submission["crime_victim"] == {"missing": "dont_know"} for r in found)


def test_a_wrong_code_stays_where_it_was_keyed(pile: Page) -> None:
    pile.keyboard.type("1001")
    pile.keyboard.press("Enter")
    pile.keyboard.type("9")
    first = pile.locator(".keying__field").nth(1)
    expect(first).to_be_focused()
    expect(first).to_have_attribute("aria-invalid", "true")
    pile.keyboard.type("2")
    expect(first).to_have_value("2")
    expect(pile.locator(".keying__field").nth(2)).to_be_focused()


def test_enter_saves_no_half_keyed_form_without_javascript(fresh_site: Site, window: Window) -> None:
    page = arrive(window, fresh_site, width=DESK, javascript=False).page
    page.goto(f"/p/{fresh_site.full.slug}/keying/{fresh_site.filled.collections['resident_survey']}")
    page.locator("#serial").fill("1001")
    page.locator("#serial").press("Enter")
    page.locator("#area_satisfaction").fill("4")
    page.get_by_role("button", name="Save and next form").click()
    expect(page.locator(".keying__totals")).to_have_text(re.compile("1 form[^,]*1001"))


@pytest.mark.parametrize("javascript", [True, False])
def test_what_cannot_be_stored_is_explained_and_what_was_keyed_is_kept(
    fresh_site: Site, window: Window, javascript: bool
) -> None:
    seen = arrive(window, fresh_site, width=DESK, javascript=javascript)
    page, keys = seen.page, Keyboard(seen.page)
    page.goto(f"/p/{fresh_site.full.slug}/keying/{fresh_site.filled.collections['resident_survey']}")
    seen.expected.add(422)
    page.locator("#serial").fill("9999")
    page.locator("#residence_length").fill("8")
    page.locator("#wellbeing").fill("11")
    page.locator("#likes").fill("The hills")
    page.get_by_role("button", name="Save and next form").click()
    summary = page.get_by_role("alert")
    expect(summary).to_contain_text("“8” is not one of the codes of this question.")
    for name, value in {
        "serial": "9999",
        "residence_length": "8",
        "wellbeing": "11",
        "likes": "The hills",
    }.items():
        expect(page.locator(f"#{name}")).to_have_value(value)
    expect(page.locator("#residence_length-error")).to_be_visible()
    expect(page.locator("#wellbeing-error")).to_be_visible()
    if javascript:
        look_at(page)
        keys.press(summary.get_by_role("link").first)
        expect(page.locator("#residence_length")).to_be_focused()
    page.locator("#residence_length").fill("2")
    page.locator("#wellbeing").fill("d")
    page.get_by_role("button", name="Save and next form").click()
    expect(page.get_by_role("alert")).to_contain_text("No household with the number 9999")
    expect(page.locator("#serial-error")).to_be_visible()
    page.locator("#serial").fill("1001")
    page.get_by_role("button", name="Save and next form").click()
    expect(page.locator(".keying__totals")).to_contain_text("1 form")
    with fresh_site.full.session() as session:
        member = session.get_one(
            SampleMember, (fresh_site.full.partnership_id, fresh_site.filled.sample_members[0])
        )
        assert member.outcome == "complete"
