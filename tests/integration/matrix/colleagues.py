"""Canaries in what partners wrote."""

from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
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

WORDS = "zqwords"
COLLEAGUE, RELEASED, MINE = f"{WORDS}-kept", f"{WORDS}-released", f"{WORDS}-mine"


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
