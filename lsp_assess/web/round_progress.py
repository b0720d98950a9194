"""Where a round and its collections stand, and what the coordinator does next."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.database import rounds as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.release_listing import Listed, listed
from lsp_assess.database.rounds import Counts, Overview
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.messages import Message, message
from lsp_assess.partnerships.rounds import CollectionEvent, CollectionStatus, RoundStatus, round_status


@dataclass(frozen=True, slots=True)
class Card:
    """A collection as the round's page shows it."""

    collection: Collection
    title: str
    kind: Kind
    counts: Counts
    overdue: bool

    @property
    def asked(self) -> int:
        """People invited, or addresses in the sample."""
        return self.counts.sampled if self.kind is Kind.HOUSEHOLD else self.counts.invited


@dataclass(frozen=True, slots=True)
class Standing:
    """A round with what has come of it."""

    round: Round
    releases: Sequence[Listed]
    overviews: Sequence[Overview]

    @property
    def status(self) -> RoundStatus:
        statuses = [one.collection.status for one in self.overviews]
        return round_status(statuses, releases=len(self.releases))


@dataclass(frozen=True, slots=True)
class Step:
    """What to do next, and where: the collection, or the round itself."""

    what: Message
    collection_id: UUID | None = None


def standings(session: Session, rounds: Sequence[Round]) -> list[Standing]:
    """Of each round, in their order."""
    found = stored.overviews(session, *(row.id for row in rounds))
    published = listed(session)
    return [
        Standing(
            row,
            [release for release in published if release.round_id == row.id],
            [one for one in found if one.collection.round_id == row.id],
        )
        for row in rounds
    ]


def standing(session: Session, row: Round) -> Standing:
    return standings(session, [row])[0]


def cards(session: Session, shown: Standing, *, today: datetime, language: str) -> list[Card]:
    return [
        card(session, one.collection, one.counts, today=today, language=language) for one in shown.overviews
    ]


def card(session: Session, row: Collection, counts: Counts, *, today: datetime, language: str) -> Card:
    instrument = instrument_of(session, row.instrument_hash)
    overdue = row.status is CollectionStatus.OPEN and row.closes_at is not None and row.closes_at < today
    return Card(row, instrument.title.say(language), instrument.kind, counts, overdue)


def next_step(shown: Sequence[Card], status: RoundStatus) -> Step:
    """The first thing that holds the round up."""
    if not shown:
        return Step(message("round_next.add"))
    for one in shown:
        if step := _next(one):
            return Step(step, one.collection.id)
    if status is RoundStatus.PUBLISHED:
        return Step(message("round_next.published"))
    waiting = [one for one in shown if one.collection.status is CollectionStatus.OPEN]
    if waiting:
        return Step(message("round_next.wait", n=len(waiting)))
    return Step(message("round_next.publish"))


def _next(one: Card) -> Message | None:
    status = one.collection.status
    if status is CollectionStatus.DRAFT:
        return message("round_next.open", title=one.title)
    if status is CollectionStatus.OPEN and one.overdue:
        return message("round_next.close", title=one.title, since=one.collection.closes_at)
    if status is CollectionStatus.OPEN and not one.asked:
        code = "round_next.sample" if one.kind is Kind.HOUSEHOLD else "round_next.invite"
        return message(code, title=one.title)
    if status in (CollectionStatus.CLOSED, CollectionStatus.IN_CONSENSUS):
        return message("round_next.finalise", title=one.title)
    return None


def needs_reason(event: CollectionEvent) -> bool:
    return event is CollectionEvent.REOPEN
