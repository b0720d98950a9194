"""Whatever people write is shown as they wrote it, wherever it comes to the surface (trust B4)."""

from collections.abc import Callable

import pytest

from lsp_assess.partnerships.roles import Role
from tests.browser.places import FILES
from tests.browser.site import Seen, Site
from tests.browser.test_every_page import address, permitted
from tests.hostile_words import MARK, SPACE, WHOLE, plant
from tests.trust_run import Figure, Times

REST = (Role.FACILITATOR, Role.SCRUTINY, Role.ADMINISTRATOR)
LISTEN = """
addEventListener("securitypolicyviolation", e => console.error(`policy: ${e.violatedDirective} ${e.sample}`));
"""
TAKEN_FOR_MARKUP = """() => document.querySelectorAll(
    "img[src=x], svg[onload], math, mglyph, [onfocus], [onerror], [href^='javascript:' i]").length"""


@pytest.mark.parametrize(
    "role",
    [
        Role.COORDINATOR,
        Role.PARTNER,
        Role.EVALUATOR,
        Role.RESEARCHER,
        *(pytest.param(role, marks=pytest.mark.long) for role in REST),
    ],
)
def test_markup_in_every_text_stays_text(
    fresh_site: Site,
    window: Callable[..., Seen],
    role: Role,
    monkeypatch: pytest.MonkeyPatch,
    times: Times,
    figure: Figure,
) -> None:
    # trust B4, B5
    world = fresh_site.full
    paths = [
        path
        for rule in permitted(fresh_site.app, world, role)
        if rule.endpoint not in FILES and "partnership" in rule.arguments
        if (path := address(fresh_site, world, rule)) is not None
    ]
    plant(fresh_site, monkeypatch)
    seen = window(fresh_site, world=world, role=role)
    seen.context.add_init_script(LISTEN)
    seen.page.on("dialog", lambda dialog: seen.faults.append(f"{seen.page.url}: {dialog.message}"))
    shown = 0
    chosen = paths[:: times(few=3, full=1)]
    for path in chosen:
        seen.page.goto(path)
        assert seen.page.evaluate(TAKEN_FOR_MARKUP) == 0, path
        body = SPACE.sub("", seen.page.inner_text("body"))
        assert not MARK.search(WHOLE.sub("", body)), path
        shown += len(WHOLE.findall(body))
    figure(f"{shown} hostile texts on {len(chosen)} pages in Chromium: dialogs 0, reports of the policy 0")
    assert shown > 10, "the words were to be seen somewhere"
