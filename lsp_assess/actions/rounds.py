"""Rounds and their collections: made, opened, closed, gone back with a reason."""

from dataclasses import dataclass
from datetime import date, datetime, time
from uuid import UUID

from lsp_assess.actions import spreads
from lsp_assess.actions.editing import check_free, check_version, found
from lsp_assess.actions.questionnaires import take_into_use
from lsp_assess.actions.settings import today, zone
from lsp_assess.actions.work import Work
from lsp_assess.assessment.evidence import USUAL_MONTHS
from lsp_assess.database import frozen_spreads
from lsp_assess.database import rounds as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.meeting import was_looked_at
from lsp_assess.database.models.partnerships import Collection, CollectionEvent, Round
from lsp_assess.instruments.instrument import Instrument, Kind
from lsp_assess.kernel.errors import Conflict, Denied, Invalid, NotFound, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships import rounds
from lsp_assess.partnerships.rounds import CollectionStatus, Need
from lsp_assess.residents.selection import SelectionRule

LAST_MINUTE = time(23, 59)
STILL_MOVABLE = frozenset({CollectionStatus.DRAFT, CollectionStatus.OPEN})


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDetails:
    name: str
    starts_on: date
    ends_on: date
    evidence_months: int = USUAL_MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCollection:
    """`closes_on` is the last day, in the partnership's time zone; `rule` is for households only."""

    instrument_hash: str
    languages: tuple[str, ...]
    closes_on: date | None
    rule: SelectionRule | None = None


def add_round(work: Work, details: RoundDetails) -> UUID:
    work.check("coordinate")
    _check_details(work, details)
    row = Round(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        number=stored.last_number(work.session) + 1,
        name=details.name,
        starts_on=details.starts_on,
        ends_on=details.ends_on,
        evidence_months=details.evidence_months,
    )
    work.session.add(row)
    work.session.flush()
    work.record("round_added", object_kind="round", object_id=row.id)
    return row.id


def change_round(work: Work, round_id: UUID, details: RoundDetails, *, version: int) -> None:
    work.check("coordinate")
    row = found(work, Round, round_id)
    check_version(row, version)
    _check_details(work, details, but=round_id)
    row.name, row.starts_on, row.ends_on = details.name, details.starts_on, details.ends_on
    row.evidence_months = details.evidence_months
    work.session.flush()
    work.record("round_changed", object_kind="round", object_id=round_id)


def add_collection(work: Work, round_id: UUID, new: NewCollection) -> UUID:
    """One questionnaire of the round, as a draft. Raises Invalid where a language is not complete, or the
    round has that questionnaire already."""
    work.check("coordinate")
    row = found(work, Round, round_id)
    instrument = take_into_use(work, new.instrument_hash)
    _check_new(work, row, instrument, new)
    settings = {"selection_rule": new.rule.value} if new.rule and instrument.kind is Kind.HOUSEHOLD else {}
    collection = Collection(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        round_id=row.id,
        instrument_hash=new.instrument_hash,
        status=CollectionStatus.DRAFT,
        closes_at=_end_of(work, new.closes_on),
        languages=list(new.languages),
        settings=settings,
    )
    work.session.add(collection)
    work.session.flush()
    work.record("collection_added", object_kind="collection", object_id=collection.id)
    return collection.id


def set_deadline(work: Work, collection_id: UUID, *, version: int, closes_on: date) -> None:
    work.check("coordinate")
    collection = found(work, Collection, collection_id)
    check_version(collection, version)
    if collection.status not in STILL_MOVABLE:
        raise Conflict(problem("deadline_past_moving"))
    collection.closes_at = _end_of(work, closes_on)
    work.session.flush()
    work.record(
        "deadline_set", object_kind="collection", object_id=collection_id, closes_on=closes_on.isoformat()
    )


def move_collection(
    work: Work, collection_id: UUID, event: rounds.CollectionEvent, *, reason: str = ""
) -> CollectionStatus:
    """Take one step of the collection's life. It is held against submissions until this transaction ends:
    each of them is wholly before the step, or wholly after. Raises Conflict where scores that a facilitator
    has looked at would be scored again: whoever came late would be known by what changed."""
    collection = stored.held_alone(work.session, collection_id)
    if collection is None:
        raise NotFound
    before = collection.status
    step = rounds.transition(before, event)
    if not work.actor.roles & step.by:
        raise Denied(problem("role_needed", roles=", ".join(sorted(step.by))))
    after = rounds.move(before, event, reason=reason, shown=_shown(work, collection))
    if after is CollectionStatus.OPEN and was_looked_at(work.session, collection_id):
        raise Conflict(problem("spread_was_seen"))
    _keep_spread(work, collection, after)
    collection.status = after
    if collection.status is CollectionStatus.OPEN and collection.opens_on is None:
        collection.opens_on = today(work)
    _keep_event(work, collection, event, before=before, reason=reason)
    return collection.status


def _shown(work: Work, collection: Collection) -> frozenset[Need]:
    complete = instrument_of(work.session, collection.instrument_hash).complete_languages
    whole = bool(collection.languages) and set(collection.languages) <= set(complete)
    return frozenset({Need.COMPLETE_LANGUAGES}) if whole else frozenset()


def _keep_spread(work: Work, collection: Collection, after: CollectionStatus) -> None:
    """How the scores lie is frozen when scoring closes, and forgotten where it is opened again."""
    instrument = instrument_of(work.session, collection.instrument_hash)
    if instrument.scoring is None:
        return
    if after is CollectionStatus.OPEN:
        frozen_spreads.thaw(work.session, collection.id)
    elif collection.status is CollectionStatus.OPEN:
        spreads.freeze(work, collection.id, instrument)


def _keep_event(
    work: Work, collection: Collection, event: rounds.CollectionEvent, *, before: str, reason: str
) -> None:
    work.session.add(
        CollectionEvent(
            partnership_id=work.actor.partnership_id,
            id=new_id(),
            collection_id=collection.id,
            at=work.now,
            account_id=work.actor.account_id,
            event=event.value,
            before=before,
            after=collection.status.value,
            reason=reason.strip() or None,
        )
    )
    work.session.flush()
    work.record(
        "collection_moved",
        object_kind="collection",
        object_id=collection.id,
        step=event.value,
        to=collection.status.value,
    )


def _check_details(work: Work, details: RoundDetails, *, but: UUID | None = None) -> None:
    if details.ends_on < details.starts_on:
        place = Place(question="ends_on")
        raise Invalid(problem("ends_before_it_begins", place, since=details.starts_on))
    check_free("name", details.name, _names(work), but=but)


def _check_new(work: Work, row: Round, instrument: Instrument, new: NewCollection) -> None:
    if any(one.questionnaire == instrument.name for one in stored.overviews(work.session, row.id)):
        raise Invalid(problem("questionnaire_twice_in_round", Place(question="instrument")))
    incomplete = sorted(set(new.languages) - set(instrument.complete_languages))
    if incomplete or not new.languages:
        place = Place(question="languages")
        raise Invalid(problem("language_not_complete", place, languages=", ".join(incomplete) or "–"))
    if new.closes_on is not None and new.closes_on < today(work):
        raise Invalid(problem("deadline_in_the_past", Place(question="closes_on")))
    if instrument.kind is Kind.HOUSEHOLD and new.rule is None:
        raise Invalid(problem("selection_rule_needed", Place(question="rule")))


def _names(work: Work) -> dict[str, UUID]:
    return {one.name: one.id for one in stored.rounds(work.session)}


def _end_of(work: Work, day: date | None) -> datetime | None:
    """The last minute of a day where the partnership is; stored as the same instant in UTC."""
    return datetime.combine(day, LAST_MINUTE, tzinfo=zone(work)) if day else None
