"""What people wrote under a criterion: read by the facilitator, struck of what would tell who wrote it, and
only then seen by the room."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from lsp_assess.actions.meeting import Held, held_meeting
from lsp_assess.actions.settings import partnership, today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.remarks import KINDS, check_struck, struck
from lsp_assess.assessment.scores import scoring_of
from lsp_assess.database import release_data
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.responses import ClearedRemark
from lsp_assess.database.remarks import cleared_remarks
from lsp_assess.database.rounds import held_alone
from lsp_assess.instruments import Answered, answers_from_json
from lsp_assess.kernel.errors import Conflict, DomainError, Invalid, NotFound, Problem, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.rounds import CollectionStatus

CLEARING = frozenset({CollectionStatus.CLOSED, CollectionStatus.IN_CONSENSUS})


@dataclass(frozen=True, slots=True)
class Remark:
    """`cleared` is what the room sees of it (nothing, where all is struck), None until somebody has looked
    at it. `key` names it in a form without telling whose it is, or which others are theirs."""

    response_id: UUID
    item: str
    kind: str
    written: str
    cleared: str | None
    version: int

    @property
    def key(self) -> str:
        return "remark-" + sha256(f"{self.response_id}/{self.item}".encode()).hexdigest()[:16]


@dataclass(frozen=True, slots=True)
class Remarks:
    """Of one criterion, by kind and then by their words: the order of arrival tells nothing. Empty where
    fewer than the threshold wrote anything."""

    criterion: str
    remarks: tuple[Remark, ...]

    @property
    def version(self) -> int:
        """Goes up with every change to any of them."""
        return sum(each.version for each in self.remarks)

    @property
    def is_cleared(self) -> bool:
        return all(each.cleared is not None for each in self.remarks)

    @property
    def for_the_room(self) -> Mapping[str, tuple[str, ...]]:
        """Nothing before all of them are cleared: one that was missing would tell when it was written."""
        if not self.is_cleared:
            return {}
        seen = {
            kind: tuple(sorted(each.cleared for each in self.remarks if each.kind == kind and each.cleared))
            for kind in KINDS
        }
        return {kind: words for kind, words in seen.items() if words}


def remarks(work: Work, collection_id: UUID, criterion: str) -> Remarks:
    """Raises NotFound where there is no such criterion, Conflict while it is being answered."""
    held = held_meeting(work, collection_id)
    if criterion not in {each.name for each in scoring_of(held.instrument).criteria}:
        raise NotFound
    if not held.may_be_looked_at:
        raise Conflict(problem("meeting_not_yet"))
    written = list(_written(work, held, criterion))
    if len({response_id for response_id, _, _ in written}) < partnership(work).small_group:
        return Remarks(criterion, ())
    cleared = cleared_remarks(work.session, {response_id for response_id, _, _ in written})
    found = [_remark(response_id, kind, words, criterion, cleared) for response_id, kind, words in written]
    return Remarks(criterion, tuple(sorted(found, key=lambda one: (KINDS.index(one.kind), one.written))))


def clear(work: Work, collection_id: UUID, criterion: str, kept: Mapping[str, str], *, version: int) -> None:
    """Let the room see `kept` of each remark, by key. Raises Invalid where words were put in, Conflict where
    somebody cleared them meanwhile or the meeting is over."""
    collection = held_alone(work.session, collection_id)
    if collection is None:
        raise NotFound
    found = remarks(work, collection_id, criterion)
    if collection.status not in CLEARING:
        raise Conflict(problem("meeting_is_over"))
    if found.version != version:
        raise Conflict(problem("cleared_meanwhile"))
    shown = dict(_checked(found.remarks, kept))
    rows = cleared_remarks(work.session, {each.response_id for each in found.remarks})
    for each in found.remarks:
        row = rows.get((each.response_id, each.item))
        if row is None:
            row = ClearedRemark(
                partnership_id=work.actor.partnership_id,
                id=new_id(),
                response_id=each.response_id,
                item=each.item,
            )
            work.session.add(row)
        row.words = shown[each.key]
    work.session.flush()
    work.record("remarks_cleared", object_kind="collection", object_id=collection_id, criterion=criterion)


def _checked(found: Sequence[Remark], kept: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    problems: list[Problem] = []
    for each in found:
        try:
            yield each.key, check_struck(each.key, each.written, kept.get(each.key, ""))
        except DomainError as refused:
            problems += refused.problems
    if problems:
        raise Invalid(*problems)


def _written(work: Work, held: Held, criterion: str) -> Iterator[tuple[UUID, str, str]]:
    """Response, kind and words."""
    day = today(work)
    for row in release_data.responses_to(work.session, [held.collection.id]):
        answers = answers_from_json(
            instrument_of(work.session, row.instrument_hash), row.submission, today=day
        ).answers
        for kind in KINDS:
            answer = answers.get(f"{kind}_{criterion}")
            if isinstance(answer, Answered) and isinstance(answer.value, str) and answer.value.strip():
                yield row.id, kind, answer.value.strip()


def _remark(
    response_id: UUID,
    kind: str,
    words: str,
    criterion: str,
    cleared: Mapping[tuple[UUID, str], ClearedRemark],
) -> Remark:
    """What was written anew since is not cleared, unless only words were added: those stay unseen."""
    item = f"{kind}_{criterion}"
    row = cleared.get((response_id, item))
    shown = None if row is None or (row.words and struck(words, row.words) is None) else row.words
    return Remark(response_id, item, kind, words, shown, row.version if row else 0)
