"""A document bomb on the printing process, and the site beside it (trust B7)."""

import time
from concurrent.futures import ThreadPoolExecutor
from statistics import median

import pytest
from flask.testing import FlaskClient

from lsp_assess.partnerships.roles import Role
from lsp_assess.rendering.pdf import CannotRender, Limits, Printing, print_pdf
from tests.forms_found import Forms
from tests.integration.hostile.conftest import Place
from tests.trust_run import Figure, Times

BOMB = '<html lang="en"><head><title>A title</title></head><body>' + "<div>" * 300 + "<p>words</p>" * 60_000


def answered(client: FlaskClient, path: str) -> float:
    began = time.perf_counter()
    assert client.get(path).status_code == 200
    return time.perf_counter() - began


def test_pages_are_answered_while_a_bomb_is_printed_and_it_is_stopped(
    place: Place, figure: Figure, times: Times
) -> None:
    # trust B7
    client = Forms(place.site, place.engine).client(Role.COORDINATOR.value)
    path = f"/p/{place.site.full.slug}/"
    alone = median(answered(client, path) for _ in range(20))
    began = time.perf_counter()
    with ThreadPoolExecutor(max_workers=1) as aside:
        bomb = aside.submit(print_pdf, Printing(html=BOMB), Limits(seconds=times(few=3, full=20)))
        meanwhile = []
        while not bomb.done():
            meanwhile.append(answered(client, path))
        with pytest.raises(CannotRender) as refused:
            bomb.result()
    took = time.perf_counter() - began
    beside = median(meanwhile)
    figure(
        f"a page while a bomb is printed: {beside * 1000:.0f} ms against {alone * 1000:.0f} alone,"
        f" {len(meanwhile)} answered; stopped after {took:.0f} s"
    )
    assert refused.value.problems[0].code == "pdf_too_heavy"
    assert len(meanwhile) > 5
    assert beside < 3 * alone + 0.05
    assert took < 60
