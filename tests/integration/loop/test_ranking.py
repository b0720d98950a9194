"""Partners rank the findings of a round: one vote each, counted once, seen by nobody."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.actions.publishing import publish
from lsp_assess.database.models.findings import Ballot, Finding
from lsp_assess.database.models.operations import AuditEvent, Mail
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.release_listing import document, listed
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.kernel.errors import Conflict
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.loop.ranking import (
    all_vote,
    ballots,
    cast,
    cast_in,
    closed,
    gather,
    opened,
    scored,
    voter,
)
from tests.integration.publishing.partners import answer, driver, respondents
from tests.world import World

DeskOf = Callable[[Role], Desk]


@pytest.fixture
def ids(world: World, collection_id: UUID) -> dict[str, UUID]:
    found = gather(world, collection_id)
    opened(world, collection_id)
    return found


def by_hand(ids: dict[str, UUID]) -> list[dict[UUID, tuple[int, int]]]:
    """Medians: sharing 4 × 4 = 16; the chair 5 × 2 = 10; plans of four votes only."""
    share, chair, plans = (
        ids[words] for words in ("Data are not shared", "Residents chair", "Too many plans")
    )
    given = [
        ((5, 4), (5, 2), (1, 1)),
        ((4, 4), (5, 1), (1, 2)),
        ((4, 5), (5, 2), (2, 1)),
        ((3, 3), (4, 5), (1, 1)),
    ]
    return [
        *({share: one, chair: two, plans: three} for one, two, three in given),
        {share: (2, 5), chair: (1, 2)},
    ]


def figures(world: World) -> dict[str, tuple[int | None, float | None, float | None]]:
    with world.session() as session:
        rows = session.execute(select(Finding)).scalars()
        return {row.words: (row.voters, row.impact, row.feasibility) for row in rows}


def ballot(desk: Desk, collection_id: UUID, votes: dict[UUID, tuple[str, str]], **more: str) -> int:
    form = {}
    for id_, (impact, feasibility) in votes.items():
        form |= {f"impact-{id_}": impact, f"feasibility-{id_}": feasibility}
    return desk.send(f"/findings/{collection_id}/vote", {"version": "0", **form, **more}).status_code


def none(ids: dict[str, UUID]) -> dict[UUID, tuple[str, str]]:
    return dict.fromkeys(ids.values(), ("none", "none"))


def test_votes_are_counted_by_hand_and_four_make_no_figure(
    world: World, collection_id: UUID, ids: dict[str, UUID], desk_of: DeskOf
) -> None:
    all_vote(world, collection_id, by_hand(ids))
    closed(world, collection_id)
    assert figures(world) == {
        "Data are not shared": (5, 4.0, 4.0),
        "Residents chair": (5, 5.0, 2.0),
        "Too many plans": (4, None, None),
    }  # trust C5
    for role in (Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR):
        page = desk_of(role).get(f"/findings/{collection_id}").text
        assert "Voter" not in page
        rows = page.split("<tbody>")[1].split("</tbody>")[0].split("</tr>")
        assert [words in row for words, row in zip(ids, rows, strict=False)] == [True] * 3
        assert ">16<" in rows[0].replace(" ", "").replace(".0", "")
        assert rows[2].count("withheld") == 3
        assert "withheld to protect the people behind it" in page


def test_a_partner_votes_once_and_may_change_the_vote_until_it_is_closed(
    world: World, collection_id: UUID, ids: dict[str, UUID], desk_of: DeskOf
) -> None:
    desk, share = desk_of(Role.PARTNER), ids["Data are not shared"]
    assert "Rank the findings of Year 1" in desk.get("/").text
    assert ballot(desk, collection_id, {**none(ids), share: ("5", "1")}) == 302
    assert "You have voted" in desk.get("/").text
    assert ballot(desk, collection_id, {**none(ids), share: ("2", "3")}, version="1") == 302
    with world.session() as session:
        assert ballots(session) == [{str(share): [2, 3]}]
        events = list(session.execute(select(AuditEvent.event, AuditEvent.details)))
    assert [name for name, _ in events].count("findings_ranked") == 2
    assert all("2" not in str(details) for name, details in events if name == "findings_ranked")
    page = desk.get(f"/findings/{collection_id}/vote").text
    assert f'name="impact-{share}" type="radio" value="2" checked' in page
    closed(world, collection_id)
    late = {**none(ids), share: ("4", "4")}
    form = {
        f"{name}-{id_}": given[at]
        for id_, given in late.items()
        for at, name in enumerate(("impact", "feasibility"))
    }
    refused = desk.send(f"/findings/{collection_id}/vote", {"version": "2", **form})
    assert refused.status_code == 409
    assert "The ranking is closed" in refused.text
    assert "Impact: 4, Feasibility: 4" in refused.text, "what was chosen is shown"
    with world.session() as session:
        assert ballots(session) == [{str(share): [2, 3]}]


def test_two_tabs_of_one_partner_overwrite_nothing_unseen(
    world: World, collection_id: UUID, ids: dict[str, UUID], desk_of: DeskOf
) -> None:
    desk, share = desk_of(Role.PARTNER), ids["Data are not shared"]  # trust D8
    assert ballot(desk, collection_id, {**none(ids), share: ("5", "1")}) == 302
    stale = {f"{name}-{id_}": "none" for id_ in ids.values() for name in ("impact", "feasibility")}
    stale |= {f"impact-{share}": "1", f"feasibility-{share}": "1", "version": "0"}
    answer_ = desk.send(f"/findings/{collection_id}/vote", stale)
    assert answer_.status_code == 409
    assert f'name="impact-{share}" type="radio" value="1" checked' in answer_.text, "what was chosen stands"
    assert 'name="version" value="1"' in answer_.text
    with world.session() as session:
        assert ballots(session) == [{str(share): [5, 1]}]


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("5", "none"), "One of the two is missing"),
        (("none", "none"), "rated no finding"),
        (("6", "1"), "Choose a number"),
    ],
)
def test_half_a_vote_an_empty_one_and_one_off_the_scale_are_refused_beside_their_question(
    world: World,
    collection_id: UUID,
    ids: dict[str, UUID],
    desk_of: DeskOf,
    given: tuple[str, str],
    said: str,
) -> None:
    form = {f"{name}-{id_}": "none" for id_ in ids.values() for name in ("impact", "feasibility")}
    share = ids["Data are not shared"]
    form |= {f"impact-{share}": given[0], f"feasibility-{share}": given[1], "version": "0"}
    refused = desk_of(Role.PARTNER).send(f"/findings/{collection_id}/vote", form)
    assert refused.status_code == 422
    assert said in refused.text
    with world.session() as session:
        assert ballots(session) == []


def test_nobody_sees_how_anybody_votes(
    world: World, collection_id: UUID, ids: dict[str, UUID], browser_of: Callable[[UUID], FlaskClient]
) -> None:
    """Whatever the others vote, every page of every role is the same to the byte until it is closed, but for
    how many have voted."""  # trust A5
    people = [voter(world, f"Voter {place}")[1] for place in range(6)]
    for person_id in people[:5]:
        cast(world, collection_id, person_id, dict.fromkeys(ids.values(), (1, 1)))
    paths = ("/", "/actions/", f"/findings/{collection_id}", f"/findings/{collection_id}/vote")
    roles = (Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR, Role.EVALUATOR, Role.SCRUTINY)

    def seen() -> dict[tuple[Role, str], str]:
        found = {}
        for role in roles:
            desk = Desk(browser_of(world.accounts[role]), world.slug)
            for path in paths:
                text = desk.get(path).text
                found[role, path] = "\n".join(
                    one for one in text.splitlines() if "csrf" not in one and "nonce" not in one
                )
        return found

    before = seen()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        for row in session.execute(select(Ballot)).scalars():
            row.votes = {id_: [5, 5] for id_ in row.votes}
    assert seen() == before
    assert "5 of 7 partners have voted" in before[Role.FACILITATOR, f"/findings/{collection_id}"]
    assert "have voted" not in before[Role.PARTNER, f"/findings/{collection_id}"]
    with world.session() as session:
        assert session.execute(select(Mail)).first() is None


def test_partners_see_no_finding_before_they_are_asked_to_rank_it(world: World, desk_of: DeskOf) -> None:
    """Before the reveal the facilitator has seen what partners may not."""  # trust A5
    collection_id = scored(world, CollectionStatus.CLOSED)
    gather(world, collection_id)
    path = f"/findings/{collection_id}"
    assert desk_of(Role.PARTNER).get(path).status_code == 404
    assert desk_of(Role.PARTNER).get(f"{path}/vote").status_code == 404
    assert path not in desk_of(Role.PARTNER).get("/actions/").text
    assert path in desk_of(Role.FACILITATOR).get("/actions/").text
    refused = desk_of(Role.FACILITATOR).fill(f"{path}/rank")
    assert refused.status_code == 409
    assert "Partners do not see yet" in refused.text


@pytest.mark.parametrize("role", [Role.EVALUATOR, Role.SCRUTINY, Role.RESEARCHER])
def test_others_than_partners_and_who_runs_the_meeting_see_nothing_of_it(
    world: World, collection_id: UUID, ids: dict[str, UUID], desk_of: DeskOf, role: Role
) -> None:
    for path in ("", "/vote", "/rank", "/close", "/new", "/merge"):
        assert desk_of(role).get(f"/findings/{collection_id}{path}").status_code == 403
    assert ballot(desk_of(Role.FACILITATOR), collection_id, none(ids)) == 403


def test_closing_while_somebody_votes_takes_each_vote_whole_or_refuses_it(
    world: World, collection_id: UUID, ids: dict[str, UUID]
) -> None:
    """Whoever votes holds the closing up; whoever comes after it is refused, and the count is the same."""
    people = all_vote(world, collection_id, [dict.fromkeys(ids.values(), (3, 3))] * 4)  # trust D9
    fifth, sixth = voter(world, "Voter 5")[1], voter(world, "Voter 6")[1]
    voted, closing = Event(), Event()

    def close() -> None:
        voted.wait(10)
        closing.set()
        closed(world, collection_id)

    with ThreadPoolExecutor(1) as pool:
        with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
            cast_in(
                world.work(Role.PARTNER, session), collection_id, fifth, dict.fromkeys(ids.values(), (5, 5))
            )
            done = pool.submit(close)
            voted.set()
            assert closing.wait(10)
            assert not done.done()
        done.result(timeout=20)
    assert set(figures(world).values()) == {(5, 3.0, 3.0)}
    with pytest.raises(Conflict):
        cast(world, collection_id, sixth, dict.fromkeys(ids.values(), (1, 1)))
    assert len(people) == 4
    assert set(figures(world).values()) == {(5, 3.0, 3.0)}


def test_a_closed_ranking_is_not_opened_nor_counted_again(
    world: World, collection_id: UUID, ids: dict[str, UUID], desk_of: DeskOf
) -> None:
    """Two counts side by side would tell of single votes: also where a voter is erased, or the threshold
    is changed."""
    all_vote(world, collection_id, by_hand(ids))
    closed(world, collection_id)
    before = figures(world)
    for path in ("rank", "close"):
        assert desk_of(Role.FACILITATOR).send(f"/findings/{collection_id}/{path}", {}).status_code == 409
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.delete(session.execute(select(Ballot)).scalars().first())
    assert figures(world) == before


def ranked_table(world: World, collection_id: UUID) -> SafeTable | None:
    """Of the release of round 1, which six people scored."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        row = session.get_one(Collection, (world.partnership_id, collection_id))
        for place, key in enumerate(respondents(session, world, 6)):
            answer(session, world, collection_id, driver()[0], key, 10 * place, place)
        row.status, round_id = CollectionStatus.FINAL, row.round_id
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        publish(world.work(Role.COORDINATOR, session), round_id=round_id, reason=None)
        released = document(session, listed(session)[0])
    return next((table for table in released.tables if table.id == "level_one.ranked"), None)


def test_a_release_ranks_the_findings_by_the_votes(
    world: World, collection_id: UUID, ids: dict[str, UUID]
) -> None:
    all_vote(world, collection_id, by_hand(ids))
    closed(world, collection_id)
    table = ranked_table(world, collection_id)
    assert table is not None
    shown = [[getattr(cell.value, "amount", cell.state) for cell in row.cells[2:]] for row in table.rows]
    assert shown == [[4.0, 4.0, 16.0], [5.0, 2.0, 10.0], [State.WITHHELD] * 3]  # trust C5, C7
    words = [str(row.cells[0].value) for row in table.rows]
    assert all(said in row for said, row in zip(ids, words, strict=True))


def test_while_the_ranking_is_open_a_release_holds_none_of_it(
    world: World, collection_id: UUID, ids: dict[str, UUID]
) -> None:
    all_vote(world, collection_id, by_hand(ids))
    assert ranked_table(world, collection_id) is None
