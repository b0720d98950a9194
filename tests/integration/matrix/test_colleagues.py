"""What a partner answered, nobody else reads: not in any page, file or log, before publication or after."""

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager

import pytest
from sqlalchemy import Engine, text

from lsp_assess.partnerships.roles import Role
from tests.integration.matrix.colleagues import COLLEAGUE, MINE, RELEASED, WORDS, plant
from tests.integration.matrix.conftest import Bench
from tests.integration.matrix.crawling import looks, seen
from tests.integration.matrix.printing import printed
from tests.integration.publishing.partners import published
from tests.trust_run import FULL, Figure, Times

PUBLISHED = {"results.table", "result_files.csv", "result_files.workbook"}
FOR_THE_HOUSEHOLD = ("coordinator", "coordination.household_file")
"""Everything about a household, for the household that asks for it (ADR 0013); no partner’s words."""
THEIR_OWN = ("facilitator", "own_data.file")
"""The colleague is the facilitator, who takes away what they wrote themselves."""
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
    return tried, found - {FOR_THE_HOUSEHOLD, THEIR_OWN}


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
            told.append(
                everything(bench, (role for role in roles if role))
                | {"the PDF": RANDOM.sub("…", printed(bench.site))}
            )
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
