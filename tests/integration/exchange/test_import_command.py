"""`lsp-assess import`, as somebody at the machine runs it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import func, select

from lsp_assess.cli import main
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.outcomes import Measurement
from lsp_assess.database.models.responses import Response
from tests.world import World

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
NO2 = EXAMPLES / "indicators" / "no2_concentration.yaml"

Command = Callable[..., Result]


@pytest.fixture
def command(database: Urls, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_INSTANCE", str(tmp_path / "instance"))

    def run(kind: str, file: Path, mapping: Path, *more: str, partnership: str = world.slug) -> Result:
        arguments = [
            "import",
            kind,
            str(file),
            "--partnership",
            partnership,
            "--mapping",
            str(mapping),
            *more,
        ]
        return CliRunner().invoke(main, arguments, catch_exceptions=False)

    return run


@pytest.fixture
def stations(tmp_path: Path) -> Callable[[str], Path]:
    def write(*rows: str) -> Path:
        path = tmp_path / "stations.csv"
        header = "station_code,station_name,period,indicator,measure,unit,value"
        path.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
        return path

    return write


GOOD = "TRF2,A56,2024-03-31,Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,20.1"
BAD_PERIOD = "TRF2,A56,spring 2024,Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,20.1"
BAD_VALUE = "TRF3,A56,2024-03-31,Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,NaN"


def held(world: World, table: type) -> int:
    with world.session() as session:
        return session.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_reconciliation_is_printed(command: Command, stations: Callable[..., Path], world: World) -> None:
    result = command("indicators", stations(GOOD), NO2)
    assert result.exit_code == 0
    assert "stations.csv: 1 row read" in result.output
    assert "Written: 1" in result.output
    assert held(world, Measurement) == 1
    again = command("indicators", stations(GOOD), NO2)
    assert "Written: 0" in again.output
    assert "Unchanged: 1" in again.output


def test_a_dry_run_says_what_would_happen_and_writes_nothing(
    command: Command, stations: Callable[..., Path], world: World
) -> None:
    result = command("indicators", stations(GOOD), NO2, "--dry-run")
    assert result.exit_code == 0
    assert "Written: 1" in result.output
    assert "Nothing was written" in result.output
    assert held(world, Measurement) == 0


def test_every_error_is_listed_with_row_column_value_and_remedy(
    command: Command, stations: Callable[..., Path], world: World
) -> None:
    result = command("indicators", stations(GOOD, BAD_PERIOD, BAD_VALUE), NO2)
    assert result.exit_code == 1
    assert "stations.csv, row 3, column period, value “spring 2024”: " in result.output
    assert (
        "row 4, column value, value “NaN”: “NaN” is not a number. Write numbers with a point" in result.output
    )
    assert "2 problems. Nothing was written." in result.output
    assert held(world, Measurement) == 0


def test_an_unknown_partnership_is_named_with_those_there_are(
    command: Command, stations: Callable[..., Path], world: World
) -> None:
    result = command("indicators", stations(GOOD), NO2, partnership="nowhere")
    assert result.exit_code == 1
    assert "nowhere" in result.output
    assert world.slug in result.output


def test_somerville_is_taken_with_the_questionnaire_beside_its_mapping(
    command: Command, world: World, shared: Path
) -> None:
    file = shared / "data" / "residents" / "somerville_2011_2013_2015.csv"
    result = command("responses", file, EXAMPLES / "somerville_responses.yaml")
    assert result.exit_code == 0
    for line in ("6 545 rows read", "in round 2011: 6 167", "in round 2013: 193", "in round 2015: 185"):
        assert line in result.output.replace("\N{NARROW NO-BREAK SPACE}", " ")
    assert "public_schools in 2011 is reworded" in result.output
    assert "“4.5” lies between two points: 10 answers were taken as 5." in result.output
    assert held(world, Response) == 6545
