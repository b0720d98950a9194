"""What the meeting agrees, and takes back: steps of a record that is only added to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.editing import found
from lsp_assess.actions.meeting import held_meeting
from lsp_assess.actions.meeting_evidence import rely_on
from lsp_assess.actions.work import Work
from lsp_assess.assessment.consensus import AgreedScore, check_agreed
from lsp_assess.assessment.record import Step, standing
from lsp_assess.database import meeting as stored
from lsp_assess.database.models import responses as rows
from lsp_assess.database.models.partnerships import Person
from lsp_assess.database.rounds import held_alone
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.rounds import CollectionStatus


@dataclass(frozen=True, slots=True)
class Dissenting:
    """`person_id` is whoever signs, which needs their word that they agree to be named. One without words is
    none."""

    words: str
    person_id: UUID | None = None
    agreed_to_be_named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    part: str
    score: int
    rationale: str
    dissents: tuple[Dissenting, ...] = ()
    evidence: tuple[UUID, ...] = ()


def agree(work: Work, collection_id: UUID, agreement: Agreement, *, version: int) -> None:
    """Write down what the meeting agreed on a part. `version` is how many steps its record had when the page
    was shown; raises Conflict where somebody added one meanwhile, or the meeting is not in session."""
    held = held_meeting(work, collection_id)
    scale = held.question(agreement.part).scale
    record = _record(work, collection_id, agreement.part, version=version)
    check_agreed(AgreedScore(agreement.part, agreement.score, agreement.rationale), scale)
    _check_dissents(work, agreement.dissents)
    row = _row(work, collection_id, agreement.part, step=len(record) + 1)
    row.score, row.rationale = agreement.score, agreement.rationale
    relied = list(rely_on(work, held, row.id, agreement.part, agreement.evidence))
    work.session.add(row)
    work.session.flush()
    work.session.add_all(relied)
    work.session.add_all(_dissents(work, row.id, agreement.dissents))
    work.session.flush()
    work.record("score_agreed", object_kind="collection", object_id=collection_id, part=agreement.part)


def take_back(work: Work, collection_id: UUID, part: str, *, version: int) -> None:
    """One step back: what was agreed before stands again, or nothing."""
    held_meeting(work, collection_id).question(part)
    record = _record(work, collection_id, part, version=version)
    if standing(record) is None:
        raise Conflict(problem("nothing_agreed"))
    work.session.add(_row(work, collection_id, part, step=len(record) + 1))
    work.session.flush()
    work.record("agreed_score_taken_back", object_kind="collection", object_id=collection_id, part=part)


def _record(work: Work, collection_id: UUID, part: str, *, version: int) -> Sequence[Step]:
    """Held alone until this transaction ends: of two facilitators at once the second sees the first."""
    collection = held_alone(work.session, collection_id)
    if collection is None:
        raise NotFound
    if collection.status is not CollectionStatus.IN_CONSENSUS:
        raise Conflict(problem("meeting_not_in_session"))
    record = stored.records(work.session, [collection_id]).get((collection_id, part), ())
    if len(record) != version:
        raise Conflict(problem("agreed_meanwhile"))
    return record


def _check_dissents(work: Work, dissents: Sequence[Dissenting]) -> None:
    """Raises Invalid where one says nothing, or names somebody who has not agreed to it."""
    problems = []
    for place, each in enumerate(dissents, start=1):
        if each.person_id is None:
            continue
        found(work, Person, each.person_id)
        if not each.words:
            problems.append(problem("dissent_without_words", Place(question=f"dissent_{place}")))
        if not each.agreed_to_be_named:
            problems.append(problem("dissent_signer_not_asked", Place(question=f"named_{place}")))
    if problems:
        raise Invalid(*problems)


def _row(work: Work, collection_id: UUID, part: str, *, step: int) -> rows.AgreedScore:
    """Without a score it takes the last one back."""
    return rows.AgreedScore(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        collection_id=collection_id,
        part=part,
        step=step,
        rationale="",
        at=work.now,
        account_id=work.actor.account_id,
    )


def _dissents(work: Work, agreed_id: UUID, dissents: Sequence[Dissenting]) -> Iterator[rows.Dissent]:
    for place, each in enumerate(dissents, start=1):
        if each.words:
            yield rows.Dissent(
                partnership_id=work.actor.partnership_id,
                id=new_id(),
                agreed_score_id=agreed_id,
                place=place,
                words=each.words,
                person_id=each.person_id,
            )
