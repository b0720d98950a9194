"""Bad files at both importers: every one refused with a place and a remedy, nothing written. # trust E"""

import gzip
from pathlib import Path

import pytest
from click.testing import CliRunner
from sqlalchemy import text

from lsp_assess.cli import main
from lsp_assess.database.bootstrap import Urls
from tests.unit.exchange.workbooks import TWO_ROWS, workbook
from tests.world import World

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
NO2 = EXAMPLES / "indicators" / "no2_concentration.yaml"
SOMERVILLE = EXAMPLES / "somerville_responses.yaml"
STATIONS = b"station_code,station_name,period,indicator,measure,unit,value\n"
ROW = "TRF2,A56,2024-03-31,Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,{}\n"

FILES = {
    "broken UTF-8": STATIONS + b"\xff\xfe\xfd\n",
    "NUL": STATIONS + b"a\x00b\n",
    "control character": STATIONS + ROW.format("1\x1b").encode(),
    "invisible character": STATIONS + ROW.replace("TRF2", "TRF2\u200b").format(1).encode(),
    "NaN": STATIONS + ROW.format("NaN").encode(),
    "1e309": STATIONS + ROW.format("1e309").encode(),
    "minus nought": STATIONS + ROW.format("-0").encode(),
    "a day that is not": STATIONS + ROW.replace("03-31", "02-30").format(1).encode(),
    "gzip": gzip.compress(STATIONS * 1000, mtime=0),
    "wrong magic": b"%PDF-1.7\n1 0 obj",
    "macros": workbook(more={"xl/vbaProject.bin": b"x"}),
    "external link": workbook(more={"xl/externalLinks/e.xml": "<x/>"}),
    "formula": workbook(TWO_ROWS.replace("<v>", "<f>1</f><v>")),
    "zip bomb": workbook(more={"xl/b.bin": b"\0" * (60 * 1024 * 1024)}),
    "XML entities": workbook(more={"xl/styles.xml": '<!DOCTYPE x [<!ENTITY a "b">]><x/>'}),
    "a path upwards": workbook(more={"../x": b"x"}),
    "open quote": STATIONS + b'"',
    "ragged": STATIONS + b"a,b\n",
    "SQL": STATIONS + b"'; DROP TABLE main.area;--,x,2024-03-31,a,b,c,1\n",
}
TABLES = (
    *("main.area", "main.indicator", "main.measurement", "main.round", "main.collection"),
    *("answers.response", "operations.import_run", "operations.audit_event"),
)
MAPPINGS = {
    "alias": b"a: &a [1]\nb: *a\n",
    "tag": b"mapping: !!python/object/apply:os.system [id]\n",
    "deep": b"a: " + b"[" * 1000 + b"]" * 1000,
    "not UTF-8": b"title: \xff\n",
    "not YAML": b"{[",
}


def everything_held(world: World) -> list[tuple[str, int]]:
    with world.session() as session:
        return [
            (table, session.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()) for table in TABLES
        ]


def test_bad_files_and_mappings_are_refused_and_nothing_is_written(
    database: Urls, world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_INSTANCE", str(tmp_path / "instance"))
    before = everything_held(world)
    cases = [
        *(
            (name, kind, content, mapping.read_bytes())
            for name, content in FILES.items()
            for kind, mapping in (("indicators", NO2), ("responses", SOMERVILLE))
        ),
        *(
            (name, kind, STATIONS + ROW.format(1).encode(), mapping)
            for name, mapping in MAPPINGS.items()
            for kind in ("indicators", "responses")
        ),
    ]
    for name, kind, content, mapping in cases:
        file, described = tmp_path / "sent.csv", tmp_path / "mapping.yaml"
        file.write_bytes(content)
        described.write_bytes(mapping)
        (tmp_path / "somerville_survey.yaml").write_bytes((EXAMPLES / "somerville_survey.yaml").read_bytes())
        arguments = ["import", kind, str(file), "--partnership", world.slug, "--mapping", str(described)]
        result = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert result.exit_code == 1, name
        assert "Nothing was written." in result.output, name
        assert "Traceback" not in result.output, name
        assert result.output.startswith(("sent.csv", "mapping.yaml")), (name, result.output)
    assert everything_held(world) == before
