"""Editions in the browser: the trend of a partnership that changed, and the attributes that one offers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from lsp_assess.actions.questionnaires import shipped
from lsp_assess.partnerships.roles import Role
from tests.browser.looking import look_at, opened_and_looked_at
from tests.browser.site import DESK, PHONE, Seen, Site
from tests.integration.publishing.partners import published, rounds_of, source_of

Window = Callable[..., Seen]


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_break_is_marked_beside_each_figure_and_told_below(
    fresh_site: Site, window: Window, width: int
) -> None:
    world = fresh_site.empty
    texts = [source_of(name) for name in ("lsp_driver_2010", "lsp_driver_2020", "lsp_driver")]
    scores = ([20, 30, 40, 50, 60, 70], [35, 40, 50, 55, 60, 70], [30, 45, 60, 65, 70, 90])
    first, *later = rounds_of(world, *zip(texts, scores, strict=True))
    for round_ in (first, *later):
        published(world, round_)
    page = window(fresh_site, world=world, role=Role.EVALUATOR, width=width).page
    tables = f"/p/{world.slug}/results/3/tables"
    assert opened_and_looked_at(page, f"{tables}/level_one.then.{first}") == []
    expect(page.get_by_role("heading", level=1)).to_contain_text("the scores run from")
    assert opened_and_looked_at(page, f"{tables}/level_one.editions") == []
    page.set_viewport_size({"width": width, "height": 900})
    expect(page.get_by_role("cell", name="45").first).to_be_visible()
    expect(page.get_by_text("compare with care")).to_be_visible()
    expect(page.get_by_text("2010-style edition”, version 1.0")).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_the_attributes_of_a_part_are_opened_under_it_with_or_without_javascript(
    site: Site, window: Window, javascript: bool
) -> None:
    edition = next(hash_ for hash_, (one, _) in shipped().items() if one.name == "lsp_driver_2020")
    world = site.full
    page = window(site, world=world, role=Role.COORDINATOR, width=PHONE, javascript=javascript).page
    page.goto(f"/p/{world.slug}/questionnaires/{edition}/section/purpose")
    sound = page.get_by_label("Sound: there is a good reason for doing it this way").first
    expect(sound).to_be_hidden()
    page.get_by_text("Score the attributes instead").first.click()
    expect(sound).to_be_visible()
    if javascript:
        look_at(page)
