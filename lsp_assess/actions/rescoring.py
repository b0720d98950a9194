"""A part scored again at the meeting: opened and revealed by a facilitator, scored by each partner alone."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.meeting import held_meeting
from lsp_assess.actions.settings import partnership, today
from lsp_assess.actions.spreads import gated_spread
from lsp_assess.actions.work import Work
from lsp_assess.assessment.frozen import FrozenPart
from lsp_assess.assessment.rescoring import (
    RescoringStatus,
    Step,
    check_score,
    check_scoring,
    moved_on,
)
from lsp_assess.database import rescoring as stored
from lsp_assess.database.answering import held_open
from lsp_assess.database.base import Json
from lsp_assess.database.frozen_spreads import as_json
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.models.rescoring import Rescoring, SecondScore
from lsp_assess.database.rounds import held_alone
from lsp_assess.instruments import Instrument
from lsp_assess.instruments.items import ScaleItem
from lsp_assess.kernel.errors import Conflict, NotFound, problem
from lsp_assess.kernel.ids import new_id

EVENTS: Mapping[Step, str] = MappingProxyType(
    {
        Step.OPEN: "rescoring_opened",
        Step.TAKE_BACK: "rescoring_taken_back",
        Step.REVEAL: "rescoring_revealed",
    }
)


@dataclass(frozen=True, slots=True)
class Counted:
    """How many have scored again, of how many; never who, and never what."""

    status: RescoringStatus
    scored: int
    asked: int


@dataclass(frozen=True, slots=True)
class Again:
    """A part that a person is asked to score again; `own` is what they gave, if they have."""

    rescoring: Rescoring
    collection: Collection
    round: Round
    instrument: Instrument
    own: SecondScore | None

    @property
    def question(self) -> ScaleItem:
        asked = self.instrument.question(self.rescoring.part)
        assert isinstance(asked, ScaleItem)  # noqa: S101  a part is scored
        return asked


def take_step(work: Work, collection_id: UUID, part: str, step: Step) -> None:
    """Nobody scores while it is taken: each second score is wholly before the reveal, or refused. Taken
    twice, it is taken once. Raises Conflict as `moved_on` does."""
    held = held_meeting(work, collection_id)
    held.question(part)
    collection = held_alone(work.session, collection_id)
    assert collection is not None  # noqa: S101  it was found just now, and none is ever deleted
    row = stored.rescoring(work.session, collection_id=collection_id, part=part)
    given = stored.scores_given(work.session, row.id) if row else ()
    before = row.status if row else None
    threshold = partnership(work).small_group
    after = moved_on(collection.status, before, step, scored=len(given), threshold=threshold)
    if after is before:
        return
    if row is None:
        row = _new(work, collection_id, part)
    row.status = after
    if after is RescoringStatus.REVEALED:
        row.revealed_at = work.now
        row.shown = _frozen(part, given, held.instrument, threshold)
    work.session.flush()
    work.record(EVENTS[step], object_kind="collection", object_id=collection_id, part=part)


def counted(work: Work, collection_id: UUID, part: str) -> Counted:
    """Raises NotFound where the part is not scored again."""
    work.check("follow_rescoring")
    row = _row(work, collection_id, part)
    scored = stored.people_scored(work.session, row.id)
    asked = stored.people_asked(work.session, collection_id, today(work))
    return Counted(row.status, len(scored), len(scored | asked))


def to_score_again(work: Work) -> Iterator[Again]:
    """What is open now for the person, in meetings that are in session."""
    work.check("score_again")
    for row, collection, round_ in stored.open_rescorings(work.session):
        if work.actor.person_id in stored.people_asked(work.session, collection.id, today(work)):
            yield _again(work, row, collection, round_)


def again(work: Work, collection_id: UUID, part: str) -> Again:
    """Also once it is over, to say so. Raises NotFound where it was not opened, or the person is not
    asked."""
    work.check("score_again")
    collection, row = found(work, Collection, collection_id), _row(work, collection_id, part)
    if work.actor.person_id not in stored.people_asked(work.session, collection_id, today(work)):
        raise NotFound
    return _again(work, row, collection, found(work, Round, collection.round_id))


def score_again(work: Work, collection_id: UUID, part: str, score: int, *, version: int) -> None:
    """In the place of what the person gave before; `version` is 0 for the first time. Raises Conflict once
    it is revealed, or where the same person scored in another tab."""
    found(work, Collection, collection_id)
    collection = held_open(work.session, collection_id)
    asked = again(work, collection_id, part)
    check_scoring(collection.status, asked.rescoring.status)
    check_score(score, asked.question.scale)
    row = asked.own
    if row is None and version:
        raise Conflict(problem("changed_meanwhile"))
    if row is None:
        assert work.actor.person_id is not None  # noqa: S101  whoever is asked is somebody
        row = SecondScore(
            partnership_id=work.actor.partnership_id,
            id=new_id(),
            rescoring_id=asked.rescoring.id,
            person_id=work.actor.person_id,
        )
        work.session.add(row)
    else:
        check_version(row, version)
    row.score, row.at = score, work.now
    work.session.flush()
    work.record("scored_again", object_kind="collection", object_id=collection_id, part=part)


def _row(work: Work, collection_id: UUID, part: str) -> Rescoring:
    row = stored.rescoring(work.session, collection_id=collection_id, part=part)
    if row is None:
        raise NotFound
    return row


def _again(work: Work, row: Rescoring, collection: Collection, round_: Round) -> Again:
    instrument = instrument_of(work.session, collection.instrument_hash)
    own = None
    if work.actor.person_id is not None:
        own = stored.second_score(work.session, row.id, person_id=work.actor.person_id)
    return Again(row, collection, round_, instrument, own)


def _new(work: Work, collection_id: UUID, part: str) -> Rescoring:
    row = Rescoring(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        collection_id=collection_id,
        part=part,
        opened_at=work.now,
    )
    work.session.add(row)
    return row


def _frozen(part: str, given: Sequence[int], instrument: Instrument, threshold: int) -> Json | None:
    """As it may be shown; of what may not be, nothing is kept."""
    strip = FrozenPart(tuple((Fraction(score), n) for score, n in sorted(Counter(given).items())))
    spread = gated_spread(part, strip, instrument, threshold=threshold)
    return None if spread is None else as_json(strip)
