"""A partnership that changes edition between rounds: what its release says of the nine criteria."""

from uuid import UUID

import pytest
from sqlalchemy import select

from lsp_assess.database.models.publications import Release
from lsp_assess.database.models.responses import Response
from lsp_assess.database.releases import document_of, everything_published
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.audit import audit
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import State
from lsp_assess.disclosure.values import Caution, Number
from lsp_assess.rendering.wording import say
from tests.integration.publishing.partners import published, rounds_of, source_of
from tests.integration.publishing.test_corrections import withdraw
from tests.world import World

SPREAD = [20, 30, 40, 50, 60, 70]
HIGHER = [30, 40, 50, 60, 70, 80]
BROKEN = (Caution.SERIES_BREAK,)
NINE = [
    *("leadership", "strategy", "people", "resources", "processes"),
    *("resident_results", "partner_results", "society_results", "key_results"),
]


def document(world: World, release_id: UUID) -> ReleaseDocument:
    with world.session() as session:
        return document_of(session.execute(select(Release).where(Release.id == release_id)).scalar_one())


def notes(release: ReleaseDocument) -> str:
    table = release.table("level_one.criteria")
    assert table is not None
    return " ".join(say(note) for note in table.heading.footnotes)


def test_the_trend_of_nine_criteria_goes_on_over_three_editions_with_its_breaks(world: World) -> None:
    """Everybody gives each part the same: medians of 45, 55 and 45, so per cent of every criterion."""
    texts = [source_of(name) for name in ("lsp_driver_2010", "lsp_driver_2020", "lsp_driver")]
    first, second, third = rounds_of(world, *zip(texts, (SPREAD, HIGHER, SPREAD), strict=True))
    published(world, first)
    published(world, second)
    release = document(world, published(world, third))
    table = release.table("level_one.editions")
    assert table is not None
    assert [row.key for row in table.rows] == NINE
    for name in NINE:
        cells = [table.cell(name, f"value:{one}").value for one in (first, second, third)]
        assert cells == [Number(45, cautions=BROKEN), Number(55, cautions=BROKEN), Number(45)]
        assert table.cell(name, f"change:{second}").value == Number(-10, cautions=BROKEN)
        assert table.cell(name, f"change:{first}").value == Number(0, cautions=BROKEN)
    said = [say(note) for note in table.heading.footnotes]
    assert sum("style edition" in note for note in said) >= 2
    assert "the table of criteria across editions compares it" in notes(release)


def test_between_two_editions_that_lead_to_the_driver_the_trend_goes_on_without_it(world: World) -> None:
    first, second = rounds_of(
        world, (source_of("lsp_driver_2010"), SPREAD), (source_of("lsp_driver_2020"), HIGHER)
    )
    published(world, first)
    release = document(world, published(world, second))
    table = release.table("level_one.editions")
    criteria = release.table("level_one.criteria")
    assert table is not None
    assert criteria is not None
    assert [row.key for row in table.rows] == NINE
    assert table.cell("society_results", f"change:{first}").value == Number(10, cautions=BROKEN)
    assert [row.key for row in criteria.rows][-2:] == ["achievements", "total"]
    assert criteria.cell("total", f"value:{second}").value == Number(550)


def test_an_edition_without_a_crosswalk_has_no_trend_and_the_release_says_so(world: World) -> None:
    source = source_of("lsp_driver_2020")
    alone = source[: source.index("  crosswalk:\n")]
    first, second = rounds_of(world, (alone, SPREAD), (source_of("lsp_driver"), HIGHER))
    published(world, first)
    release = document(world, published(world, second))
    assert release.table("level_one.editions") is None
    assert "No crosswalk between the two is declared, so that no trend is shown" in notes(release)


def test_rounds_of_one_edition_are_compared_in_points_alone(world: World) -> None:
    source = source_of("lsp_driver_2020")
    first, second = rounds_of(world, (source, SPREAD), (source, HIGHER))
    published(world, first)
    release = document(world, published(world, second))
    assert release.table("level_one.editions") is None
    criteria = release.table("level_one.criteria")
    assert criteria is not None
    assert criteria.cell("total", f"change:{first}").value == Number(100)


@pytest.mark.parametrize(
    ("left", "state"), [({80: 1}, State.WITHHELD), ({80: 1, 70: 2, 60: 2}, State.SHOWN)], ids=["one", "five"]
)
def test_who_withdraws_before_the_edition_changes_is_not_the_difference(
    world: World, left: dict[int, int], state: State
) -> None:
    # trust C6, C8
    thirteen = [20, 20, 30, 30, 40, 40, 50, 50, 60, 60, 70, 70, 80]
    lower = [score - 5 for score in thirteen]  # so that who withdraws is found in the first round
    first, second = rounds_of(
        world, (source_of("lsp_driver_2010"), thirteen), (source_of("lsp_driver_2020"), lower)
    )
    published(world, first)
    for score, people in left.items():
        withdraw(world, score, people)
    table = document(world, published(world, second)).table("level_one.editions")
    assert table is not None
    assert {table.cell(name, f"value:{first}").state for name in NINE} == {state}
    with world.session() as session:
        assert audit(everything_published(session)).betrayals == ()


def test_who_scores_anew_before_the_edition_changes_is_not_the_difference(world: World) -> None:
    # trust C6: as many people as before, and one of them thinks otherwise
    first, second = rounds_of(
        world, (source_of("lsp_driver_2010"), [*SPREAD, 80]), (source_of("lsp_driver_2020"), [*SPREAD, 80])
    )
    published(world, first)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        eighty = next(one for one in session.scalars(select(Response)) if is_first(one, 80))
        eighty.submission = {part: {"value": 20} for part in eighty.submission}
    release = document(world, published(world, second))
    table, then = release.table("level_one.editions"), release.table(f"level_one.then.{first}")
    assert table is not None
    assert then is not None
    assert {table.cell(name, f"value:{first}").state for name in NINE} == {State.WITHHELD}
    assert {row.cells[then.column(f"scores:{first}")].state for row in then.rows} == {State.WITHHELD}


def is_first(one: Response, score: int) -> bool:
    return one.submission.get("common_direction") == {"value": score}
