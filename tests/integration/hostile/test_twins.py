"""Names that are the same, and names that only look it (trust E)."""

import pytest

from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, day
from tests.forms_found import Forms
from tests.integration.hostile.conftest import Place


@pytest.fixture
def coordinator(place: Place) -> Desk:
    client = Forms(place.site, place.engine).client(Role.COORDINATOR.value)
    return Desk(client, place.site.full.slug)


NEW, PARTNERSHIP = "/partnership/organisations/new", "/partnership"
PEOPLE, AREAS = f"{PARTNERSHIP}/people", f"{PARTNERSHIP}/areas"


def add(desk: Desk, name: str) -> int:
    return desk.fill(NEW, name=name, sector="voluntary").status_code


def test_twins_are_one_name_and_the_first_is_kept_as_it_was_written(coordinator: Desk) -> None:
    assert add(coordinator, "Caf\u00e9 \ufb01ve") == 302  # trust E
    for twin in ("Cafe\u0301 \ufb01ve", "Caf\u00e9 five", "CAF\u00c9 FIVE", "\uff23af\u00e9 \ufb01ve"):
        assert add(coordinator, twin) == 422, twin
    assert "Caf\u00e9 \ufb01ve" in coordinator.get(PARTNERSHIP).text


def test_a_name_that_looks_like_another_is_taken_and_told_of(coordinator: Desk) -> None:
    assert add(coordinator, "\u0421ouncil") == 302  # trust E; a Cyrillic С
    page = coordinator.get(PARTNERSHIP).text
    assert "There is another “Council”, whose name looks the same" in page


def test_a_person_whose_name_looks_like_another_s_is_added_and_told_of(coordinator: Desk) -> None:
    for name in ("Ann O\u2019Neil", "\u0410nn O\u2019Neil"):  # trust E; a Cyrillic А
        who = {"name": name, "email": f"{ord(name[0])}@example.org", "role": "evaluator", "organisation": ""}
        added = coordinator.fill(PEOPLE + "/new", **who, **day("since", 1, 6, 2026))
        assert added.status_code == 302, added.text
    page = coordinator.get(PEOPLE).text
    assert page.count("There is another “Ann O’Neil”, whose name looks the same") == 1


def test_an_area_whose_name_looks_like_another_s_is_added_and_told_of(coordinator: Desk) -> None:
    for code, name in (("X01", "Crane Park"), ("X02", "\u0421rane Park")):  # trust E; a Cyrillic С
        kind = {"type": "ward", "standing": "own", "group": ""}
        added = coordinator.fill(AREAS + "/new", code=code, name=name, **kind)
        assert added.status_code == 302, added.text
    page = coordinator.get(AREAS).text
    assert page.count("There is another “Crane Park”, whose name looks the same") == 1
