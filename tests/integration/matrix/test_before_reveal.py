"""Until scoring closes, whatever a colleague scored, everything that anybody can fetch is the same, byte for
byte: pages, files, heads; and so are the log, the queue, the mail and the record of events."""

import logging
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from uuid import UUID

import pytest
from sqlalchemy import Engine, select, text

from lsp_assess.database.models.partnerships import Collection, Person
from lsp_assess.database.models.responses import Mode, Participant, RespondentKey, Response, ResponseStatus
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.integration.matrix.conftest import Bench
from tests.integration.matrix.crawling import Look, looks, seen
from tests.integration.privacy.canaries import search
from tests.trust_run import Figure, Times
from tests.world import World

Anew = Callable[[], AbstractContextManager[Bench]]
CANARY = "zqcolleague"
COLLEAGUE = "Carys Colleague"
RATED, OPEN_TOO = "meeting", ("progress_wheel", "value_added_perceptions")
# Made anew for each answer, whoever asks: tokens, nonces, the id of a sending, the clock of the machine.
ANEW = re.compile(
    r'(?<=name="csrf_token" value=")[^"]*|(?<=name="sending_id" value=")[^"]*|nonce[-=][^ ;>]+|session=[^;]*'
    r"|(?:Date|Expires|Last-Modified): [^\r\n]*"
)
DRAWN_ANEW = frozenset(
    {"accounts.qr_code", "public.health", "research.file", "residents.interview", "residents.check"}
)
"""A picture of a new secret; how fast the database answers; records under pseudonyms of that file; and what
the table of places opens for nothing, but for an id drawn anew."""
LEFT = ("operations.audit_event", "contacts.mail", "jobs.procrastinate_jobs", "publications.report_job")


def scored(world: World, collection_ids: Sequence[UUID], *, otherwise: bool) -> None:
    """The colleague has answered every open self-assessment; `otherwise`, as differently as can be."""
    of, now = {"partnership_id": world.partnership_id}, world.clock.now()
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        person = session.execute(select(Person).where(Person.name == COLLEAGUE)).scalar_one()
        key = RespondentKey(**of, id=UUID(int=1), person_id=person.id)
        session.add(key)
        session.flush()
        for place, collection_id in enumerate(collection_ids, start=2):
            collection = session.get_one(Collection, (world.partnership_id, collection_id))
            collection.status = CollectionStatus.OPEN
            asked = Participant(
                **of,
                id=UUID(int=place),
                collection_id=collection_id,
                person_id=person.id,
                organisation_id=world.organisations[0],
                respondent_key_id=key.id,
            )
            answers = differently(CANARY) if otherwise else {}
            response = Response(
                **of,
                id=UUID(int=100 + place),
                collection_id=collection_id,
                respondent_key_id=key.id,
                organisation_id=world.organisations[0],
                instrument_hash=collection.instrument_hash,
                mode=Mode.ONLINE,
                status=ResponseStatus.SUBMITTED,
                draft=answers,
                submission=answers,
                started_at=now,
                submitted_at=now,
            )
            session.add_all([asked, response])
        session.flush()


def differently(words: str) -> dict[str, object]:
    """By the names of questions of all three questionnaires; each takes what it knows."""
    return {
        "shared_vision": {"value": 95},
        "senior_commitment": {"missing": "dont_know"},
        "trust_and_challenge": {"missing": "not_applicable", "reason": words},
        "strengths_leadership": {"value": words},
        "vision_and_priorities": {"value": 5},
        "existing_indicators": {"missing": "dont_know"},
    }


def everything(bench: Bench, roles: Sequence[Role | None]) -> Iterator[tuple[str, str]]:
    """All that each of them is told, by who asks for what."""
    for role in roles:
        client = bench.browser_of(bench.site.full.accounts[role]) if role else bench.site.app.test_client()
        for place, look in enumerate((*looks(bench.site), *monitoring(bench))):
            answer, said = seen(client, look)
            assert role is None or "sign-in" not in answer.headers.get("Location", ""), (role, look)
            yield f"{role} {look.endpoint} {place}", f"{answer.status_code} {ANEW.sub('…', said)}"


def monitoring(bench: Bench) -> Iterator[Look]:
    """Who has answered, and what of the meeting there is, of each that is open."""
    home = f"/p/{bench.site.full.slug}"
    for name in (RATED, *OPEN_TOO):
        collection_id = bench.site.filled.collections[name]
        yield Look("coordination.collection", f"{home}/collections/{collection_id}")
        yield Look("meeting.agenda", f"{home}/meeting/{collection_id}")
        yield Look("meeting.minutes", f"{home}/meeting/{collection_id}/minutes")


def left(migrator: Engine) -> dict[str, str]:
    """What was written down meanwhile, without its random ids."""
    with migrator.connect() as connection:
        return {
            table: re.sub(
                "[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", "…", str(connection.execute(rows).all())
            )
            for table in LEFT
            for rows in (text(f"SELECT * FROM {table} ORDER BY 1, 2"),)
        }


@pytest.fixture
def roles(times: Times) -> list[Role | None]:
    """Whoever has most to do with it first."""
    first = [Role.FACILITATOR, Role.COORDINATOR, Role.PARTNER, None]
    every = [*first, *(role for role in Role if role not in first)]
    return every[: times(few=len(first), full=len(every))]


def test_before_the_reveal_everything_is_the_same_whatever_a_colleague_scored(
    anew: Anew, roles: list[Role | None], caplog: pytest.LogCaptureFixture, figure: Figure
) -> None:  # trust A5
    caplog.set_level(logging.INFO)
    told: list[dict[str, str]] = []
    for otherwise in (False, True):
        with anew() as bench:
            caplog.clear()
            filled = bench.site.filled.collections
            scored(bench.site.full, [filled[name] for name in (RATED, *OPEN_TOO)], otherwise=otherwise)
            told.append(dict(everything(bench, roles)) | {"the log": caplog.text} | left(bench.migrator))
            stands = search(bench.migrator, CANARY)
    assert told[0].keys() == told[1].keys()
    apart = [where for where in told[0] if told[0][where] != told[1][where]]
    assert [where for where in apart if where.split()[1] not in DRAWN_ANEW] == []
    assert [where for where in told[1] if CANARY in told[1][where]] == []
    assert stands == ["answers.response"]
    figure(f"{len(told[0])} answers to {len(roles)} people, 0 bytes apart whatever a colleague scored")
