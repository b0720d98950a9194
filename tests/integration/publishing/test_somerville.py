"""Real answers, from a file to a comparative report: Somerville 2011, 2013 and 2015."""

import re
from io import BytesIO
from pathlib import Path
from time import perf_counter
from uuid import UUID
from zipfile import ZipFile

import pandas as pd
import pytest
from sqlalchemy import select, update

from lsp_assess.actions.agreements import research_agreements
from lsp_assess.actions.importing import Upload
from lsp_assess.actions.publishing import publish
from lsp_assess.actions.records import hand_over_records
from lsp_assess.actions.response_imports import import_responses
from lsp_assess.database.models.partnerships import Collection, Partnership, Round
from lsp_assess.database.release_data import areas
from lsp_assess.database.releases import document_of, everything_published, standing_releases
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.audit import audit
from lsp_assess.disclosure.complement import NARROWEST
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import RowRole, State
from lsp_assess.disclosure.values import Caution, Estimate, Missing
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.rendering.report import render_report
from lsp_assess.rendering.wording import say
from lsp_assess.reports.comparative import comparative_report
from lsp_assess.reports.model import Nothing, SectionKey
from tests.pdf_pages import texts
from tests.released_figures import compared
from tests.trust_run import Figure
from tests.world import World

EXAMPLES = Path(__file__).parents[3] / "docs" / "examples"
HAPPY = "How.happy.do.you.feel.right.now."


@pytest.fixture
def raw(shared: Path) -> Path:
    return shared / "data" / "residents" / "somerville_2011_2013_2015.csv"


def take_in(world: World, raw: Path) -> dict[str, UUID]:
    """The rounds by name, their collections final."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        import_responses(
            world.work(Role.COORDINATOR, session),
            file=Upload(raw.name, raw.read_bytes()),
            mapping=Upload("m.yaml", (EXAMPLES / "somerville_responses.yaml").read_bytes()),
            questionnaire=Upload("s.yaml", (EXAMPLES / "somerville_survey.yaml").read_bytes()),
        )
        session.execute(update(Collection).values(status=CollectionStatus.FINAL))
        session.execute(update(Partnership).values(smallest_change=0.05))
        return dict(session.execute(select(Round.name, Round.id)).all())


def publish_all(world: World, rounds: dict[str, UUID]) -> dict[str, ReleaseDocument]:
    for name in sorted(rounds):
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
            publish(world.work(Role.COORDINATOR, session), round_id=rounds[name])
    with world.session() as session:
        return {say(d.round.name): d for d in map(document_of, standing_releases(session))}


def hand_share(raw: Path, year: str) -> float:
    """Percentage who put 8, 9 or 10, halves rounded up, counted without the package."""
    frame = pd.read_csv(raw, dtype=str, keep_default_na=False)
    answers = pd.to_numeric(frame.loc[frame["Year"] == year, HAPPY], errors="coerce").dropna()
    points = (answers + 0.5).apply(int)
    return 100 * float(points[points.between(1, 10)].between(8, 10).mean())


def test_the_rounds_of_somerville_are_published_and_compared(
    world: World, raw: Path, tmp_path: Path, figure: Figure
) -> None:
    rounds = take_in(world, raw)
    releases = publish_all(world, rounds)
    figure(nothing_protected_follows(world))  # trust C6
    last = releases["2015"]
    assert recomputed_from_its_research_file(world, last, tmp_path) > 300
    keys = {name: str(round_id) for name, round_id in rounds.items()}

    change = last.table(f"level_two.residents.change.shares.{keys['2013']}")
    then, now = (change.cell("happy_now", f"value:{keys[year]}").value for year in ("2013", "2015"))
    assert (then.amount, now.amount) == (round(hand_share(raw, "2013")), round(hand_share(raw, "2015")))
    assert "estimation.caveat.simple_random_sample" in {note.code for note in change.heading.footnotes}

    worded_otherwise = last.table(f"level_two.residents.explored.shares.{keys['2011']}")
    for column in (f"value:{keys['2011']}", f"change:{keys['2011']}"):
        marked = worded_otherwise.cell("public_schools", column).value
        assert Caution.SERIES_BREAK in marked.cautions
        not_asked = worded_otherwise.cell("police_trust", column)
        assert (not_asked.state, not_asked.missing) == (State.MISSING, Missing.NOT_ASKED)
    assert not worded_otherwise.cell("public_schools", f"value:{keys['2015']}").value.cautions
    notes = {note.code for note in worded_otherwise.heading.footnotes}
    assert "residents.note.break" in notes

    wards = last.table("level_two.residents.areas.happy_now")
    parts = [row for row in wards.rows if row.role is RowRole.PART]
    assert len(parts) == 7
    of_2015 = wards.column(f"value:{keys['2015']}")
    assert {row.cells[of_2015].state for row in parts} == {State.WITHHELD}
    assert say(wards.finding) == "Nothing can be shown by area without a risk to those who answered."

    groups = last.table("level_two.residents.groups.happy_now")
    shown = [row.cells[of_2015].value for row in groups.rows if row.role is RowRole.PART]
    assert len(shown) == 3
    assert all(isinstance(value, Estimate) for value in shown)

    report = comparative_report([releases["2013"], last], stories={})
    level_two = report.section(SectionKey.LEVEL_TWO)
    lines = [say(block.reason) for block in level_two.blocks if isinstance(block, Nothing)]
    assert any("By area" in line and "nothing can be shown" in line for line in lines)
    assert not any(keys["2011"] in table.id for table in report.tables)
    assert all(section.blocks for section in report.sections)
    printed_with_2011_marked([releases[year] for year in ("2011", "2013", "2015")])


def recomputed_from_its_research_file(world: World, release: ReleaseDocument, folder: Path) -> int:
    """How many figures, all of them equal: the answers of a survey without a stated design."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        work, out = world.work(Role.EVALUATOR, session), BytesIO()
        agreement = research_agreements(work)[0]
        hand_over_records(work, agreement_id=agreement.id, rounds=None, say=say, out=out)
        codes = {str(area.id): area.code for area in areas(session)}
    ZipFile(out).extractall(folder)
    design = ("--simple", "--units", "person")
    assert " ".join(design) in (folder / "README.txt").read_text(encoding="utf-8")
    found = compared(release, folder, design=design, codes=codes)
    assert found.unequal == []
    return found.kinds.total()


def nothing_protected_follows(world: World) -> str:
    """Every answer counts alike there, so that percentages turn back into people."""
    with world.session() as session:
        published = everything_published(session)
    began = perf_counter()
    found = audit(published)
    assert found.betrayals == ()
    assert found.narrowest is not None
    assert found.narrowest.width >= NARROWEST
    return (
        f"Somerville: {found.cells} cells of {len(published)} releases, {len(found.known)} protected, "
        f"narrowest {found.narrowest.low} to {found.narrowest.high}, {perf_counter() - began:.1f} s"
    )


def printed_with_2011_marked(releases: list[ReleaseDocument]) -> None:
    """On paper: what was worded otherwise bears a mark that is explained on its page; the wards are withheld
    in a line each, and none of them is named with a figure; the three groups stand with their intervals."""
    report = comparative_report(releases, stories={})
    pages = texts(render_report(report))
    figures = r"(?:\+|−)?\d+([a-z]?) \([^)]*\) "
    schools = next(page for page in pages if "the overall quality of public schools? " in page)
    row = re.search(rf"the overall quality of public schools\? {figures}{figures}{figures}", schools)
    assert row is not None
    then, now, change = row.groups()
    assert then == change != now
    assert f" {then} The question or the definition changed: compare with care." in schools
    assert "The overall quality of public schools in your community" in schools
    assert "trust in the local police? not asked" in schools

    whole = " ".join(pages)
    assert "By area: How happy do you feel right now?" in whole
    assert "nothing can be shown" in whole
    assert "very figure is withheld, so that nobody can be picked out" in whole
    assert not re.search(r"Ward [1-7]\b", whole)
    table = "By group of areas: How happy do you feel right now? Area"
    groups = next(page for page in pages if table in page)
    for name in ("Centre (wards 3 and 4)", "East (wards 1 and 2)", "West (wards 5, 6 and 7)"):
        assert re.search(rf"{re.escape(name)} \[c\] (\d+[a-z,]* \(\d+ to \d+\) n \d+ ){{2}}", groups)
