"""The challenge log: asked about a part, an action or an indicator, and answered by whoever leads it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lsp_assess.access.actor import Actor
from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.meeting import meeting
from lsp_assess.actions.red_lights import red_among
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.challenge import part_may_be_talked_of, signs_as
from lsp_assess.database import challenge as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.challenge import Challenge
from lsp_assess.database.models.outcomes import Action, Indicator
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.outcomes import record_of
from lsp_assess.database.release_records import indicators
from lsp_assess.database.rounds import current_partners
from lsp_assess.kernel.errors import Conflict, Denied, Invalid, NotFound, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """A part of a meeting, an action or an indicator; `lead_id` is the organisation that owns it."""

    part: str | None = None
    collection_id: UUID | None = None
    action_id: UUID | None = None
    indicator_id: UUID | None = None
    lead_id: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """`lead_person_id` leads a part; `meeting_id` is the meeting at which an action or an indicator was asked
    about, None between meetings."""

    words: str
    reply_by: date
    lead_person_id: UUID | None = None
    meeting_id: UUID | None = None


def about_part(work: Work, collection_id: UUID, part: str) -> Subject:
    """Raises NotFound for a part of no meeting, or of one that the actor may not know of yet."""
    work.check("challenge")
    row = found(work, Collection, collection_id)
    model = instrument_of(work.session, row.instrument_hash).scoring
    parts = {one.item for criterion in model.criteria for one in criterion.parts} if model else set()
    if part not in parts or collection_id not in {held.id for held, _ in meetings(work)}:
        raise NotFound
    return Subject(part=part, collection_id=collection_id)


def about_action(work: Work, action_id: UUID) -> Subject:
    work.check("challenge")
    return Subject(action_id=action_id, lead_id=found(work, Action, action_id).owner_id)


def about_indicator(work: Work, indicator_id: UUID) -> Subject:
    work.check("challenge")
    row = found(work, Indicator, indicator_id)
    return Subject(indicator_id=indicator_id, lead_id=row.lead_organisation_id)


def meetings(work: Work) -> list[tuple[Collection, Round]]:
    """Those that the actor may know of, the latest first."""
    work.check("challenge")
    knows = _knows(work)
    return [(held, round_) for held, round_ in stored.meetings(work.session) if knows(held.id)]


def ask(work: Work, subject: Subject, question: Question) -> UUID:
    """Signed by the role that the actor asks in, a partner's by the organisation."""
    work.check("challenge")
    day, role = today(work), signs_as(work.actor.roles)
    if role is None:
        raise Denied(problem("membership_needed"))
    if question.reply_by < day:
        raise Invalid(problem("reply_in_the_past", Place(question="reply_by")))
    partners: dict[UUID | None, UUID | None] = {
        person.id: held.organisation_id for person, held in current_partners(work.session, day)
    }
    if subject.part is not None and question.lead_person_id not in partners:
        raise Invalid(problem("part_needs_a_lead", Place(question="lead")))
    row = Challenge(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        round_id=_round(work, subject, question),
        collection_id=subject.collection_id or question.meeting_id,
        part=subject.part,
        action_id=subject.action_id,
        indicator_id=subject.indicator_id,
        flagged=_is_flagged(work, subject),
        question=question.words,
        asked_as=role,
        asking_id=partners.get(work.actor.person_id) if role is Role.PARTNER else None,
        asked_by=work.actor.account_id,
        asked_on=day,
        reply_by=question.reply_by,
        lead_id=partners[question.lead_person_id] if subject.part else subject.lead_id,
        lead_person_id=question.lead_person_id,
    )
    work.session.add(row)
    work.session.flush()
    work.record("challenge_asked", object_kind="challenge", object_id=row.id)
    return row.id


def known(work: Work) -> Sequence[Challenge]:
    """The questions that the actor may know of, the latest first."""
    work.check("challenge")
    knows = _knows(work)
    rows = stored.challenges(work.session)
    return [row for row in rows if row.part is None or (row.collection_id and knows(row.collection_id))]


def one(work: Work, challenge_id: UUID) -> Challenge:
    """Raises NotFound, too, where the actor may not know of it."""
    work.check("challenge")
    row = found(work, Challenge, challenge_id)
    if row.part is not None and row.collection_id and not _knows(work)(row.collection_id):
        raise NotFound
    return row


def leads(actor: Actor, row: Challenge) -> bool:
    """Whoever is named, and whoever answers for the organisation that leads."""
    named = actor.person_id is not None and row.lead_person_id == actor.person_id
    return named or (Role.PARTNER in actor.roles and row.lead_id in actor.organisations)


def may_answer(actor: Actor, row: Challenge) -> bool:
    """The coordinator writes down an answer that came by another way; it is signed so."""
    return row.answer is None and (leads(actor, row) or Role.COORDINATOR in actor.roles)


def answer(work: Work, challenge_id: UUID, words: str, *, version: int) -> None:
    """Once: what was answered stands, and a further question may be asked about it."""
    row = one(work, challenge_id)
    if row.answer is not None:
        raise Conflict(problem("challenge_answered"))
    if not may_answer(work.actor, row):
        raise Denied(problem("only_the_lead_answers"))
    check_version(row, version)
    row.answering_id = row.lead_id if leads(work.actor, row) else None
    row.answer, row.answered_by, row.answered_on = words, work.actor.account_id, today(work)
    row.lead_person_id = None
    work.session.flush()
    work.record("challenge_answered", object_kind="challenge", object_id=challenge_id)


def reword(work: Work, challenge_id: UUID, *, question: str, answered: str | None, version: int) -> None:
    """Strike what names somebody or tells of a score; that it was reworded is said beside it."""
    work.check("coordinate")
    row = one(work, challenge_id)
    check_version(row, version)
    row.question, row.reworded_on = question, today(work)
    if row.answer is not None:
        row.answer = answered or row.answer
    work.session.flush()
    work.record("challenge_reworded", object_kind="challenge", object_id=challenge_id)


def flags(work: Work) -> Iterator[Action | Indicator]:
    """What stands on red and was not asked about in the latest round. Disagreement is flagged on the agenda
    of its meeting, to those who may see it there."""
    yield from red_actions_not_asked_about(work)
    asked, records = _asked_about(work), indicators(work.session)
    yield from (row for row in red_among(work.session, records, on=today(work)) if row.id not in asked)


def red_actions_not_asked_about(work: Work) -> Sequence[Action]:
    work.check("coordinate")
    asked = _asked_about(work)
    return [row for row in stored.red_actions(work.session) if row.id not in asked]


def _asked_about(work: Work) -> frozenset[UUID]:
    """The actions and indicators that the latest round has asked about."""
    latest = stored.latest_round(work.session)
    return stored.asked_about(work.session, latest.id) if latest else frozenset()


def _knows(work: Work) -> Callable[[UUID], bool]:
    """Whether the actor may know what is asked about the parts of a collection."""
    rows = stored.standings(work.session)

    def knows(collection_id: UUID) -> bool:
        status, is_published = rows[collection_id]
        return part_may_be_talked_of(work.actor.roles, status, is_published=is_published)

    return knows


def _round(work: Work, subject: Subject, question: Question) -> UUID:
    meeting_id = subject.collection_id or question.meeting_id
    if meeting_id is not None:
        held = next((round_ for one, round_ in meetings(work) if one.id == meeting_id), None)
        if held is None:
            raise NotFound
        return held.id
    latest = stored.latest_round(work.session)
    if latest is None:
        raise Conflict(problem("no_round_to_ask_in"))
    return latest.id


def _is_flagged(work: Work, subject: Subject) -> bool:
    """A partner is not told by asking: of a part only whoever may see the spread raises what is flagged."""
    if subject.action_id is not None:
        return found(work, Action, subject.action_id).light == "red"
    if subject.indicator_id is not None:
        record = record_of(work.session, subject.indicator_id)
        return record is not None and any(red_among(work.session, [record], on=today(work)))
    if subject.collection_id is None or not allows(POLICIES["facilitate"], work.actor):
        return False
    spread = meeting(work, subject.collection_id).spreads[subject.part or ""]
    return spread is not None and spread.is_flagged
