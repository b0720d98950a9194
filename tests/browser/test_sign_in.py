"""Signing in as people do it: in a browser, with the keyboard, with an authenticator app, by mail."""

import re
from collections.abc import Callable
from time import time

import pytest
from flask_security import hash_password
from passlib.totp import TOTP
from playwright.sync_api import Page, expect
from sqlalchemy import select

from lsp_assess.database.models.access import Account
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.session import Scope, open_session, transaction
from lsp_assess.partnerships.roles import Role
from tests.browser.looking import opened_and_looked_at
from tests.browser.site import PHONE, Seen, Site

PHRASE = "seven ponies under the viaduct"
Window = Callable[..., Seen]


@pytest.fixture
def coordinator(fresh_site: Site) -> str:
    """The coordinator's address: with a pass phrase, and no second factor yet."""
    world = fresh_site.full
    with fresh_site.app.test_request_context(), transaction(world.engine, Scope()) as session:
        account = session.get_one(Account, world.accounts[Role.COORDINATOR])
        account.password, account.tf_primary_method = hash_password(PHRASE), None
        return account.email


def give_pass_phrase(page: Page, email: str, phrase: str = PHRASE) -> None:
    page.goto("/account/sign-in")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Pass phrase", exact=True).fill(phrase)
    page.get_by_label("Pass phrase", exact=True).press("Enter")
    expect(page).not_to_have_url(re.compile(r"^[^?]*/sign-in"))


def enter_code(page: Page, key: str, *, offset: int = 0) -> None:
    code = TOTP(key=key).generate(int(time()) + offset).token
    page.get_by_label("Code from").fill(str(code))
    page.get_by_label("Code from").press("Enter")


@pytest.mark.parametrize("javascript", [True, False], ids=["with scripts", "without scripts"])
def test_a_coordinator_sets_up_an_app_and_recovery_codes_and_needs_them(
    fresh_site: Site, window: Window, coordinator: str, javascript: bool
) -> None:
    seen = window(fresh_site, width=PHONE, javascript=javascript)
    page = seen.page
    give_pass_phrase(page, coordinator)
    page.goto("/p/northbridge/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Set up an authenticator app")
    page.get_by_role("button", name="Continue").click()
    drawn = page.get_by_alt_text(re.compile("QR code"))
    assert seen.context.request.get("/account/authenticator/code.svg").ok
    assert drawn.bounding_box() is not None
    key = page.locator(".key").inner_text().replace(" ", "")
    enter_code(page, key)
    expect(page.get_by_text("Your authenticator app is set up")).to_be_visible()
    page.get_by_role("link", name="Make recovery codes").click()
    page.get_by_role("button", name="Make new codes").click()
    expect(page.locator(".codes li")).to_have_count(10)
    codes = page.locator(".codes li").all_inner_texts()
    page.get_by_role("button", name="Sign out").click()

    give_pass_phrase(page, coordinator)
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter your code")
    page.get_by_label("Code from").fill("000000")
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    enter_code(page, key, offset=30)
    expect(page.get_by_role("heading", level=1)).to_have_text("Northbridge Partnership")
    page.get_by_role("button", name="Sign out").click()

    give_pass_phrase(page, coordinator)
    page.get_by_role("link", name="Use a recovery code").click()
    page.get_by_label("Recovery code").fill(codes[0])
    page.get_by_role("button", name="Continue").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Northbridge Partnership")


def test_a_partner_chooses_a_pass_phrase_by_mail(fresh_site: Site, window: Window) -> None:
    world, page = fresh_site.full, window(fresh_site, width=PHONE).page
    page.goto("/account/sign-in")
    page.get_by_role("link", name="Forgotten, or none yet?").click()
    page.get_by_label("E-mail address").fill("northbridge.partner@example.org")
    page.get_by_role("button", name="Send me a link").click()
    expect(page.get_by_text("is on its way")).to_be_visible()
    with open_session(world.engine, Scope()) as session:
        (mail,) = session.execute(select(Mail)).scalars()
    (link,) = re.findall(r"http://\S+", mail.body)
    assert opened_and_looked_at(page, link) == []
    page.get_by_label("New pass phrase").fill("short")
    page.get_by_label("The same again").fill("short")
    page.get_by_role("button", name="Set this pass phrase").click()
    expect(page.get_by_role("alert")).to_contain_text("at least 12 characters")
    page.get_by_label("New pass phrase").fill(PHRASE)
    page.get_by_label("The same again").fill(PHRASE)
    page.get_by_role("button", name="Set this pass phrase").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    give_pass_phrase(page, "northbridge.partner@example.org")
    expect(page.get_by_role("heading", level=1)).to_have_text("Northbridge Partnership")


def test_pages_between_the_factors_are_sound(fresh_site: Site, window: Window, coordinator: str) -> None:
    page = window(fresh_site).page
    give_pass_phrase(page, coordinator)
    page.goto("/account/authenticator")
    page.get_by_role("button", name="Continue").click()
    enter_code(page, page.locator(".key").inner_text().replace(" ", ""))
    page.get_by_role("button", name="Sign out").click()
    give_pass_phrase(page, coordinator)
    assert opened_and_looked_at(page, "/account/code") == []
    assert opened_and_looked_at(page, "/account/recovery") == []


def test_signing_in_needs_the_keyboard_only(fresh_site: Site, window: Window, coordinator: str) -> None:
    page = window(fresh_site).page
    page.goto("/account/sign-in")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type(coordinator)
    page.keyboard.press("Tab")
    page.keyboard.type(PHRASE)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign out")).to_be_visible()


def test_the_first_thing_at_home_is_what_is_due_next(fresh_site: Site, window: Window) -> None:
    page = window(fresh_site, world=fresh_site.full, role=Role.PARTNER, width=PHONE).page
    page.goto("/p/northbridge/")
    first = page.locator("main section").first
    expect(first).to_contain_text("Your next step")
    expect(first).to_contain_text("Answer a question")
    expect(first).to_contain_text("29 June 2026")
    first.get_by_role("link", name="Answer it").or_(first.get_by_role("button", name="Answer it")).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Who has read the plan?")
