"""A partnership in which many partners are asked thirty five-point questions on one page."""

from datetime import UTC, date, datetime, timedelta
from secrets import token_hex, token_urlsafe
from time import time
from uuid import UUID

from sqlalchemy import Engine, insert

from lsp_assess.database.base import Base
from lsp_assess.database.models.access import Account, WebSession
from lsp_assess.database.models.partnerships import Membership, Person
from lsp_assess.database.models.responses import Participant, RespondentKey
from lsp_assess.database.session import Scope, transaction
from lsp_assess.kernel.clock import SetClock
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.web.sessions import ROW_PREFIX, hash_of_cookie
from tests.opened import opened
from tests.world import World, build_world

QUESTIONS = 30
LABELS = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree")
POINTS = "\n".join(
    f"      - {{value: {value}, label: {{en: {label}}}}}" for value, label in enumerate(LABELS, start=1)
)
ITEMS = "\n".join(
    f"      - {{name: q{n}, type: scale, scale: agreement, required: true,"
    f" text: {{en: 'Statement {n}: the partners act on what they have agreed together.'}}}}"
    for n in range(1, QUESTIONS + 1)
)
SOURCE = f"""name: thirty
version: "1.0"
kind: self_assessment
languages: {{en: reviewed}}
title: {{en: Thirty questions}}
minutes: 10
scales:
  agreement:
    points:
{POINTS}
    missing: [dont_know]
sections:
  - name: all
    title: {{en: All of them}}
    items:
{ITEMS}
"""


def asked_partners(engine: Engine, *, number: int) -> list[dict[str, str]]:
    """Signed in, with nothing answered yet: the cookie and the page of each."""
    now = datetime.now(UTC)
    world = build_world(engine, SetClock(now), slug="bench")
    with transaction(engine, Scope(partnership_id=world.partnership_id)) as session:
        collection = opened(session, world, SOURCE, closes_at=now + timedelta(days=30))
        cookies = [ROW_PREFIX + token_urlsafe(32) for _ in range(number)]
        for model, rows in _rows(world, collection.id, cookies, now=now).items():
            session.execute(insert(model), rows)
        page = f"/p/{world.slug}/answer/{collection.id}/1/section/all"
    return [{"cookie": f"session={cookie}", "page": page} for cookie in cookies]


def _rows(
    world: World, collection_id: UUID, cookies: list[str], *, now: datetime
) -> dict[type[Base], list[dict[str, object]]]:
    of = {"partnership_id": world.partnership_id}
    rows: dict[type[Base], list[dict[str, object]]] = {
        model: [] for model in (Account, Person, Membership, RespondentKey, Participant, WebSession)
    }
    for n, cookie in enumerate(cookies):
        account, person, key, uniquifier = new_id(), new_id(), new_id(), token_urlsafe(16)
        organisation = world.organisations[n % len(world.organisations)]
        rows[Account].append({"id": account, "email": f"p{n}@example.org", "fs_uniquifier": uniquifier})
        rows[Person].append({**of, "id": person, "account_id": account, "name": f"Partner {n}"})
        rows[Membership].append(
            {
                **of,
                "id": new_id(),
                "person_id": person,
                "organisation_id": organisation,
                "role": Role.PARTNER,
                "valid_from": date(2024, 1, 1),
            }
        )
        rows[RespondentKey].append({**of, "id": key, "person_id": person})
        rows[Participant].append(
            {
                **of,
                "id": new_id(),
                "collection_id": collection_id,
                "person_id": person,
                "organisation_id": organisation,
                "respondent_key_id": key,
            }
        )
        content = {
            "_user_id": uniquifier,
            "_fresh": False,
            "identity": uniquifier,
            "fs_paa": time(),
            "csrf_token": token_hex(20),
        }
        rows[WebSession].append(
            {
                "id_hash": hash_of_cookie(cookie),
                "account_id": account,
                "content": content,
                "started_at": now,
                "seen_at": now,
            }
        )
    return rows
