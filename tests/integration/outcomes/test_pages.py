"""Indicators from a real file, as members see them."""

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path
from uuid import UUID, uuid4
from xml.etree import ElementTree

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.actions.importing import Upload
from lsp_assess.actions.indicator_imports import import_indicators
from lsp_assess.database.models.outcomes import Indicator, PlanLine, PlanPoint, SeriesBreak
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.world import World, build_world

Browser = Callable[[UUID], FlaskClient]
MAPPINGS = Path(__file__).parents[3] / "docs" / "examples" / "indicators"
CODE = "fuel_poverty"


def take(world: World, folder: Path, name: str, change: Callable[[str], str] = str) -> None:
    content = change((folder / f"{name}.csv").read_text(encoding="utf-8"))
    mapping = Upload(f"{name}.yaml", (MAPPINGS / f"{name}.yaml").read_bytes())
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        import_indicators(work, file=Upload(f"{name}.csv", content.encode()), mapping=mapping)


def indicator_of(world: World) -> Indicator:
    with world.session() as session:
        return session.execute(select(Indicator).order_by(Indicator.code)).scalars().first()


@pytest.fixture
def member(world: World, browser_of: Browser) -> FlaskClient:
    return browser_of(world.accounts[Role.PARTNER])


def home(world: World) -> str:
    return f"/p/{world.slug}/indicators"


def test_without_indicators_the_page_says_who_brings_them(world: World, member: FlaskClient) -> None:
    page = member.get(f"{home(world)}/").text
    assert "There are no indicators yet" in page
    assert "The coordinator brings them in" in page


def test_one_page_tells_all_of_an_indicator(world: World, shared: Path, member: FlaskClient) -> None:
    take(world, shared / "data" / "indicators", CODE)
    row = indicator_of(world)
    page = member.get(f"{home(world)}/{row.id}").text
    assert 'role="img"' in page
    assert ' style="' not in page
    assert "Contains public sector information licensed under the Open Government Licence v3.0" in page
    assert "From 1 January 2019" in page
    assert "low energy efficiency" in page
    assert "Lower is better" in page
    assert page.count("not named yet") == 3
    assert re.search(r"No planned line", page)


def test_the_table_and_the_file_hold_the_values_of_the_source(
    world: World, shared: Path, member: FlaskClient
) -> None:
    take(world, shared / "data" / "indicators", CODE)
    source = (shared / "data" / "indicators" / f"{CODE}.csv").read_text(encoding="utf-8")
    expected = {r["period"]: float(r["value"]) for r in csv.DictReader(io.StringIO(source)) if own(r)}
    row = indicator_of(world)
    sent = member.get(f"{home(world)}/{row.id}.csv")
    assert sent.headers["Content-Disposition"].startswith("attachment")
    lines = list(csv.reader(io.StringIO(sent.data.decode("utf-8-sig"))))
    assert {line[0]: float(line[2]) for line in lines[1 : 1 + len(expected)]} == expected
    drawn = member.get(f"{home(world)}/{row.id}.svg")
    assert drawn.headers["Content-Disposition"].endswith('.svg"')
    assert ElementTree.fromstring(drawn.data).tag == "{http://www.w3.org/2000/svg}svg"
    page = member.get(f"{home(world)}/{row.id}").text
    for period, value in expected.items():
        assert re.search(rf'<th scope="row">{period}</th>.{{0,200}}>{value:.1f}<', page, re.DOTALL)


def own(row: dict[str, str]) -> bool:
    return row["area_code"] == "E08000009"


def test_the_light_is_read_against_the_plan_with_word_and_shape(
    world: World, shared: Path, member: FlaskClient
) -> None:
    take(world, shared / "data" / "indicators", CODE)
    row = indicator_of(world)
    of = {"partnership_id": world.partnership_id}
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        indicator = session.get_one(Indicator, (world.partnership_id, row.id))
        indicator.tolerance, indicator.headline = 0.05, True
        line = PlanLine(**of, id=uuid4(), indicator_id=row.id, name="The plan", is_the_line=True)
        session.add(line)
        session.flush()
        session.add(
            PlanPoint(
                **of, plan_line_id=line.id, on_date=world.clock.now().date().replace(year=2010), value=5
            )
        )
    listing = member.get(f"{home(world)}/").text
    assert "Headline indicators" in listing
    assert re.search(r'lamp--red".*?<rect.*?</svg>\s*red', listing, re.DOTALL)
    assert "planned 5" in listing


def test_a_revised_value_is_noted_beside_the_one_it_became(
    world: World, shared: Path, member: FlaskClient
) -> None:
    folder = shared / "data" / "indicators"
    take(world, folder, CODE)
    take(world, folder, CODE, lambda text: re.sub(r"(E08000009,Trafford,2014,.*,)[0-9.]+", r"\g<1>8.8", text))
    page = member.get(f"{home(world)}/{indicator_of(world).id}").text
    revised = page[page.index("Revised values") :]
    assert re.search(r"2014</th><td>Trafford</td>.*?>[0-9.]+</td>.*?>8\.8</td>", revised, re.DOTALL)


def test_an_indicator_of_another_partnership_is_not_found(
    world: World, shared: Path, browser_of: Browser
) -> None:  # trust A2
    take(world, shared / "data" / "indicators", CODE)
    other = build_world(world.engine, world.clock, slug="southbank")
    stranger = browser_of(other.accounts[Role.COORDINATOR])
    for ending in ("", ".csv", ".svg"):
        path = f"{indicator_of(world).id}{ending}"
        assert stranger.get(f"{home(other)}/{path}").status_code == 404
        assert stranger.get(f"{home(world)}/{path}").status_code == 404
    assert "fuel" not in stranger.get(f"{home(other)}/").text.lower()


def test_every_break_stands_in_the_list(world: World, shared: Path, member: FlaskClient) -> None:
    take(world, shared / "data" / "indicators", CODE)
    with world.session() as session:
        notes = session.execute(select(SeriesBreak.note)).scalars().all()
    page = member.get(f"{home(world)}/{indicator_of(world).id}").text
    assert len(notes) == 1
    assert all(note in page for note in notes)


def test_where_several_areas_are_measured_each_has_its_series(
    world: World, shared: Path, member: FlaskClient
) -> None:
    take(world, shared / "data" / "indicators", "no2_concentration")
    row = indicator_of(world)
    page = member.get(f"{home(world)}/{row.id}").text
    others = re.findall(r'href="([^"]+\?area=([^"]+))"', page[page.index("Areas measured") :])
    assert others
    source = (shared / "data" / "indicators" / "no2_concentration.csv").read_text(encoding="utf-8")
    read = list(csv.DictReader(io.StringIO(source)))
    address, code = others[0]
    expected = [float(r["value"]) for r in read if r["station_code"] == code and r["value"] != "NA"]
    assert member.get(address).status_code == 200
    sent = member.get(f"{home(world)}/{row.id}.csv?area={code}").data.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(sent)))
    rows = lines[1 : lines.index([])]
    assert sorted(float(line[2]) for line in rows if line[2]) == sorted(expected)
    assert member.get(f"{home(world)}/{row.id}?area=nowhere").status_code == 404
