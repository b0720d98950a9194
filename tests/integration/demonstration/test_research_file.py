"""Every survey figure of the demonstration's newest release, recomputed from its research file by
`lsp-assess estimate`: equal to the last digit shown."""

import csv
import io
from collections.abc import Mapping
from pathlib import Path
from zipfile import ZipFile

import pytest
from sqlalchemy import select

from lsp_assess.access.actor import SYSTEM
from lsp_assess.actions.agreements import research_agreements
from lsp_assess.actions.records import hand_over_records
from lsp_assess.actions.work import Work
from lsp_assess.database.models.responses import Consent, Response, ResponseStatus
from lsp_assess.database.release_data import areas
from lsp_assess.database.releases import document_of, standing_releases
from lsp_assess.database.session import transaction
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.progress import SCOPE
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.kernel.clock import SetClock
from lsp_assess.rendering.wording import say
from tests.integration.demonstration.conftest import NOW, Demonstration
from tests.released_figures import compared
from tests.trust_run import Figure

GIVEN = ("--weights", "weight", "--strata", "stratum", "--clusters", "cluster", "--lonely", "adjust")
DESIGN = (*GIVEN, "--raked-to", "raked_area,raked_sex,raked_age_group")


@pytest.fixture(scope="module")
def release(demonstration: Demonstration) -> ReleaseDocument:
    with transaction(demonstration.engine, SCOPE) as session:
        return document_of(standing_releases(session)[-1])


@pytest.fixture(scope="module")
def codes(demonstration: Demonstration) -> Mapping[str, str]:
    """Of areas and groups, by the key that a release knows them by."""
    with transaction(demonstration.engine, SCOPE) as session:
        return {str(area.id): area.code for area in areas(session)}


@pytest.fixture(scope="module")
def folder(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("research")
    with transaction(demonstration.engine, SCOPE) as session:
        work, out = Work(session=session, actor=SYSTEM, clock=SetClock(NOW)), io.BytesIO()
        agreement = research_agreements(work)[0]
        assert hand_over_records(work, agreement_id=agreement.id, rounds=None, say=say, out=out) == 3600
    ZipFile(out).extractall(place)
    return place


def test_who_did_not_agree_to_linking_bears_another_name_in_each_round(
    demonstration: Demonstration, folder: Path
) -> None:
    with transaction(demonstration.engine, SCOPE) as session:
        rows = session.execute(
            select(Response.respondent_key_id, Response.collection_id, Consent.given)
            .join(Consent, (Consent.response_id == Response.id) & (Consent.kind == "linking"), isouter=True)
            .where(
                Response.collection_id.in_([identity("collection", n, "resident_survey") for n in (1, 2, 3)]),
                Response.status == ResponseStatus.SUBMITTED,
            )
        ).all()
    assert len(rows) == 3600
    agreed = {key for key, _, given in rows if given}
    apart = [(key, collection) for key, collection, given in rows if not given]
    with (folder / "records.csv").open(encoding="utf-8-sig", newline="") as file:
        people = {row["person"] for row in csv.DictReader(file)}
    assert apart
    assert len(people) == len(agreed) + len(apart)
    assert len(people) < 3600


def test_every_survey_figure_of_the_release_is_recomputed_from_the_research_file(
    release: ReleaseDocument, codes: Mapping[str, str], folder: Path, figure: Figure
) -> None:
    found = compared(release, folder, design=DESIGN, codes=codes)
    assert found.unequal == []
    assert found.kinds["Estimate"] > 500
    assert found.kinds["Number"] > 1000
    figure(f"{found.kinds.total()} survey figures of a release recomputed from its research file, all equal")


@pytest.mark.parametrize(("design", "least"), [(("--simple", "--units", "person"), 1000), (GIVEN, 100)])
def test_another_design_does_not_make_the_figures_of_the_release(
    release: ReleaseDocument, codes: Mapping[str, str], folder: Path, design: tuple[str, ...], least: int
) -> None:
    """Nor does the same without what the weights were raked to."""
    found = compared(release, folder, design=design, codes=codes)
    assert len(found.unequal) > least
