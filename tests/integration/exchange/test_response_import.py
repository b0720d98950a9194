"""Somerville's three rounds into a partnership, counted again by pandas."""

from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import func, select

from lsp_assess.actions.importing import Upload
from lsp_assess.actions.response_imports import ResponseImport, import_responses, preview_responses
from lsp_assess.database.models.outcomes import ImportRun
from lsp_assess.database.models.partnerships import Area, Collection, Round
from lsp_assess.database.models.responses import RespondentKey, Response, ResponseStatus
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.errors import Conflict, Invalid
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.world import World

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
MAPPING = Upload("somerville_responses.yaml", (EXAMPLES / "somerville_responses.yaml").read_bytes())
SURVEY = Upload("somerville_survey.yaml", (EXAMPLES / "somerville_survey.yaml").read_bytes())


def somerville(shared: Path) -> Path:
    return shared / "data" / "residents" / "somerville_2011_2013_2015.csv"


def take(world: World, file: Upload, mapping: Upload, survey: Upload | None) -> ResponseImport:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        return import_responses(work, file=file, mapping=mapping, questionnaire=survey)


def test_somervilles_three_rounds_are_taken_whole(world: World, shared: Path) -> None:
    path = somerville(shared)
    raw = pd.read_csv(path, dtype=str, keep_default_na=False)
    found = take(world, Upload(path.name, path.read_bytes()), MAPPING, SURVEY)
    account = found.reconciliation
    assert account.is_balanced
    assert account.read == account.written == len(raw) == 6545
    assert account.rows == raw["Year"].value_counts().to_dict()
    assert account.without_area == {"no ward recorded": (raw["Ward"] == "NA").sum()}
    with world.session() as session:
        by_round = session.execute(
            select(Round.name, Collection.status, func.count())
            .join(Collection, Collection.round_id == Round.id)
            .join(Response, Response.collection_id == Collection.id)
            .group_by(Round.name, Round.number, Collection.status)
            .order_by(Round.number)
        ).all()
        happy = session.execute(
            select(Response.submission["happy_now"]["value"].as_integer())
            .join(Collection, Collection.id == Response.collection_id)
            .join(Round, Round.id == Collection.round_id)
            .where(Round.name == "2013")
        ).scalars()
        mean = pd.Series(list(happy)).mean()
        wards = session.execute(
            select(Area.code, func.count()).join(Response, Response.area_id == Area.id).group_by(Area.code)
        ).all()
        kept = session.execute(select(ImportRun.reconciliation)).scalar_one()
    closed = CollectionStatus.CLOSED
    assert [tuple(row) for row in by_round] == [
        ("2011", closed, 6167),
        ("2013", closed, 193),
        ("2015", closed, 185),
    ]
    column = pd.to_numeric(raw.loc[raw["Year"] == "2013", "How.happy.do.you.feel.right.now."])
    assert mean == pytest.approx((column + 0.5).apply(int).mean())  # halves were rounded up
    assert {code[-1]: n for code, n in wards} == raw.loc[raw["Ward"] != "NA", "Ward"].value_counts().to_dict()
    assert sum(note["code"] == "import_note_rounded" for note in kept["notes"]) > 0


def test_a_second_run_changes_nothing_and_needs_no_questionnaire(world: World, shared: Path) -> None:
    path = somerville(shared)
    file = Upload(path.name, path.read_bytes())
    take(world, file, MAPPING, SURVEY)
    again = take(world, file, MAPPING, None)
    assert (again.reconciliation.unchanged, again.run_id) == (6545, None)
    with world.session() as session:
        assert session.execute(select(func.count()).select_from(Response)).scalar_one() == 6545


def test_each_round_keeps_how_its_questions_were_asked(world: World, shared: Path) -> None:
    path = somerville(shared)
    take(world, Upload(path.name, path.read_bytes()), MAPPING, SURVEY)
    with world.session() as session:
        statement = select(Round.name, Collection.settings)
        settings = dict(session.execute(statement.join(Collection, Collection.round_id == Round.id)).all())
    assert settings["2011"]["crosswalk"]["public_schools"]["kind"] == "reworded"
    assert settings["2013"]["crosswalk"]["public_schools"]["kind"] == "same"
    assert settings["2013"]["crosswalk"]["safe_at_night"]["kind"] == "reworded"
    assert "police_trust" in settings["2011"]["not_asked"]
    assert "mail-out" in settings["2011"]["round_note"]


SMALL_SURVEY = Upload(
    "small.yaml",
    b"""
name: small
version: "1.0"
kind: household
languages: {en: reviewed}
title: {en: Small}
scales:
  five:
    points: [{value: 1, label: {en: Low}}, {value: 5, label: {en: High}}]
    range: {from: 1, to: 5}
sections:
  - name: only
    title: {en: Only}
    items:
      - {name: mood, type: scale, text: {en: How are you?}, scale: five}
""",
)
SMALL_MAPPING = """
mapping: responses
title: Small
source: {title: Small file, publisher: Trafford Data Lab, licence: Own}
questionnaire: {name: small, version: "1.0"}
rounds:
  column: wave
  values:
    "1": {name: First, starts_on: "2024-01-01", ends_on: "2024-02-01"}
    "2": {name: Second, starts_on: "2025-01-01", ends_on: "2025-02-01"}
respondents: {column: id, across_rounds: LINKING}
missing: {NA: unanswered}
questions:
  - {item: mood, asked: [{rounds: ["1", "2"], column: mood}]}
"""


def small_mapping(linking: str = "not_linked") -> Upload:
    return Upload("small_mapping.yaml", SMALL_MAPPING.replace("LINKING", linking).encode())


def small_file(*rows: str) -> Upload:
    return Upload("small.csv", ("id,wave,mood\n" + "\n".join(rows) + "\n").encode())


def test_a_revised_answer_keeps_the_old_one(world: World) -> None:
    take(world, small_file("a,1,3", "b,1,4"), small_mapping(), SMALL_SURVEY)
    found = take(world, small_file("a,1,5", "b,1,4"), small_mapping(), None)
    assert (found.reconciliation.revised, found.reconciliation.unchanged) == (1, 1)
    with world.session() as session:
        rows = session.execute(
            select(
                Response.submission["mood"]["value"].as_integer(),
                Response.status,
                Response.double_of.is_(None),
            )
            .join(RespondentKey, RespondentKey.id == Response.respondent_key_id)
            .where(RespondentKey.imported_id == "small:First:a")
            .order_by(Response.status)
        ).all()
    assert [tuple(row) for row in rows] == [
        (5, ResponseStatus.SUBMITTED, True),
        (3, ResponseStatus.WITHDRAWN, False),
    ]


@pytest.mark.parametrize(("linking", "keys"), [("linked", 1), ("not_linked", 2)])
def test_a_number_is_one_person_in_two_rounds_only_where_the_mapping_says_so(
    world: World, linking: str, keys: int
) -> None:
    take(world, small_file("a,1,3", "a,2,4"), small_mapping(linking), SMALL_SURVEY)
    with world.session() as session:
        statement = select(func.count()).where(RespondentKey.imported_id.is_not(None))
        assert session.execute(statement).scalar_one() == keys


def test_a_final_collection_takes_no_more_answers(world: World) -> None:
    take(world, small_file("a,1,3"), small_mapping(), SMALL_SURVEY)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(select(Collection)).scalar_one().status = CollectionStatus.FINAL
    with pytest.raises(Conflict) as refused:
        take(world, small_file("a,1,4"), small_mapping(), None)
    assert refused.value.problems[0].code == "import_collection_final"


def test_without_its_questionnaire_nothing_is_taken(world: World) -> None:
    with pytest.raises(Invalid) as refused:
        take(world, small_file("a,1,3"), small_mapping(), None)
    assert refused.value.problems[0].code == "import_no_questionnaire"


def test_a_changed_questionnaire_under_an_issued_version_is_refused(world: World) -> None:
    take(world, small_file("a,1,3"), small_mapping(), SMALL_SURVEY)
    changed = Upload("small.yaml", SMALL_SURVEY.content.replace(b"to: 5", b"to: 6"))
    with pytest.raises(Invalid):
        take(world, small_file("a,1,3", "b,1,6"), small_mapping(), changed)


def test_a_preview_of_responses_writes_nothing(world: World) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work = world.work(Role.COORDINATOR, session)
        found = preview_responses(
            work, file=small_file("a,1,3"), mapping=small_mapping(), questionnaire=SMALL_SURVEY
        )
    assert found.reconciliation.written == 1
    with world.session() as session:
        assert session.execute(select(func.count()).select_from(Response)).scalar_one() == 0
        assert session.execute(select(func.count()).select_from(Round)).scalar_one() == 0
