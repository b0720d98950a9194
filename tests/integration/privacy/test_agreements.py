"""No agreement in force, no import; the lawful basis stands apart from what people consented to."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import delete, func, select, update

from lsp_assess.actions.importing import Upload
from lsp_assess.actions.indicator_imports import import_indicators, preview_indicators
from lsp_assess.actions.response_imports import import_responses, preview_responses
from lsp_assess.database.base import Base
from lsp_assess.database.models.outcomes import ImportRun, Measurement, SharingAgreement
from lsp_assess.database.models.responses import Response
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.errors import Conflict
from lsp_assess.partnerships.roles import Role
from tests.desk import Desk, day
from tests.trust_run import Figure
from tests.world import World

Browser = Callable[[UUID], FlaskClient]
EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
NO2 = Upload(
    "no2.csv",
    "station_code,station_name,period,indicator,measure,unit,value\n"
    "TRF2,Station 2,2017-12-31,Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,21.5".encode(),
)
NO2_MAPPING = Upload("no2.yaml", (EXAMPLES / "indicators" / "no2_concentration.yaml").read_bytes())
STATES = ("none", "ended", "not_begun", "of_another_source")
SURVEY = {
    "file": Upload("answers.csv", b"nothing is read of it"),
    "mapping": Upload("somerville.yaml", (EXAMPLES / "somerville_responses.yaml").read_bytes()),
    "questionnaire": Upload("survey.yaml", (EXAMPLES / "somerville_survey.yaml").read_bytes()),
}


@pytest.mark.parametrize("take", [preview_indicators, import_indicators], ids=["preview", "import"])
@pytest.mark.parametrize("state", STATES)
def test_without_an_agreement_in_force_no_indicator_is_taken_in(
    world: World, take: Callable[..., object], state: str, figure: Figure
) -> None:
    _leave(world, state)  # trust C12
    with pytest.raises(Conflict) as refused, _coordinating(world) as session:
        take(world.work(Role.COORDINATOR, session), file=NO2, mapping=NO2_MAPPING)
    assert refused.value.problems[0].code == "import_no_agreement"
    assert refused.value.problems[0].place.file == "no2.yaml"
    assert _count(world, Measurement) == 0
    figure(f"{len(STATES)} ways to have no agreement in force, preview and import: taken in 0")


@pytest.mark.parametrize("take", [preview_responses, import_responses], ids=["preview", "import"])
def test_without_an_agreement_no_response_is_taken_in(world: World, take: Callable[..., object]) -> None:
    _leave(world, "none")  # trust C12
    with pytest.raises(Conflict) as refused, _coordinating(world) as session:
        take(world.work(Role.COORDINATOR, session), **SURVEY)
    assert refused.value.problems[0].code == "import_no_agreement"
    assert _count(world, Response) == 0


def test_an_import_says_under_which_agreement_it_was_made(world: World) -> None:
    with _coordinating(world) as session:  # trust C12
        import_indicators(world.work(Role.COORDINATOR, session), file=NO2, mapping=NO2_MAPPING)
        run = session.execute(select(ImportRun)).scalar_one()
        agreement = session.get_one(SharingAgreement, (world.partnership_id, run.agreement_id))
    assert agreement.source == "Trafford Data Lab"


def test_the_coordinator_adds_an_agreement_and_ends_it(world: World, browser_of: Browser) -> None:
    _leave(world, "none")  # trust C12
    desk = Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)
    assert "No agreement yet" in desk.get("/partnership/agreements").text
    assert "Sharing agreements" in desk.get("/partnership").text
    written = {
        "allows": "taking_in",
        "source": "TRAFFORD data lab",
        "purpose": "To see the air beside what residents say",
        "lawful_basis": "public_task",
        "signed_by": "Both chief executives",
        "reference": "File 12/2026",
    }
    sent = desk.fill("/partnership/agreements/new", **written, **day("valid_from", 1, 6, 2026))
    assert sent.status_code == 302
    page = desk.get("/partnership/agreements").text
    assert "Public task" in page
    assert "In force" in page
    with _coordinating(world) as session:
        found = preview_indicators(
            world.work(Role.COORDINATOR, session), file=NO2, mapping=NO2_MAPPING
        ).reconciliation
        agreement_id = session.execute(select(SharingAgreement.id)).scalar_one()
    assert found.written == 1
    path = f"/partnership/agreements/{agreement_id}/end"
    too_early = desk.fill(path, **day("last_day", 1, 5, 2026))
    assert too_early.status_code == 422
    assert "before it begins" in too_early.text
    assert desk.fill(path, **day("last_day", 14, 6, 2026)).status_code == 302
    assert "Ended" in desk.get("/partnership/agreements").text
    with pytest.raises(Conflict), _coordinating(world) as session:
        preview_indicators(world.work(Role.COORDINATOR, session), file=NO2, mapping=NO2_MAPPING)


def test_an_agreement_without_its_lawful_basis_is_refused(world: World, browser_of: Browser) -> None:
    desk = Desk(browser_of(world.accounts[Role.COORDINATOR]), world.slug)  # trust C12
    sent = desk.fill("/partnership/agreements/new", source="Somebody", **day("valid_from", 1, 6, 2026))
    assert sent.status_code == 422
    assert "Choose the lawful basis" in sent.text


def test_the_lawful_basis_stands_apart_from_consents() -> None:
    named = {  # trust C12
        (table.fullname, column.name)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if "lawful" in column.name or "basis" in column.name
    }
    assert named == {("main.sharing_agreement", "lawful_basis")}
    consents, agreements = (
        Base.metadata.tables[name] for name in ("answers.consent", "main.sharing_agreement")
    )
    joined = {
        (key.parent.table.fullname, key.column.table.fullname)
        for table in (consents, agreements)
        for key in table.foreign_keys
    }
    assert (
        joined & {(consents.fullname, agreements.fullname), (agreements.fullname, consents.fullname)} == set()
    )


def _coordinating(world: World):
    return transaction(world.engine, Scope(partnership_id=world.partnership_id))


def _leave(world: World, state: str) -> None:
    on = world.clock.now().date()
    changes = {
        "none": delete(SharingAgreement),
        "ended": update(SharingAgreement).values(valid_to=on - timedelta(days=1)),
        "not_begun": update(SharingAgreement).values(valid_from=on + timedelta(days=1)),
        "of_another_source": update(SharingAgreement).values(
            source="Somebody else", valid_from=date(2020, 1, 1)
        ),
    }
    with _coordinating(world) as session:
        session.execute(changes[state])


def _count(world: World, kind: type[Base]) -> int:
    with world.session() as session:
        return session.execute(select(func.count()).select_from(kind)).scalar_one()
