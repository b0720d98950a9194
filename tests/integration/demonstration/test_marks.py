"""«Demonstration data» stands on every page of an installation that holds some, signed in or not."""

from dataclasses import replace

import pytest

from lsp_assess.config import Environment
from lsp_assess.kernel.clock import SetClock
from tests.apps import make_app
from tests.integration.demonstration.conftest import NOW, Demonstration
from tests.visitor import Visitor

PAGES = ("/", "/account/sign-in", "/privacy", "/accessibility", "/new-link", "/nowhere")


@pytest.fixture(scope="module")
def visitor(demonstration: Demonstration) -> Visitor:
    return Visitor(make_app(demonstration.config, clock=SetClock(NOW), bind=demonstration.engine))


@pytest.mark.parametrize("path", PAGES)
def test_it_stands_on_pages_before_the_sign_in(visitor: Visitor, path: str) -> None:
    page = visitor.get(path, status=404 if path == "/nowhere" else 200)
    assert page.text.count("Demonstration data") == 1
    assert "made up" in page.text


def test_it_is_said_in_welsh(visitor: Visitor) -> None:
    assert "Data arddangos" in visitor.get("/?lang=cy").text


def test_an_installation_in_use_has_none(demonstration: Demonstration) -> None:
    address = "https://survey.example.org"
    config = replace(demonstration.config, environment=Environment.PRODUCTION, base_url=address)
    visitor = Visitor(make_app(config, clock=SetClock(NOW), bind=demonstration.engine))
    assert "Demonstration" not in visitor.get("/privacy", base_url=address).text
