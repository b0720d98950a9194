"""What a partner answered stands in no printed report either, and in no text of an error."""

from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from flask import Flask
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from tests.browser.site import Site
from tests.integration.matrix.addresses import PLAIN, address, methods
from tests.integration.matrix.colleagues import COLLEAGUE, MINE, RELEASED, plant
from tests.integration.matrix.printing import printed
from tests.integration.publishing.partners import published
from tests.trust_run import Figure

Browser = Callable[[UUID], FlaskClient]
WRONG = "not a number"


@pytest.mark.long
def test_the_printed_report_holds_what_is_released_and_no_other_word(site: Site, figure: Figure) -> None:
    plant(site)  # trust A5
    for round_id in site.filled.rounds[:2]:
        published(site.full, round_id, reason="Words were added")
    said = printed(site)
    assert RELEASED in said
    assert [canary for canary in (COLLEAGUE, MINE) if canary in said] == []
    figure(f"{len(said.split())} words of a PDF, 0 of a colleague that are not released")


def test_an_answer_that_is_refused_says_nothing_of_a_colleague(
    site: Site, browser_of: Browser, app: Flask, figure: Figure
) -> None:  # trust A5
    plant(site)
    app.config["WTF_CSRF_ENABLED"] = False
    refused = 0
    for role in Role:
        client = browser_of(site.full.accounts[role])
        for path in answering(app, site):
            answer = client.post(path, data={"base": "of another", "wheel": WRONG, "sending_id": WRONG})
            assert COLLEAGUE not in answer.text, (role, path)
            assert role is Role.PARTNER or MINE not in answer.text, (role, path)
            refused += answer.status_code >= 400
    assert refused
    figure(f"{refused} refused answers to questionnaires, 0 tell of a colleague")


def answering(app: Flask, site: Site) -> Iterator[str]:
    """Every write of the questionnaires, for every collection."""
    for rule in app.url_map.iter_rules():
        if rule.endpoint.startswith("answering.") and "POST" in methods(rule):
            for collection_id in site.filled.collections.values():
                values = {name: PLAIN[name] for name in rule.arguments & PLAIN.keys()}
                own = {**values, "partnership": site.full.slug, "collection_id": collection_id}
                yield address(app, rule, own)
