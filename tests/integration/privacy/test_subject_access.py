"""Who asks what is held about them gets every record, and nobody else's; a partner's only the partner."""

import json
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID
from zipfile import ZipFile

import pytest
from click.testing import CliRunner
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, LargeBinary, select

from lsp_assess.cli import main
from lsp_assess.database.base import Base
from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.exchange.subject_files import SECRETS
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk
from tests.integration.matrix.planting import WALLED
from tests.integration.privacy.canaries import OF_ACCOUNTS, texts_of
from tests.integration.privacy.conftest import Somebody
from tests.trust_run import Figure
from tests.world import World, signed_in

Browser = Callable[[UUID], FlaskClient]


def referring(target: str) -> list[str]:
    """Every table with a column that refers to a person, an account or a household."""
    return [
        table.fullname
        for table in WALLED
        if any(key.column.table.fullname == target for key in table.foreign_keys)
        or (target == "main.person" and any(name in table.c for name in OF_ACCOUNTS))
    ]


OF_A_PERSON = [name for name in referring("main.person") if name != "main.person"]
OF_A_HOUSEHOLD = [
    *referring("main.household"),
    "main.weight",
    "main.visit",
    "answers.response",
    "answers.consent",
    "main.respondent_key",
]


def unpacked(content: bytes) -> dict[str, Any]:
    with ZipFile(BytesIO(content)) as file:
        page = file.read("everything.html").decode()
        document = json.loads(file.read("everything.json"))
    assert page.startswith("<!DOCTYPE html>")
    return document["records"]


@pytest.fixture
def file_of_ada(app: Flask, engine: Engine, world: World, ada: Somebody, ben: Somebody) -> dict[str, Any]:
    desk = Desk(signed_in(app, engine, world.clock, ada.account_id), world.slug)
    assert "Everything we hold about you" in desk.client.get("/account/").text
    sent = desk.get("/my-data/file")
    assert sent.status_code == 200
    assert sent.mimetype == "application/zip"
    return unpacked(sent.data)


def test_the_file_holds_every_record_about_the_person_and_nobody_elses(
    file_of_ada: dict[str, Any], ada: Somebody, ben: Somebody, figure: Figure
) -> None:
    told = json.dumps(file_of_ada)  # trust C9
    missing = [name for name in OF_A_PERSON if not _id_stands(file_of_ada, name, ada.rows[name].get("id"))]
    assert [
        name for name in missing if name != "operations.audit_event"
    ] == []  # its number is the database's
    assert "operations.audit_event (as account_id)" in file_of_ada
    words = [word for name in file_of_ada if name in ada.rows for word in _words(name, ada.rows[name], "ada")]
    assert [word for word in words if word not in told] == []
    assert len(words) > 20
    assert "zqben" not in told
    assert str(ben.person_id) not in told
    figure(f"records in {len(OF_A_PERSON)} tables about one person: 0 missing, of another person 0")


def test_what_would_let_somebody_sign_in_is_held_back(file_of_ada: dict[str, Any], ada: Somebody) -> None:
    told = json.dumps(file_of_ada)  # trust C9
    assert ada.rows["contacts.invitation"]["token_hash"] not in told
    assert file_of_ada["access.account"][0]["fs_uniquifier"] != "ada"
    assert file_of_ada["access.account"][0]["email"] == ada.email
    assert file_of_ada["access.web_session"][0]["content"].startswith("(kept, and not shown")


def test_votes_of_others_on_ones_story_are_not_in_ones_file(
    migrator: Engine, app: Flask, engine: Engine, world: World, ada: Somebody, ben: Somebody
) -> None:
    grade = Base.metadata.tables["answers.story_grade"]  # trust C9
    with migrator.begin() as connection:
        connection.execute(
            grade.update()
            .where(grade.c.id == ben.rows["answers.story_grade"]["id"])
            .values(story_id=ada.rows["answers.story"]["id"])
        )
    desk = Desk(signed_in(app, engine, world.clock, ada.account_id), world.slug)
    told = json.dumps(unpacked(desk.get("/my-data/file").data))
    assert str(ben.rows["answers.story_grade"]["id"]) not in told
    assert str(ben.person_id) not in told


def test_taking_the_file_leaves_an_audit_event(
    file_of_ada: dict[str, Any], world: World, ada: Somebody
) -> None:
    with world.session() as session:  # trust C9
        events = (
            session.execute(select(AuditEvent).where(AuditEvent.event == "own_data_taken")).scalars().all()
        )
    assert [(one.account_id, one.object_id) for one in events] == [(ada.account_id, str(ada.person_id))]


def test_the_coordinator_sees_of_a_partner_kinds_and_numbers_only(
    world: World, browser_of: Browser, ada: Somebody
) -> None:
    desk = Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)  # trust C9
    page = desk.get(f"/partnership/people/{ada.membership_id}/held")
    assert page.status_code == 200
    assert "Individual answers" in page.text
    own_words = {word for name in OF_A_PERSON for word in _words(name, ada.rows[name], "ada")}
    shown = {ada.rows["main.person"]["name"]}
    assert {word for word in own_words - shown if word in page.text} == set()
    taken = desk.get("/my-data/file")
    assert "zqada" not in json.dumps(unpacked(taken.data)), "the coordinator’s own file names nobody else"


@pytest.mark.parametrize("role", [r for r in Role if r is not Role.COORDINATOR], ids=lambda role: role.value)
def test_nobody_else_reaches_a_households_file(
    world: World, browser_of: Browser, ada: Somebody, role: Role
) -> None:
    desk = Desk(browser_of(world.accounts[role]), world.slug)  # trust C9
    assert desk.get(f"/partnership/households/{ada.household_id}/file").status_code in (302, 403)


def test_a_households_file_holds_its_records_and_nobody_elses(
    world: World, browser_of: Browser, ada: Somebody, ben: Somebody, figure: Figure
) -> None:
    desk = Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)  # trust C9
    found = desk.get(f"/partnership/personal-data?reference={ada.rows['main.household']['reference']}")
    assert found.headers["Location"].endswith(f"/partnership/households/{ada.household_id}")
    assert "Take the file away" in desk.get(f"/partnership/households/{ada.household_id}").text
    records = unpacked(desk.get(f"/partnership/households/{ada.household_id}/file").data)
    told = json.dumps(records)
    assert [n for n in OF_A_HOUSEHOLD if not _id_stands(records, n, ada.rows[n]["id"])] == []
    words = [word for name in records if name in ada.rows for word in _words(name, ada.rows[name], "ada")]
    assert [word for word in words if word not in told] == []
    assert "zqben" not in told
    unknown = desk.get("/partnership/personal-data?reference=9999")
    assert unknown.status_code == 422
    assert "No household has the number 9999" in unknown.text
    with world.session() as session:
        taken = session.execute(
            select(AuditEvent).where(AuditEvent.event == "household_data_taken")
        ).scalars()
        assert [one.object_id for one in taken] == [str(ada.household_id)]
    figure(f"records in {len(OF_A_HOUSEHOLD)} tables about one household: 0 missing, of another household 0")


def test_the_command_writes_a_households_file_and_counts_a_persons(
    database: Urls, world: World, ada: Somebody, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LSP_DATABASE_URL", database.application)  # trust C9
    monkeypatch.setenv("LSP_MIGRATOR_DATABASE_URL", database.migrator)
    monkeypatch.setenv("LSP_INSTANCE", str(tmp_path / "instance"))
    start = ["subject-access", "--partnership", world.slug]
    out = tmp_path / "household.zip"
    reference, email = ada.rows["main.household"]["reference"], ada.rows["contacts.person_contact"]["email"]
    ran = CliRunner().invoke(
        main, [*start, "--household", reference, "--out", str(out)], catch_exceptions=False
    )
    assert ran.exit_code == 0, ran.output
    assert unpacked(out.read_bytes())["contacts.household_address"]
    counted = CliRunner().invoke(main, [*start, "--person", email], catch_exceptions=False)
    assert "individual_answers" in counted.output
    assert ada.rows["answers.response"]["draft"]["said"] not in counted.output


def _id_stands(records: dict[str, Any], table: str, id_: object) -> bool:
    held = [row for name, rows in records.items() if name.split(" ")[0] == table for row in rows]
    return any(row.get("id") == str(id_) for row in held)


def _words(table: str, row: dict[str, Any], who: str) -> list[str]:
    columns = Base.metadata.tables[table].c
    open_ = {
        name: value
        for name, value in row.items()
        if name not in SECRETS and not isinstance(columns[name].type, LargeBinary)
    }
    return list(texts_of(open_, who))
