"""`lsp-assess records`: the research file, without names and without anybody's words."""

import csv
import io
from datetime import UTC, date, datetime
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import Engine, select, update

from lsp_assess.cli import main
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.database.models.responses import Response, ResponseStatus
from lsp_assess.partnerships.agreements import Allows
from tests.bench.residents import AREAS, released, surveyed
from tests.world import World


@pytest.fixture
def answered(engine: Engine, database: Urls, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> World:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_INSTANCE", str(tmp_path / "instance"))
    return surveyed(engine, (24, 10))


@pytest.fixture
def published(answered: World) -> World:
    released(answered)
    return answered


def run(world: World, out: Path, *options: str, agreement: str = "DSA-7") -> Result:
    chosen = ["--partnership", world.slug, "--agreement", agreement, "--out", str(out)]
    return CliRunner().invoke(main, ["records", *chosen, *options])


def table(path: Path, name: str) -> list[dict[str, str]]:
    with ZipFile(path) as file:
        return list(csv.DictReader(io.StringIO(file.read(name).decode("utf-8-sig"))))


def test_each_record_has_its_round_area_and_codes_and_the_agreement_is_on_record(
    published: World, tmp_path: Path
) -> None:
    path = tmp_path / "r.zip"
    done = run(published, path)
    assert done.exit_code == 0, done.output
    records = table(path, "records.csv")
    assert [record["round"] for record in records] == ["1"] * 24 + ["2"] * 10
    assert len({record["area"] for record in records}) == AREAS
    assert {record[f"q{n}"] for record in records for n in range(1, 31)} <= {*"12345", ".dont_know"}
    assert len({record["person"] for record in records}) == 34
    with published.session() as session:
        event = session.execute(
            select(AuditEvent).where(AuditEvent.event == "records_handed_over")
        ).scalar_one()
    assert event.details == {"agreement": "DSA-7", "rounds": [1, 2], "records": 34}


def test_every_code_of_the_records_stands_in_the_codebook(published: World, tmp_path: Path) -> None:
    path = tmp_path / "r.zip"
    run(published, path)
    known = {(row["column"], row["code"]) for row in table(path, "codebook.csv")}
    for record in table(path, "records.csv"):
        for column in ("round", "area", *(f"q{n}" for n in range(1, 31))):
            assert (column, record[column]) in known
    counted = {row["code"]: row["counts"] for row in table(path, "codebook.csv") if row["column"] == "q1"}
    assert counted == {
        "1": "unfavourable",
        "2": "unfavourable",
        "3": "yes",
        "4": "favourable",
        "5": "favourable",
        ".dont_know": "no",
        ".unanswered": "no",
        ".not_asked": "no",
    }


def test_names_of_people_are_other_ones_in_the_next_file(published: World, tmp_path: Path) -> None:
    first, second = (tmp_path / name for name in ("a.zip", "b.zip"))
    run(published, first)
    run(published, second)
    people = [{record["person"] for record in table(path, "records.csv")} for path in (first, second)]
    assert people[0] & people[1] == set()
    with published.session() as session:
        ids = {str(id_) for id_ in session.execute(select(Response.respondent_key_id)).scalars()}
    with ZipFile(first) as file:
        text = "".join(file.read(name).decode() for name in file.namelist())
    assert [id_ for id_ in ids if id_ in text or id_.replace("-", "")[:12] in text] == []


def test_what_was_withdrawn_is_not_handed_over(published: World, tmp_path: Path) -> None:
    with published.session() as session:
        gone = session.execute(select(Response).limit(1)).scalar_one()
        gone.status = ResponseStatus.WITHDRAWN
        session.commit()
    assert "(33 records)" in run(published, tmp_path / "r.zip").output


def test_a_round_that_is_not_published_is_not_handed_over(answered: World, tmp_path: Path) -> None:
    released(answered, upto=1)
    assert "(24 records)" in run(answered, tmp_path / "r.zip").output
    refused = run(answered, tmp_path / "out" / "r.zip", "--rounds", "1,2")
    assert refused.exit_code == 1
    assert "Choose among these rounds: 1." in refused.output
    assert list((tmp_path / "out").iterdir()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"allows": Allows.TAKING_IN},
        {"valid_to": date(2012, 1, 1)},
        {"valid_from": datetime.now(UTC).date().replace(year=2999)},
        {"reference": "DSA-8"},
    ],
    ids=["for imports", "ended", "not begun", "another"],
)
def test_without_an_agreement_in_force_for_research_there_is_no_file(
    published: World, tmp_path: Path, change: dict[str, object]
) -> None:  # trust C12
    with published.session() as session:
        session.execute(
            update(SharingAgreement).where(SharingAgreement.allows == Allows.RESEARCH).values(**change)
        )
        session.commit()
    done = run(published, tmp_path / "r.zip")
    assert done.exit_code == 1
    assert "No agreement for research that is in force can be read at “DSA-7”" in done.output
    assert not (tmp_path / "r.zip").exists()
