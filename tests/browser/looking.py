"""What a machine can judge of a page in a window: axe's rules, and whether anything runs off the screen."""

from pathlib import Path

from playwright.sync_api import Page

AXE = Path(__file__).parents[2] / "node_modules" / "axe-core" / "axe.min.js"
"""Without JavaScript it cannot run."""

_RUN_AXE = """() => axe.run(document, {resultTypes: ['violations']}).then(found => found.violations.map(
    each => each.id + ': ' + each.nodes.map(node => node.target.join(' ')).join(' | ')))"""
_RUNS_OFF = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"


def found_by_axe(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    return [f"{page.url}: {each}" for each in page.evaluate(_RUN_AXE)]


def runs_off(page: Page) -> list[str]:
    too_wide = page.evaluate(_RUNS_OFF)
    return [f"{page.url}: {too_wide} pixels too wide"] if too_wide > 0 else []


def look_at(page: Page) -> None:
    """At the page as it is, once all of it is there."""
    page.wait_for_load_state()
    found = found_by_axe(page) + runs_off(page)
    assert not found, found


def opened_and_looked_at(page: Page, path: str) -> list[str]:
    """What is wrong with a page, which is left at the width of a desk."""
    page.goto(path)
    found = found_by_axe(page)
    page.set_viewport_size({"width": 390, "height": 844})
    found += runs_off(page)
    page.set_viewport_size({"width": 1280, "height": 900})
    return found
