"""The coordinator's way: people in, a round made, partners asked and chased, a file confirmed, published."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from lsp_assess.partnerships.roles import Role
from tests.browser.filled import NO2
from tests.browser.looking import found_by_axe
from tests.browser.site import Seen, Site, brought

MAPPING = Path(__file__).parents[2] / "docs" / "examples" / "indicators" / "no2_concentration.yaml"
PageAs = Callable[..., Page]


def day(page: Page, name: str, day: str, month: str, year: str) -> None:
    for part, value in (("", day), ("-month", month), ("-year", year)):
        page.locator(f"#{name}{part}").fill(value)


def press(page: Page, text: str) -> None:
    page.get_by_role("button", name=text, exact=True).click()


def send(page: Page, label: str, name: str, content: str) -> None:
    page.get_by_label(label, exact=True).set_input_files(
        {"name": name, "mimeType": "text/plain", "buffer": content.encode()}
    )


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_a_new_partner_to_a_published_round(page_as: PageAs, javascript: bool) -> None:
    page = page_as(Role.COORDINATOR, javascript=javascript)
    page.goto("/p/northbridge/partnership")
    page.get_by_role("link", name="Police").click()
    press(page, "Add a person")
    page.get_by_label("Name", exact=True).fill("Wren Ashby")
    page.get_by_label("E-mail address").fill("wren.ashby@example.org")
    page.get_by_label("Partner", exact=True).check()
    press(page, "Add the person")
    expect(page.get_by_text("Wren Ashby has been added.")).to_be_visible()

    page.get_by_role("link", name="Rounds", exact=True).first.click()
    press(page, "Make a round")
    page.get_by_label("Name", exact=True).fill("Year 4")
    day(page, "starts_on", "1", "6", "2026")
    day(page, "ends_on", "31", "7", "2026")
    press(page, "Make the round")
    press(page, "Add a questionnaire")
    page.get_by_label("Questionnaire", exact=True).select_option(
        label="Good-practice interview (version 1.0)"
    )
    day(page, "closes_on", "1", "7", "2026")
    press(page, "Add it to the round")
    page.get_by_role("link", name="when it may be answered").click()
    press(page, "Open it")
    press(page, "Open it")
    press(page, "Invite all 3")
    expect(page.get_by_text("3 invitations are on their way.")).to_be_visible()
    row = page.get_by_role("row", name="Wren Ashby")
    expect(row).to_contain_text("Not begun")
    row.get_by_role("button", name="Remind").click()
    expect(page.get_by_text("Wait a day before the next reminder.")).to_be_visible()

    for step in ("Close it", "Make it final"):
        press(page, step)
        press(page, step)
    page.get_by_role("link", name="Year 4", exact=True).click()
    expect(page.get_by_text("Everything is final: publish the round.")).to_be_visible()
    press(page, "Publish the round")
    press(page, "Publish the round")
    brought(page, page.get_by_role("heading", name="Year 4 is published"), javascript=javascript)
    page.get_by_role("link", name="Back to Year 4").click()
    expect(page.get_by_text("Release 3", exact=True)).to_be_visible()


def test_a_file_is_seen_before_it_is_written(page_as: PageAs) -> None:
    page = page_as(Role.COORDINATOR)
    page.goto("/p/northbridge/files")
    press(page, "Send indicators")
    mapping = {"name": "no2.yaml", "mimeType": "text/yaml", "buffer": MAPPING.read_bytes()}
    sent = {"name": "new.csv", "mimeType": "text/csv", "buffer": (NO2 + "18.5").encode()}
    page.get_by_label("File", exact=True).set_input_files(sent)
    page.get_by_label("Mapping").set_input_files(mapping)
    press(page, "Show what would be written")
    expect(page.get_by_role("heading", name="What would be written")).to_be_visible()
    press(page, "Write it")
    expect(page.get_by_text("new.csv has been taken in.")).to_be_visible()
    expect(page.get_by_role("heading", name="Where every row went")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_from_a_new_area_to_households_on_a_doorstep_list(page_as: PageAs, javascript: bool) -> None:
    page = page_as(Role.COORDINATOR, javascript=javascript)
    page.goto("/p/northbridge/partnership")
    page.get_by_role("link", name="Areas and groups of areas").click()
    press(page, "Add an area")
    page.get_by_label("Code").fill("W03")
    page.get_by_label("Name", exact=True).fill("Quayside")
    page.get_by_label("Type").select_option(label="Ward")
    page.get_by_label("In the partnership’s area").check()
    press(page, "Add the area")
    expect(page.get_by_text("Quayside has been added.")).to_be_visible()

    page.goto("/p/northbridge/partnership/people")
    page.get_by_role("link", name="northbridge evaluator").click()
    page.get_by_role("link", name="Give a seat").click()
    page.get_by_label("Seat").fill("Head of research")
    press(page, "Save the seat")
    expect(page.get_by_text("northbridge evaluator fills the seat “Head of research”.")).to_be_visible()

    page.goto("/p/northbridge/partnership/people")
    page.get_by_role("link", name="northbridge researcher").click()
    page.get_by_role("link", name="Change areas").click()
    page.get_by_label("Quayside").check()
    press(page, "Save the areas")
    expect(page.get_by_text("The researcher’s areas are changed.")).to_be_visible()

    page.get_by_role("link", name="Rounds", exact=True).first.click()
    page.get_by_role("link", name="Year 3", exact=True).click()
    page.get_by_role("link", name="Resident survey").click()
    page.get_by_role("link", name="Sample and fieldwork").click()
    press(page, "Send a sample file")
    sample = "reference,address,area,probability\nQ1,1 Quay Street,W03,0.1\nQ2,2 Quay Street,W03,0.1\n"
    send(page, "Sample file", "quay.csv", sample)
    press(page, "Show what would be written")
    expect(page.get_by_role("heading", name="What would be written")).to_be_visible()
    press(page, "Write it")
    expect(page.get_by_text("quay.csv has been taken in.")).to_be_visible()

    page.get_by_role("link", name="Rounds", exact=True).first.click()
    page.get_by_role("link", name="Year 3", exact=True).click()
    page.get_by_role("link", name="Resident survey").click()
    page.get_by_role("link", name="Sample and fieldwork").click()
    page.get_by_role("link", name="Quayside").click()
    page.get_by_label("Researcher").select_option(label="northbridge researcher")
    page.get_by_label("Q2").check()
    press(page, "Assign the ticked households")
    expect(page.get_by_text("Households assigned: 1.")).to_be_visible()
    page.locator(".govuk-back-link").click()
    row = page.get_by_role("row", name="Quayside")
    expect(row.get_by_role("cell")).to_have_text(["2", "1", "0"])

    doorstep = page_as(Role.RESEARCHER, javascript=javascript)
    doorstep.goto("/p/northbridge/households/")
    expect(doorstep.get_by_role("link", name="2 Quay Street")).to_be_visible()
    expect(doorstep.get_by_text("1 Quay Street")).to_have_count(0)


SURVEY = """
name: quay_survey
version: "1.0"
kind: household
languages: {en: reviewed}
title: {en: Quay survey}
scales:
  five:
    points: [{value: 1, label: {en: Low}}, {value: 5, label: {en: High}}]
    range: {from: 1, to: 5}
sections:
  - name: only
    title: {en: Only}
    items:
      - {name: mood, type: scale, text: {en: How do you like it here?}, scale: five}
"""
ANSWERS = """
mapping: responses
title: Quay survey
source: {title: Answers by post, licence: Our own}
questionnaire: {name: quay_survey, version: "1.0"}
rounds:
  column: wave
  values:
    "1": {name: By post, starts_on: "2026-08-01", ends_on: "2026-08-31"}
respondents: {column: id, across_rounds: not_linked}
area: {column: ward, codes: {"1": W01}, missing: {"": not asked for}}
areas: [{code: W01, name: Ward W01, type: ward}]
missing: {"": unanswered}
questions:
  - {item: mood, asked: [{rounds: ["1"], column: mood}]}
"""


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_a_response_file_is_seen_before_it_is_written(page_as: PageAs, javascript: bool) -> None:
    page = page_as(Role.COORDINATOR, javascript=javascript)
    page.goto("/p/northbridge/partnership")
    page.get_by_role("link", name="Sharing agreements").click()
    press(page, "Add a sharing agreement")
    page.get_by_label("Taking in files of data").check()
    page.get_by_label("With whom").fill("Answers by post")
    page.get_by_label("Purpose").fill("To hear those who answer on paper")
    page.get_by_label("Public task").check()
    page.get_by_label("Signed by").fill("The clerk")
    page.get_by_label("Where it can be read").fill("File 7")
    press(page, "Add the agreement")
    page.goto("/p/northbridge/files")
    press(page, "Send responses of a survey")
    send(page, "File", "post.csv", "id,wave,ward,mood\n1,1,1,5\n2,1,1,\n3,1,,2\n")
    send(page, "Mapping", "post.yaml", ANSWERS)
    send(page, "Questionnaire (optional)", "quay_survey.yaml", SURVEY)
    press(page, "Show what would be written")
    expect(page.get_by_role("heading", name="What would be written")).to_be_visible()
    page.get_by_role("link", name="Rounds", exact=True).first.click()
    expect(page.get_by_text("By post")).to_have_count(0)
    page.go_back()
    press(page, "Write it")
    expect(page.get_by_text("post.csv has been taken in.")).to_be_visible()
    expect(page.get_by_role("heading", name="Where every row went")).to_be_visible()
    page.get_by_role("link", name="Rounds", exact=True).first.click()
    page.get_by_role("link", name="By post", exact=True).click()
    expect(page.get_by_role("link", name="Quay survey", exact=True)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False], ids=["script", "no-script"])
def test_an_indicator_gets_targets_somebody_who_answers_for_it_and_a_light(
    page_as: PageAs, javascript: bool
) -> None:
    page = page_as(Role.COORDINATOR, javascript=javascript)
    page.goto("/p/northbridge/indicators/")
    page.get_by_role("link", name="Nitrogen dioxide").click()
    expect(page.get_by_text("No planned line").first).to_be_visible()
    page.get_by_role("link", name="Change the targets").click()
    page.get_by_label("Lead organisation").select_option(label="Council")
    page.get_by_label("Tolerance (optional)").fill("10")
    page.get_by_label("Targets").fill("1 January 2016, 20\n31 December 2018, 20")
    if javascript:
        assert found_by_axe(page) == []
    press(page, "Save the plan")
    expect(page.get_by_text("The plan of the indicator is changed.")).to_be_visible()
    expect(page.locator(".standing")).to_contain_text("amber")
    expect(page.get_by_text("Council", exact=True)).to_be_visible()


def test_errors_of_a_questionnaire_are_listed_and_the_text_stays_to_be_mended(
    fresh_site: Site, window: Callable[..., Seen]
) -> None:
    seen = window(fresh_site, world=fresh_site.full, role=Role.COORDINATOR)
    seen.expected.add(422)
    page = seen.page
    page.goto("/p/northbridge/questionnaires/new")
    page.get_by_label("Or write it here").fill("name: quay\nversion: one\n")
    press(page, "Check and add")
    expect(page.get_by_role("heading", name="Nothing has been written")).to_be_visible()
    expect(page.get_by_role("table", name="Errors")).to_contain_text("line 2")
    expect(page.get_by_label("Or write it here")).to_have_value("name: quay\nversion: one")
