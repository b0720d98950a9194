"""A version that knows no record of the meeting gets what stands, and the newer one takes it up again."""

from uuid import UUID

from sqlalchemy import create_engine, text

from lsp_assess.database.bootstrap import Urls
from lsp_assess.database.migrate import downgrade, upgrade
from lsp_assess.shipped import shipped_folder
from tests.desk import Desk

SCRIPTS = shipped_folder("migrations")


def test_a_step_down_keeps_what_stands_with_its_dissents_and_nothing_that_was_taken_back(
    database: Urls, in_session: UUID, facilitator: Desk
) -> None:
    at = f"/meeting/{in_session}/parts"
    said = {"dissent_1": "Only paper.", "dissent_2": "Too low."}
    assert facilitator.fill(f"{at}/shared_vision", score="60", rationale="Shown.", **said).status_code == 302
    assert facilitator.fill(f"{at}/shared_vision", score="45", rationale="Old.").status_code == 302
    assert facilitator.send(f"{at}/shared_vision/take-back", {"version": "2"}).status_code == 302
    assert facilitator.fill(f"{at}/skills", score="30", rationale="Gone.").status_code == 302
    assert facilitator.send(f"{at}/skills/take-back", {"version": "1"}).status_code == 302
    downgrade(database.migrator, scripts=SCRIPTS, to="0007")
    engine = create_engine(database.migrator)
    with engine.connect() as connection:
        rows = connection.execute(text("SELECT part, score, dissent FROM answers.agreed_score")).all()
    engine.dispose()
    assert [tuple(row) for row in rows] == [("shared_vision", 60.0, "Only paper.; Too low.")]
    upgrade(database.migrator, scripts=SCRIPTS)
    page = facilitator.get(f"{at}/shared_vision").text
    assert "Only paper.; Too low." in page
    assert "60 agreed" in page
