"""A partner on a telephone, between meetings: from the link in the mail to the receipt, and back again."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, Route, expect

from lsp_assess.partnerships.roles import Role
from tests.browser.asking import Asked, ask
from tests.browser.keyboard import Keyboard
from tests.browser.looking import look_at
from tests.browser.site import PHONE, Seen, Site

Window = Callable[..., Seen]


@pytest.fixture
def asked(fresh_site: Site) -> Asked:
    return ask(fresh_site, languages=["en", "cy"])


def arrive(window: Window, asked: Asked, **more: object) -> Seen:
    """Signed in, at the list of sections."""
    seen = window(asked.site, world=asked.site.full, role=Role.PARTNER, width=PHONE, **more)
    seen.page.goto(f"{asked.home}/")
    return seen


def choice(page: Page, question: str, label: str) -> Locator:
    return page.locator(f"#question-{question}").get_by_label(label, exact=True)


def open_section(page: Page, title: str) -> None:
    page.get_by_role("link", name=title).click()
    page.wait_for_url("**/section/*")
    page.wait_for_load_state("load")


def status(page: Page) -> Locator:
    return page.get_by_role("status")


def test_from_the_link_to_the_receipt_and_back_by_keyboard_alone(asked: Asked, window: Window) -> None:
    seen = window(asked.site, width=PHONE)
    page, keys = seen.page, Keyboard(seen.page)
    page.goto(asked.invitation)
    keys.press(page.get_by_role("button", name="Begin"))
    keys.press(page.get_by_role("link", name="Meeting"))
    expect(page.get_by_text("Did you meet others of Northbridge Partnership this year?")).to_be_in_viewport()
    assert keys.pressed <= 2
    expect(page.locator("#question-times")).to_be_hidden()
    keys.choose(choice(page, "met", "Yes"))
    keys.write(page.get_by_label("How many times?"), "12")
    keys.choose(choice(page, "topics", "Money"))
    expect(status(page)).to_have_text("Saved")
    assert asked.draft()["times"] == {"value": 12}
    keys.press(page.get_by_role("button", name="Save and continue"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Trust")
    keys.choose(page.get_by_role("group", name="The council").get_by_label("Agree", exact=True))
    keys.choose(page.get_by_role("group", name="The police").get_by_label("Don’t know"))
    keys.press(page.get_by_role("button", name="Save and continue"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    seen.expected.add(422)
    keys.press(page.get_by_role("button", name="Send my answers"))
    expect(page.locator(".govuk-error-summary")).to_be_focused()  # one required question is still open
    keys.press(page.get_by_role("alert").get_by_role("link"))
    expect(page.get_by_text("The meetings were useful.")).to_be_in_viewport()
    keys.choose(choice(page, "useful", "Agree"))
    for title in ("Trust", "Check your answers"):
        keys.press(page.get_by_role("button", name="Save and continue"))
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    keys.press(page.get_by_role("button", name="Send my answers"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers have been sent")
    first = page.locator(".receipt").inner_text()
    look_at(page)

    page.goto(f"{asked.home}/")
    keys.press(page.get_by_role("button", name="Change my answers"))
    keys.press(page.get_by_role("link", name="Meeting"))
    keys.choose(choice(page, "met", "No"))
    expect(page.locator("#question-times")).to_be_hidden()
    for title in ("Trust", "Check your answers"):
        keys.press(page.get_by_role("button", name="Save and continue"))
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    keys.press(page.get_by_role("button", name="Send my answers"))
    assert page.locator(".receipt").inner_text() != first
    response = asked.response()
    assert response is not None
    assert response.submission is not None
    assert response.submission["times"] == {"missing": "not_asked"}
    assert response.draft["times"] == {"value": 12}


def test_the_same_without_javascript(asked: Asked, window: Window) -> None:
    seen = window(asked.site, width=PHONE, javascript=False)
    page = seen.page
    page.goto(asked.invitation)
    page.get_by_role("button", name="Begin").click()
    open_section(page, "Meeting")
    expect(page.locator("#question-times")).to_be_hidden()
    choice(page, "met", "Yes").check()
    choice(page, "useful", "Agree").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label("How many times?")).to_be_in_viewport()  # opened by the answer: asked now
    page.get_by_label("How many times?").fill("often")
    seen.expected.add(422)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("alert")).to_contain_text("How many times?")
    expect(page.get_by_label("How many times?")).to_have_value("often")
    expect(page.get_by_label("How many times?")).to_have_accessible_description(re.compile("Error:.+"))
    page.get_by_role("alert").get_by_role("link").click()
    assert page.url.endswith("#times")
    page.get_by_label("How many times?").fill("3")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trust")
    for group in ("The council", "The police"):
        page.get_by_role("group", name=group).get_by_label("Neither").check()
    page.get_by_role("button", name="Save and continue").click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Your answers have been sent")
    page.goto(f"{asked.home}/")
    page.get_by_role("button", name="Change my answers").click()
    page.get_by_role("link", name="Check your answers").or_(
        page.get_by_role("button", name="Check your answers")
    ).click()
    page.get_by_role("button", name="Send my answers").click()
    expect(page.locator(".receipt")).to_be_visible()


def test_a_question_opened_and_left_empty_is_not_put_again(asked: Asked, window: Window) -> None:
    page = arrive(window, asked, javascript=False).page
    open_section(page, "Meeting")
    choice(page, "met", "Yes").check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_label("How many times?")).to_be_visible()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trust")


def test_what_cannot_be_taken_is_said_beside_it_and_above_with_a_link(asked: Asked, window: Window) -> None:
    seen = arrive(window, asked)
    page, keys = seen.page, Keyboard(seen.page)
    keys.press(page.get_by_role("link", name="Meeting"))
    keys.choose(choice(page, "met", "Yes"))
    seen.expected.add(422)
    keys.write(page.get_by_label("How many times?"), "777")
    expect(status(page)).to_contain_text("Saved, except for an answer")
    keys.press(page.get_by_role("button", name="Save and continue"))
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(page).to_have_title("Error: Meeting – Northbridge Partnership – lsp_assess")
    look_at(page)
    keys.press(summary.get_by_role("link"))
    expect(page.get_by_label("How many times?")).to_be_focused()
    expect(page.get_by_label("How many times?")).to_have_value("777")
    assert asked.draft()["met"] == {"value": "yes"}


def test_a_row_of_a_grid_may_not_apply_and_says_why(asked: Asked, window: Window) -> None:
    seen = arrive(window, asked)
    page = seen.page
    open_section(page, "Trust")
    row = page.get_by_role("group", name="The police")
    seen.expected.add(422)
    row.get_by_label("Does not apply", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.locator(".govuk-error-summary")).to_contain_text("The police:")
    row.get_by_role("textbox").fill("We have none")
    look_at(page)
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    assert asked.draft()["trusted.police"] == {"missing": "not_applicable", "reason": "We have none"}


def test_answers_wait_for_the_connection_and_are_saved_when_it_is_back(asked: Asked, window: Window) -> None:
    seen = arrive(window, asked)
    page = seen.page
    open_section(page, "Meeting")
    seen.context.set_offline(True)
    choice(page, "met", "No").check()
    expect(status(page)).to_contain_text("Not saved yet: no connection")
    page.get_by_role("button", name="Save and continue").click()  # nothing is lost by trying
    expect(choice(page, "met", "No")).to_be_checked()
    choice(page, "useful", "Agree").check()
    assert asked.response() is None
    seen.context.set_offline(False)
    expect(status(page)).to_have_text("Saved", timeout=15_000)
    assert asked.draft()["useful"] == {"value": 3}
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Trust")
    assert all("ERR_INTERNET_DISCONNECTED" in fault for fault in seen.faults)
    seen.faults.clear()


def test_a_save_whose_answer_was_lost_is_not_taken_for_somebody_elses(asked: Asked, window: Window) -> None:
    seen = arrive(window, asked)  # trust D4
    page = seen.page
    open_section(page, "Meeting")
    lost = []

    def lose_the_answer(route: Route) -> None:
        route.fetch()
        lost.append(route.request.post_data)
        route.abort()

    page.route("**/section/meeting", lose_the_answer, times=1)
    choice(page, "met", "Yes").check()
    expect(status(page)).to_contain_text("Not saved yet")
    assert len(lost) == 1
    page.get_by_label("How many times?").fill("7")
    expect(status(page)).to_have_text("Saved", timeout=15_000)
    assert asked.draft()["times"] == {"value": 7}
    seen.faults.clear()  # the request that was broken on purpose


@pytest.mark.parametrize(
    ("button", "kept"), [("Keep what I entered here", 1), ("Keep what is stored now", 3)]
)
@pytest.mark.parametrize("javascript", [True, False])
def test_two_tabs_are_told_apart_and_either_can_be_kept(
    asked: Asked, window: Window, javascript: bool, button: str, kept: int
) -> None:
    seen = arrive(window, asked, javascript=javascript)  # trust D8
    stale = seen.page
    open_section(stale, "Meeting")
    other = seen.context.new_page()
    other.goto(f"{asked.home}/section/meeting")
    choice(other, "useful", "Agree").check()
    other.get_by_role("button", name="Save and continue").click()
    expect(other.get_by_role("heading", level=1)).to_have_text("Trust")
    seen.expected.add(409)
    choice(stale, "useful", "Disagree").check()
    if javascript:
        expect(status(stale)).to_contain_text("changed in another tab")
    stale.get_by_role("button", name="Save and continue").click()
    row = stale.get_by_role("row").filter(has_text="The meetings were useful.")
    expect(row).to_contain_text("Agree")
    expect(row).to_contain_text("Disagree")
    stale.get_by_role("button", name=button).or_(stale.get_by_role("link", name=button)).click()
    expect(stale.get_by_role("heading", level=1)).to_have_text("Trust" if kept == 1 else "Meeting")
    assert asked.draft()["useful"] == {"value": kept}


def test_closing_meanwhile_refuses_and_loses_nothing(asked: Asked, window: Window) -> None:  # trust D10
    seen = arrive(window, asked)
    page = seen.page
    open_section(page, "Meeting")
    asked.close()
    seen.expected.add(409)
    choice(page, "useful", "Agree").check()
    expect(status(page)).to_contain_text("This questionnaire is closed")
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("This questionnaire is closed")
    expect(page.get_by_role("row").filter(has_text="The meetings were useful.")).to_contain_text("Agree")
    look_at(page)
    page.get_by_role("link", name="Back", exact=True).click()
    expect(page.get_by_text("This questionnaire is not open.")).to_be_visible()
    assert asked.response() is None


def test_what_was_sent_is_opened_before_it_is_changed(asked: Asked, window: Window) -> None:
    seen = arrive(window, asked)
    page = seen.page
    page.goto(f"{asked.home}/section/trust")
    for group in ("The council", "The police"):
        page.get_by_role("group", name=group).get_by_label("Agree", exact=True).check()
    page.get_by_role("button", name="Save and continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Check your answers")
    page.goto(f"{asked.home}/section/meeting")
    choice(page, "met", "No").check()
    choice(page, "useful", "Agree").check()
    expect(status(page)).to_have_text("Saved")
    other = seen.context.new_page()
    other.goto(f"{asked.home}/check")
    other.get_by_role("button", name="Send my answers").click()
    expect(other.locator(".receipt")).to_be_visible()
    seen.expected.add(409)
    choice(page, "useful", "Disagree").check()
    expect(status(page)).to_contain_text("These answers have been sent already")
    page.goto(f"{asked.home}/section/meeting")
    expect(page.get_by_role("button", name="Change my answers")).to_be_visible()
    assert asked.draft()["useful"] == {"value": 3}


def test_a_questionnaire_is_read_in_any_of_its_languages_and_says_which_nobody_has_reviewed(
    asked: Asked, window: Window
) -> None:
    page = arrive(window, asked).page
    open_section(page, "Meeting")
    page.get_by_role("link", name="Cymraeg").click()
    expect(page.locator("html")).to_have_attribute("lang", "cy")
    expect(
        page.get_by_text("A wnaethoch chi gwrdd ag eraill o Northbridge Partnership eleni?")
    ).to_be_visible()
    expect(page.get_by_text("Nid yw'r cyfieithiad hwn wedi'i adolygu eto.")).to_be_visible()
    expect(page.get_by_role("button", name="Cadw a pharhau")).to_be_visible()
    expect(page.get_by_role("link", name="Hafan")).to_be_visible()
    look_at(page)
    page.get_by_role("link", name="English").click()
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_text("This translation has not been reviewed yet.")).to_have_count(0)


def test_a_page_keeps_to_the_languages_that_its_collection_was_opened_in(
    fresh_site: Site, window: Window
) -> None:
    page = arrive(window, ask(fresh_site, languages=["en"])).page
    page.goto(f"{page.url}?lang=cy")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    expect(page.get_by_role("link", name="Cymraeg")).to_have_count(0)
