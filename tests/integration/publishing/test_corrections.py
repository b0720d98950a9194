"""A release stays with whoever has read it: what comes after is published beside it."""

from uuid import UUID

import pytest
from sqlalchemy import select, update

from lsp_assess.database.models.responses import Response, ResponseStatus
from lsp_assess.database.releases import document_of, everything_published, standing_releases
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.audit import audit
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import State
from tests.integration.publishing.partners import published, two_rounds
from tests.world import World

THIRTEEN = [20, 20, 30, 30, 40, 40, 50, 50, 60, 60, 70, 70, 80]


def withdraw(world: World, score: int, n: int = 1) -> None:
    """The first of those who gave the score, in whichever round."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        found = session.execute(select(Response.id, Response.submission).order_by(Response.id)).all()
        chosen = [row.id for row in found if any(v == {"value": score} for v in row.submission.values())]
        session.execute(
            update(Response).where(Response.id.in_(chosen[:n])).values(status=ResponseStatus.WITHDRAWN)
        )


def last(world: World) -> ReleaseDocument:
    with world.session() as session:
        return document_of(standing_releases(session)[-1])


def strip_of(release: ReleaseDocument, round_id: UUID) -> State:
    table = next(table for table in release.tables if table.id.startswith("level_one.scores."))
    return table.rows[0].cells[table.column(f"scores:{round_id}")].state


@pytest.mark.parametrize("corrected", [False, True], ids=["in the next round", "by a correction"])
def test_who_withdraws_between_two_releases_is_not_their_difference(world: World, corrected: bool) -> None:
    # trust C6, C8
    first, second = two_rounds(world, THIRTEEN, [score + 5 for score in THIRTEEN])
    published(world, first)
    assert strip_of(last(world), first) is State.SHOWN
    withdraw(world, 80)
    if corrected:
        published(world, first, reason="Somebody withdrew")
    else:
        published(world, second)
    assert strip_of(last(world), first) is State.WITHHELD
    with world.session() as session:
        assert audit(everything_published(session)).betrayals == ()


def test_a_correction_that_takes_nobody_away_tells_the_same(world: World) -> None:
    first, _ = two_rounds(world, THIRTEEN, THIRTEEN)
    published(world, first)
    before = last(world)
    published(world, first, reason="A name was misspelt")
    assert last(world).tables == before.tables
