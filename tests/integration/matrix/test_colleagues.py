"""What a partner answered, nobody else reads: not in any page, file or log, before publication or after."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.orm import Session

from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.responses import (
    KeptBody,
    Mode,
    Participant,
    RespondentKey,
    Response,
    ResponseStatus,
)
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from tests.browser.site import Site
from tests.integration.matrix.conftest import Bench
from tests.integration.matrix.crawling import looks, seen
from tests.integration.publishing.partners import published
from tests.trust_run import FULL, Figure, Times

WORDS = "zqwords"
COLLEAGUE, RELEASED, MINE = f"{WORDS}-kept", f"{WORDS}-released", f"{WORDS}-mine"
PUBLISHED = {"results.table", "result_files.csv", "result_files.workbook"}
FOR_THE_HOUSEHOLD = ("coordinator", "coordination.household_file")
"""Everything about a household, for the household that asks for it (ADR 0013); no partner’s words."""
SOME = (Role.PARTNER, Role.COORDINATOR, Role.EVALUATOR)
RANDOM = re.compile(
    r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{16,64}|nonce[-=][^ ;>]+|s\.[\w-]{40,}"
    r'|(?<=name="csrf_token" )[^>]*|session=[^;]*|ETag: \S+|(?:Date|Expires|Last-Modified): [^\r\n]*'
    r"|Content-Length: \d+"
)
DRAWN_ANEW = {"accounts.qr_code", "public.health"}
Anew = Callable[[], AbstractContextManager[Bench]]


@pytest.fixture
def bench(anew: Anew) -> Iterator[Bench]:
    with anew() as bench:
        yield bench


@pytest.fixture
def roles(times: Times) -> tuple[Role | None, ...]:
    return (None, *Role)[:: times(few=5, full=1)]


def plant(site: Site) -> int:
    """Canaries in every text that partners wrote: those of a colleague, and those of the partner."""
    planted = 0
    world = site.full
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        mine = session.execute(
            select(RespondentKey.id).where(RespondentKey.person_id == world.people[Role.PARTNER])
        ).scalar_one()
        for name in ("progress_wheel", "value_added_perceptions"):
            answered_by_a_colleague(session, site, site.filled.collections[name])
        for row in session.execute(select(Response)).scalars():
            instrument = instrument_of(session, row.instrument_hash)
            if instrument.kind is Kind.STORY:
                continue  # a story is written to be read
            is_mine = row.respondent_key_id == mine
            texts = {
                question.name: {"value": f"{MINE if is_mine else written(question.name)} {row.id}"}
                for question in instrument.questions
                if question.type in ("long_text", "short_text")
            }
            row.draft = {**row.draft, **texts}
            row.submission = None if row.submission is None else {**row.submission, **texts}
            planted += len(texts)
    return planted


def written(question: str) -> str:
    """What is released of at least as many people as the threshold, without their names; and all else."""
    return f"{RELEASED if question.startswith(('strengths_', 'improvements_')) else COLLEAGUE} {question}"


def answered_by_a_colleague(session: Session, site: Site, collection_id: UUID) -> None:
    """Sent, and once more too late, so that a body was kept."""
    world, of = site.full, {"partnership_id": site.full.partnership_id}
    key = RespondentKey(**of, id=new_id(), imported_id=f"colleague-{collection_id}")
    session.add(key)
    session.flush()
    collection = session.get_one(Collection, (world.partnership_id, collection_id))
    now = datetime(2026, 6, 10, tzinfo=UTC)
    session.add_all(
        [
            Participant(
                **of,
                collection_id=collection_id,
                person_id=world.people[Role.FACILITATOR],
                respondent_key_id=key.id,
                organisation_id=world.organisations[0],
            ),
            Response(
                **of,
                id=new_id(),
                collection_id=collection_id,
                respondent_key_id=key.id,
                instrument_hash=collection.instrument_hash,
                organisation_id=world.organisations[0],
                mode=Mode.ONLINE,
                status=ResponseStatus.SUBMITTED,
                draft={},
                submission={},
                started_at=now,
                submitted_at=now,
            ),
            KeptBody(
                **of,
                collection_id=collection_id,
                account_id=world.accounts[Role.FACILITATOR],
                reason="too late",
                body={"answers": COLLEAGUE},
                at=now,
            ),
        ]
    )
    session.flush()


def shown(bench: Bench, canary: str, roles: Iterable[Role | None]) -> tuple[int, set[tuple[str, str]]]:
    """How many looks there were, and who saw the canary where."""
    found, tried = set(), 0
    for role in roles:
        client = bench.browser_of(bench.site.full.accounts[role]) if role else bench.site.app.test_client()
        for look in looks(bench.site, every_table=FULL and role in SOME):
            answer, said = seen(client, look)
            assert role is None or "sign-in" not in answer.headers.get("Location", ""), (role, look)
            tried += 1
            if canary in said:
                found.add((role.value if role else "nobody", look.endpoint))
    return tried, found - {FOR_THE_HOUSEHOLD}


def in_the_queue(migrator: Engine) -> str:
    with migrator.connect() as connection:
        return str(connection.execute(text("SELECT * FROM jobs.procrastinate_jobs")).all())


def test_a_colleague_s_words_are_shown_to_nobody_before_publication_and_after(
    bench: Bench, caplog: pytest.LogCaptureFixture, roles: tuple[Role | None, ...], figure: Figure
) -> None:  # trust A5
    caplog.set_level(logging.INFO)
    planted = plant(bench.site)
    tried, found = shown(bench, WORDS, (Role.COORDINATOR,))
    assert found == set()
    for round_id in bench.site.filled.rounds[:2]:
        published(bench.site.full, round_id, reason="Words were added")
    again, found = shown(bench, COLLEAGUE, roles)
    assert found == set()
    assert WORDS not in caplog.text
    assert WORDS not in in_the_queue(bench.migrator)
    figure(f"{planted} canaries, {tried + again} looks by {len(roles)} people, 0 shown")


@pytest.mark.long
def test_what_is_released_of_many_stands_in_the_release_and_the_author_alone_reads_their_own(
    bench: Bench,
) -> None:  # trust A5
    plant(bench.site)
    published(bench.site.full, bench.site.filled.rounds[0], reason="Words were added")
    _, found = shown(bench, RELEASED, (Role.EVALUATOR,))
    assert {where for _, where in found} <= PUBLISHED
    assert found, "the canaries can be seen where they may"
    _, found = shown(bench, MINE, (Role.PARTNER, Role.COORDINATOR))
    assert {who for who, where in found if where not in PUBLISHED} == {"partner"}


@pytest.mark.long
def test_two_colleagues_who_change_places_change_nothing_that_anybody_sees(
    anew: Anew, roles: tuple[Role | None, ...], figure: Figure
) -> None:  # trust A5
    told: list[dict[str, str]] = []
    for changed in (False, True):
        with anew() as bench:
            if changed:
                change_places(bench.migrator)
            for round_id in bench.site.filled.rounds[:2]:
                published(bench.site.full, round_id, reason="Counted again")
            told.append(everything(bench, (role for role in roles if role)))
    assert told[0].keys() == told[1].keys()
    assert [where for where in told[0] if told[0][where] != told[1][where]] == []
    figure(f"{len(told[0])} looks, 0 tell which of two colleagues gave which scores")


def change_places(migrator: Engine) -> None:
    """Two of the same organisation, in every round: whatever counts them all stays as it was."""
    with migrator.begin() as connection:
        changed = connection.execute(
            text(
                "UPDATE answers.response r SET submission = other.submission FROM answers.response other,"
                " main.respondent_key mine, main.respondent_key theirs"
                " WHERE mine.partnership_id = theirs.partnership_id AND r.respondent_key_id = mine.id"
                " AND other.respondent_key_id = theirs.id AND other.collection_id = r.collection_id"
                " AND (mine.imported_id, theirs.imported_id) IN"
                " (('partner-0', 'partner-3'), ('partner-3', 'partner-0'))"
            )
        )
    assert changed.rowcount == 4


def everything(bench: Bench, roles: Iterable[Role]) -> dict[str, str]:
    """All that anybody sees, without what is drawn anew for each answer or each release."""
    found = {}
    for role in roles:
        client = bench.browser_of(bench.site.full.accounts[role])
        for look in looks(bench.site):
            if look.endpoint not in DRAWN_ANEW:
                answer, said = seen(client, look)
                assert "sign-in" not in answer.headers.get("Location", ""), (role, look)
                found[f"{role.value} {RANDOM.sub('…', look.path)}"] = RANDOM.sub("…", said)
    return found
