"""The fourteen files of indicators into a partnership, counted again by pandas."""

from datetime import date
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import func, select

from lsp_assess.actions.importing import Upload
from lsp_assess.actions.indicator_imports import import_indicators, preview_indicators
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.outcomes import DataSource, ImportRun, Indicator, Measurement, SeriesBreak
from lsp_assess.database.models.partnerships import Area
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.errors import Conflict, Denied, Invalid
from lsp_assess.partnerships.roles import Role
from tests.world import World

MAPPINGS = Path(__file__).parents[3] / "docs" / "examples" / "indicators"
NAMES = sorted(path.stem for path in MAPPINGS.glob("*.yaml"))

MAPPING = (MAPPINGS / "no2_concentration.yaml").read_bytes()
HEADER = "station_code,station_name,period,indicator,measure,unit,value\n"


def station_file(*rows: tuple[str, str, str]) -> Upload:
    """Rows of station, last day of the twelve months, value."""
    lines = (
        f"{code},Station {code},{day},Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,{value}\n"
        for code, day, value in rows
    )
    return Upload("no2.csv", (HEADER + "".join(lines)).encode())


def take(world: World, file: Upload, *, mapping: bytes = MAPPING, previewed: str | None = None):
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        return import_indicators(work, file=file, mapping=Upload("m.yaml", mapping), previewed=previewed)


def look(world: World, file: Upload, *, mapping: bytes = MAPPING):
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        return preview_indicators(work, file=file, mapping=Upload("m.yaml", mapping))


def counts(world: World) -> dict[str, int]:
    tables = (Area, DataSource, Indicator, Measurement, SeriesBreak, ImportRun, AuditEvent)
    with world.session() as session:
        return {
            table.__tablename__: session.execute(select(func.count()).select_from(table)).scalar_one()
            for table in tables
        }


def test_all_fourteen_files_are_taken_and_every_row_is_accounted_for(world: World, shared: Path) -> None:
    assert len(NAMES) == 14
    series = 0
    for name in NAMES:
        path = shared / "data" / "indicators" / f"{name}.csv"
        raw = pd.read_csv(path, dtype=str, keep_default_na=False)
        found = take(
            world, Upload(path.name, path.read_bytes()), mapping=(MAPPINGS / f"{name}.yaml").read_bytes()
        )
        account = found.reconciliation
        units = "units" if "units" in raw else "unit"
        series += raw.groupby(["indicator", "measure", units]).ngroups
        assert found.plan.notes == ()
        assert account.is_balanced
        assert account.read == len(raw)
        assert account.values == (raw["value"] != "NA").sum()
        with world.session() as session:
            held = session.execute(
                select(func.count(Measurement.value), func.count()).where(
                    Measurement.import_run_id == found.run_id
                )
            ).one()
        assert tuple(held) == ((raw["value"] != "NA").sum(), len(raw))
    assert series == 23
    after = counts(world)
    assert after["indicator"] == 22  # two series of fuel poverty are one indicator with a break
    assert after["series_break"] == 1
    assert after["import_run"] == 14


def test_one_value_read_by_hand_stands_where_it_belongs(world: World, shared: Path) -> None:
    path = shared / "data" / "indicators" / "employment_rate.csv"
    take(
        world,
        Upload(path.name, path.read_bytes()),
        mapping=(MAPPINGS / "employment_rate.yaml").read_bytes(),
    )
    with world.session() as session:
        value, start, end, comparator = session.execute(
            select(Measurement.value, Measurement.period_start, Measurement.period_end, Area.comparator)
            .join(Area, Area.id == Measurement.area_id)
            .where(Area.code == "E92000001", Measurement.period_start == date(2021, 10, 1))
        ).one()
    assert (value, str(start), str(end), comparator) == (75.7, "2021-10-01", "2022-09-30", True)


def test_a_second_run_changes_nothing(world: World) -> None:
    file = station_file(("TRF2", "2024-03-31", "20.1"), ("TRF3", "2024-03-31", "9.9"))
    take(world, file)
    before = counts(world)
    again = take(world, file)
    assert (again.reconciliation.written, again.reconciliation.unchanged, again.run_id) == (0, 2, None)
    assert counts(world) == before


def test_a_revised_value_keeps_the_old_one(world: World) -> None:
    take(world, station_file(("TRF2", "2024-03-31", "20.1"), ("TRF3", "2024-03-31", "9.9")))
    found = take(world, station_file(("TRF2", "2024-03-31", "19.8"), ("TRF3", "2024-03-31", "9.9")))
    assert (found.reconciliation.revised, found.reconciliation.unchanged) == (1, 1)
    with world.session() as session:
        rows = session.execute(
            select(Measurement.value, Measurement.superseded_at.is_(None))
            .join(Area, Area.id == Measurement.area_id)
            .where(Area.code == "TRF2")
            .order_by(Measurement.value)
        ).all()
    assert [tuple(row) for row in rows] == [(19.8, True), (20.1, False)]


def test_a_preview_writes_nothing(world: World) -> None:
    before = counts(world)
    found = look(world, station_file(("TRF2", "2024-03-31", "20.1")))
    assert found.reconciliation.written == 1
    assert counts(world) == before


def test_what_is_confirmed_is_what_was_previewed(world: World) -> None:
    shown = look(world, station_file(("TRF2", "2024-03-31", "20.1")))
    take(world, station_file(("TRF2", "2024-03-31", "20.5")))
    with pytest.raises(Conflict) as refused:
        take(world, station_file(("TRF2", "2024-03-31", "20.1")), previewed=shown.fingerprint)
    assert refused.value.problems[0].code == "import_changed_since_preview"


def test_one_bad_row_keeps_all_rows_out(world: World) -> None:
    before = counts(world)
    with pytest.raises(Invalid) as refused:
        take(world, station_file(("TRF2", "2024-03-31", "20.1"), ("TRF3", "2024-02-30", "1e309")))
    assert [one.place.row for one in refused.value.problems] == [3]
    assert counts(world) == before


def test_the_account_of_the_run_is_kept_with_its_mapping(world: World) -> None:
    found = take(world, station_file(("TRF2", "2024-03-31", "20.1")))
    with world.session() as session:
        run = session.execute(select(ImportRun).where(ImportRun.id == found.run_id)).scalar_one()
        event = session.execute(
            select(AuditEvent).where(AuditEvent.event == "indicators_imported")
        ).scalar_one()
    assert run.reconciliation["read"] == run.reconciliation["written"] == 1
    assert run.mapping.encode() == MAPPING
    assert (event.object_id, event.details["written"]) == (str(found.run_id), 1)


def test_an_indicator_held_in_another_unit_is_not_mixed(world: World) -> None:
    take(world, station_file(("TRF2", "2024-03-31", "20.1")))
    other = MAPPING.replace(b"micrograms per cubic metre", b"parts per billion")
    with pytest.raises(Conflict) as refused:
        take(world, station_file(("TRF2", "2024-06-30", "20.1")), mapping=other)
    assert refused.value.problems[0].code == "import_other_unit"


@pytest.mark.parametrize("role", [Role.PARTNER, Role.EVALUATOR, Role.RESEARCHER])
def test_only_a_coordinator_takes_files_in(world: World, role: Role) -> None:
    with world.session() as session, pytest.raises(Denied):
        preview_indicators(
            world.work(role, session),
            file=station_file(("TRF2", "2024-03-31", "20.1")),
            mapping=Upload("m.yaml", MAPPING),
        )
