from io import BytesIO
from pathlib import Path

import pytest
from sqlalchemy import func, select

from lsp_assess.database.models.operations import HeldFile
from lsp_assess.database.models.outcomes import ImportRun, Indicator, Measurement
from lsp_assess.database.models.responses import Response
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, hidden_fields
from tests.world import World

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
MAPPING = (EXAMPLES / "indicators" / "no2_concentration.yaml").read_bytes()
HEADER = "station_code,station_name,period,indicator,measure,unit,value\n"


def rows(*values: str) -> bytes:
    lines = (
        f"TRF2,Station 2,20{17 + at}-12-31,Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,{value}\n"
        for at, value in enumerate(values)
    )
    return (HEADER + "".join(lines)).encode()


def send(desk: Desk, content: bytes, *, name: str = "no2.csv", mapping: bytes = MAPPING):  # type: ignore[no-untyped-def]
    return desk.fill(
        "/files/indicators", file=(BytesIO(content), name), mapping=(BytesIO(mapping), "no2.yaml")
    )


def number(world: World, table: type) -> int:
    with world.session() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def confirm(desk: Desk, preview: str, **changed: str):  # type: ignore[no-untyped-def]
    form = hidden_fields(desk.client.get(preview).text)
    return desk.client.post(f"{preview}/confirm", data={**form, **changed})


def test_nothing_is_written_until_the_preview_is_confirmed(world: World, desk: Desk) -> None:
    sent = send(desk, rows("21.5", "19"))
    assert sent.status_code == 302, sent.text
    preview = desk.client.get(sent.location).text
    assert "What would be written" in preview
    assert number(world, Measurement) == number(world, Indicator) == 0
    done = confirm(desk, sent.location)
    assert done.status_code == 302
    assert number(world, Measurement) == 2
    assert number(world, HeldFile) == 0
    taken = desk.client.get(done.location).text
    assert "Where every row went" in taken
    assert "no2.csv" in desk.get("/files").text


def test_a_second_run_has_nothing_to_confirm_and_a_revision_says_so(world: World, desk: Desk) -> None:
    confirm(desk, send(desk, rows("21.5")).location)
    assert "holds all of this already" in desk.client.get(send(desk, rows("21.5")).location).text
    revised = send(desk, rows("22")).location
    assert "Revised" in desk.client.get(revised).text
    assert confirm(desk, revised).status_code == 302
    assert number(world, Measurement) == 2


def test_what_is_no_longer_as_previewed_is_refused(world: World, desk: Desk) -> None:
    first, second = send(desk, rows("21.5")).location, send(desk, rows("21.5")).location
    form = hidden_fields(desk.client.get(second).text)
    confirm(desk, first)
    assert desk.client.post(f"{second}/confirm", data=form).status_code == 409
    assert confirm(desk, second, fingerprint="").status_code == 409
    assert number(world, ImportRun) == 1


def test_a_file_can_be_dropped_and_is_its_senders_only(world: World, desk: Desk, browser_of) -> None:  # type: ignore[no-untyped-def]
    account, _ = world.add_member("northbridge other", Role.COORDINATOR, None)
    other = Desk(browser_of(account), world.slug)
    sent = send(desk, rows("21.5")).location.removeprefix(desk.home)
    for path in (sent, f"{sent}/confirm", f"{sent}/drop"):
        assert other.send(path, {}).status_code in (404, 405)
    assert other.get(sent).status_code == 404
    assert desk.send(f"{sent}/drop", {}).status_code == 302
    assert desk.get(sent).status_code == 404
    assert number(world, Measurement) == 0


@pytest.mark.parametrize(
    ("content", "mapping", "words"),
    [
        (rows("21.5", "x"), MAPPING, "row 3"),
        (rows("21.5", "NaN"), MAPPING, "row 3"),
        (rows("1e309"), MAPPING, "row 2"),
        (rows("=1+1"), MAPPING, "row 2"),
        (b"PK\x03\x04" + b"\x00" * 50, MAPPING, "no2.csv"),
        (rows("21.5"), b"mapping: indicators\n", "no2.yaml"),
        (rows("21.5"), b"a: &a [1]\nb: *a", "no2.yaml"),
        (rows("21.5"), b"\xff\xfe", "no2.yaml"),
        (b"", MAPPING, "no2.csv"),
    ],
)
def test_a_bad_file_writes_nothing_and_names_its_faults(
    world: World, desk: Desk, content: bytes, mapping: bytes, words: str
) -> None:
    refused = send(desk, content, mapping=mapping)  # trust E
    assert refused.status_code == 422
    assert "Nothing has been written" in refused.text
    assert words in refused.text
    assert number(world, HeldFile) == number(world, Measurement) == 0


def test_the_survey_of_somerville_is_previewed_and_taken_in(world: World, desk: Desk, shared: Path) -> None:
    survey = (shared / "data" / "residents" / "somerville_2011_2013_2015.csv").read_bytes()
    sent = desk.fill(
        "/files/responses",
        file=(BytesIO(survey), "somerville.csv"),
        mapping=(BytesIO((EXAMPLES / "somerville_responses.yaml").read_bytes()), "somerville.yaml"),
        questionnaire=(BytesIO((EXAMPLES / "somerville_survey.yaml").read_bytes()), "survey.yaml"),
    )
    assert sent.status_code == 302, sent.text.split("<main")[1]
    preview = desk.client.get(sent.location).text
    assert "Questions that were worded otherwise" in preview
    assert number(world, Response) == 0
    done = confirm(desk, sent.location)
    assert done.status_code == 302
    assert number(world, Response) > 500
    assert desk.client.get(done.location).status_code == 200
    assert desk.get("/rounds").status_code == 200


def test_no_file_chosen_is_told_beside_its_field(desk: Desk) -> None:
    refused = desk.fill("/files/indicators")
    assert refused.status_code == 422
    assert "Choose the mapping" in refused.text
