"""`lsp-assess records`: answers for research, without names and without anybody's words."""

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select

from lsp_assess.cli import main
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.responses import Response, ResponseStatus
from tests.bench.residents import AREAS, surveyed
from tests.world import World


@pytest.fixture
def answered(engine: Engine, database: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_INSTANCE", str(tmp_path / "instance"))
    return surveyed(engine, (24,))


def run(world: World, out: Path, *, questionnaire: str = "thirty") -> Result:
    chosen = ["--round", "1", "--questionnaire", questionnaire, "--agreement", "DSA-7", "--out", str(out)]
    return CliRunner().invoke(main, ["records", "--partnership", world.slug, *chosen])


def test_each_record_has_its_area_and_codes_and_the_agreement_is_on_record(
    answered: World, tmp_path: Path
) -> None:
    done = run(answered, tmp_path / "r.csv")
    assert done.exit_code == 0, done.output
    records = list(csv.DictReader((tmp_path / "r.csv").read_text(encoding="utf-8").splitlines()))
    assert len(records) == 24
    assert len({record["area"] for record in records}) == AREAS
    assert {record[f"q{n}"] for record in records for n in range(1, 31)} <= {*"12345", ".dont_know"}
    with answered.session() as session:
        event = session.execute(
            select(AuditEvent).where(AuditEvent.event == "records_handed_over")
        ).scalar_one()
    assert event.details == {"agreement": "DSA-7", "records": 24}


def test_what_was_withdrawn_is_not_handed_over(answered: World, tmp_path: Path) -> None:
    with answered.session() as session:
        gone = session.execute(select(Response).limit(1)).scalar_one()
        gone.status = ResponseStatus.WITHDRAWN
        session.commit()
    assert "(23 records)" in run(answered, tmp_path / "r.csv").output


def test_a_round_without_that_questionnaire_is_told_and_no_file_is_left(
    answered: World, tmp_path: Path
) -> None:
    done = run(answered, tmp_path / "out" / "r.csv", questionnaire="forty")
    assert done.exit_code == 1
    assert "Round 1 has no questionnaire “forty”" in done.output
    assert list((tmp_path / "out").iterdir()) == []
