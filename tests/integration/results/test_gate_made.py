"""Releases made by hand, for what publishing in a test would take long to bring about: stories, corrections,
tables of which nothing may be shown."""

import re
from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest
from flask.testing import FlaskClient

from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.releases import add_release, redact
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.release import ReleaseDocument, RoundStated, StoryText, stated
from lsp_assess.disclosure.tables import Heading, Purpose, RawTable, SafeTable
from lsp_assess.disclosure.values import StoryReference, Words
from lsp_assess.kernel.ids import new_id
from lsp_assess.kernel.messages import given
from lsp_assess.partnerships.releases import ReleaseNumber
from lsp_assess.reports.draft import Draft, gated
from tests.unit.rendering.sample_tables import AREAS_COLUMNS, LONG, hidden_row, row
from tests.world import World

CANARY = "the heron came back to the mill pond"


def story() -> StoryText:
    return StoryText(
        story=new_id(),
        standing="value_added",
        title=given("The mill pond"),
        byline=given("A neighbour"),
        grades=given("Contribution 3, evidence 2"),
        parts=((given("What changed"), given(CANARY)),),
    )


def areas(id_: str, *rows: object) -> SafeTable:
    heading = Heading(
        id=id_, title=given(f"By area: {id_}"), purpose=Purpose.AREAS, base=given("All"), source=given("Us")
    )
    raw = RawTable(heading=heading, columns=AREAS_COLUMNS, rows=rows)  # type: ignore[arg-type]
    return gated(Draft(tables=(raw,))).tables[0]


def document(world: World, round_id: UUID, *tables: SafeTable, told: StoryText | None) -> ReleaseDocument:
    return ReleaseDocument(
        partnership_key=str(world.partnership_id),
        partnership=given("Northbridge"),
        rounds=(RoundStated(str(round_id), given(LONG), 1),),
        number=ReleaseNumber(1),
        published=date(2026, 6, 1),
        instruments=(),
        settings=(),
        caveats=(),
        tables=tables,
        stories=() if told is None else (stated(told),),
    )


def store(world: World, round_id: UUID, made: ReleaseDocument, told: StoryText | None) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        add_release(
            session,
            round_id=round_id,
            document=made,
            reason=None if made.number.issue == 1 else "A ward was counted twice",
            stories=() if told is None else (told,),
            restricted='{"values": []}',
            published_at=world.clock.now(),
            published_by=None,
        )


@pytest.fixture
def round_id(world: World) -> UUID:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        made = Round(
            partnership_id=world.partnership_id,
            id=new_id(),
            number=1,
            name=LONG,
            starts_on=date(2026, 1, 1),
            ends_on=date(2026, 12, 31),
        )
        session.add(made)
    return made.id


def home(world: World) -> str:
    return f"/p/{world.slug}/results"


def test_a_withdrawn_story_is_served_no_more_and_the_rest_stands(
    world: World, round_id: UUID, evaluator: FlaskClient
) -> None:  # trust C8
    told = story()
    table = areas("level_three.stories.grades", row("One", StoryReference(told.story)))
    store(world, round_id, document(world, round_id, table, told=told), told)
    graded = f"{home(world)}/1/tables/{table.id}"
    assert f'/results/1/stories/{told.story}">The mill pond</a>' in evaluator.get(graded).text
    page = f"{home(world)}/1/stories/{told.story}"
    assert CANARY in evaluator.get(page).text
    assert "The mill pond" in evaluator.get(f"{home(world)}/1/").text
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        redact(session, told.story, at=world.clock.now())
    gone = evaluator.get(page)
    assert gone.status_code == 200
    assert "has withdrawn consent" in gone.text
    assert "[withdrawn]" in evaluator.get(graded).text
    pages = [
        gone.text,
        evaluator.get(graded).text,
        evaluator.get(f"{home(world)}/1/").text,
        evaluator.get(f"{home(world)}/").text,
    ]
    assert all(CANARY not in each and "The mill pond" not in each for each in pages)
    assert evaluator.get(f"{home(world)}/1/stories/{new_id()}").status_code == 404


def test_a_correction_names_the_tables_that_it_changed(
    world: World, round_id: UUID, evaluator: FlaskClient
) -> None:
    kept = areas("level_two.residents.areas.kept", row("One", Words(given("x"))))
    before = areas("level_two.residents.areas.changed", row("One", Words(given("x"))))
    after = areas("level_two.residents.areas.changed", row("One", Words(given("y"))))
    gone = areas("level_two.residents.areas.gone", row("One", Words(given("x"))))
    new = areas("level_two.residents.areas.new", row("One", Words(given("x"))))
    first = document(world, round_id, kept, before, gone, told=None)
    store(world, round_id, first, None)
    store(world, round_id, replace(first, number=ReleaseNumber(1, 2), tables=(kept, after, new)), None)
    page = evaluator.get(f"{home(world)}/1.2/").text
    corrected = page[page.index("What this release corrects") :].partition("</ul>")[0]
    assert "A ward was counted twice" in corrected
    said = [re.sub("<[^>]+>", "", each).strip() for each in re.findall("<li>(.*?)</li>", corrected)]
    assert said == [
        "Changed: By area: level_two.residents.areas.changed",
        "New: By area: level_two.residents.areas.new",
        "No longer there: By area: level_two.residents.areas.gone",
    ]


def test_a_table_of_which_nothing_may_be_shown_says_so_in_the_list_and_on_its_page(
    world: World, round_id: UUID, evaluator: FlaskClient
) -> None:  # trust C5
    table = areas("level_two.residents.areas.trust", hidden_row("One", 1), hidden_row(LONG, 1))
    store(world, round_id, document(world, round_id, table, told=None), None)
    assert "Every figure is withheld" in evaluator.get(f"{home(world)}/1/").text
    page = evaluator.get(f"{home(world)}/1/tables/{table.id}").text
    assert "every figure in the table is withheld or missing" in page
    assert "Why do some cells show [c]?" in page
    assert page.count('<span aria-hidden="true">[c]</span>') == 2
    assert 'role="img"' not in page
    sent = evaluator.get(f"{home(world)}/1/csv/{table.id}").data.decode("utf-8-sig")
    assert [line.split(",")[1] for line in sent.splitlines()[1:3]] == ["[c]", "[c]"]
    assert LONG in sent
