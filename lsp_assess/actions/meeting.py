"""The consensus meeting: the facilitator sees the spread without names once scoring is closed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from lsp_assess.actions.editing import found
from lsp_assess.actions.second_scores import Second, second_scorings
from lsp_assess.actions.spreads import spreads_of
from lsp_assess.actions.work import Work
from lsp_assess.assessment.blinding import Sight, sight_of_others
from lsp_assess.assessment.consensus import AgreedScore, agreed_result
from lsp_assess.assessment.parts import MINUTES, Talk
from lsp_assess.assessment.reckoning import Result
from lsp_assess.assessment.record import Step, standing
from lsp_assess.assessment.scores import scoring_of
from lsp_assess.database import meeting as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.instruments import Instrument
from lsp_assess.instruments.items import ScaleItem
from lsp_assess.instruments.scoring import Criterion
from lsp_assess.kernel.errors import Conflict, NotFound, problem
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus

if TYPE_CHECKING:
    from lsp_assess.assessment.spread import Spread


@dataclass(frozen=True, slots=True)
class Held:
    """A questionnaire with scored parts, and where it stands."""

    collection: Collection
    round: Round
    instrument: Instrument

    @property
    def may_be_looked_at(self) -> bool:
        return sight_of_others(Role.FACILITATOR, self.collection.status) is Sight.SPREAD

    @property
    def may_agree(self) -> bool:
        return self.collection.status is CollectionStatus.IN_CONSENSUS

    @property
    def parts(self) -> Mapping[str, Criterion]:
        """The criterion of each part, in the order of the questionnaire."""
        model = scoring_of(self.instrument)
        return {part.item: criterion for criterion in model.criteria for part in criterion.parts}

    def question(self, part: str) -> ScaleItem:
        """Raises NotFound where the questionnaire has no such part."""
        asked = self.instrument.question(part) if part in self.parts else None
        if not isinstance(asked, ScaleItem):
            raise NotFound
        return asked


@dataclass(frozen=True, slots=True)
class Meeting:
    """All by part. A spread is None where nothing may be told of it; `sectors` are medians of those of which
    one may be told."""

    held: Held
    spreads: "Mapping[str, Spread | None]"
    sectors: Mapping[str, Mapping[str, Fraction]]
    second: Mapping[str, Second]
    record: Mapping[str, tuple[Step, ...]]
    agenda: tuple[str, ...]

    def agreed(self, item: str) -> AgreedScore | None:
        step = standing(self.record.get(item, ()))
        return step.agreed if step else None

    def moved(self, item: str) -> Fraction | None:
        """How far what was agreed lies from the median of what people had scored."""
        agreed, spread = self.agreed(item), self.spreads[item]
        if agreed is None or spread is None or spread.summary.median is None:
            return None
        return agreed.score - spread.summary.median

    def minutes(self, item: str) -> int:
        """How long the agenda gives to a part."""
        spread = self.spreads[item]
        return MINUTES[Talk.NOT_FLAGGED if spread is None else spread.summary.talk]

    @property
    def was_held(self) -> bool:
        """It sits, or is over and agreed on something: it may be asked about."""
        is_over = self.held.collection.status is CollectionStatus.FINAL
        return self.held.may_agree or (is_over and bool(self.record))

    @property
    def result(self) -> Result:
        """Of what is agreed so far."""
        agreed = [one for item in self.spreads if (one := self.agreed(item)) is not None]
        return agreed_result(scoring_of(self.held.instrument), agreed)


def meetings(work: Work) -> Iterator[Held]:
    """Of the latest round first; those that are still being answered too."""
    work.check("facilitate")
    yield from _all_held(work)


def meetings_begun(work: Work) -> Iterator[Held]:
    """Those of which partners see the spread, of the latest round first."""
    work.check("see_spread")
    for held in _all_held(work):
        if sight_of_others(Role.PARTNER, held.collection.status) is Sight.SPREAD:
            yield held


def meeting(work: Work, collection_id: UUID) -> Meeting:
    """Raises NotFound where the questionnaire has no scored parts, Conflict while it is being answered:
    nothing of anybody's scores is even read then."""
    held = held_meeting(work, collection_id)
    if not held.may_be_looked_at:
        raise Conflict(problem("meeting_not_yet"))
    return _meeting(work, held)


def meeting_of_partners(work: Work, collection_id: UUID) -> Meeting:
    """As partners see it, from when the meeting has begun. Raises as `meeting`."""
    work.check("see_spread")
    held = _held(work, collection_id)
    if sight_of_others(Role.PARTNER, held.collection.status) is not Sight.SPREAD:
        raise Conflict(problem("spread_not_yet"))
    return _meeting(work, held)


def held_meeting(work: Work, collection_id: UUID) -> Held:
    work.check("facilitate")
    return _held(work, collection_id)


def _meeting(work: Work, held: Held) -> Meeting:
    from lsp_assess.assessment.spread import agenda  # noqa: PLC0415  (slow to import; only this needs it)

    told = spreads_of(work, held.collection.id, held.instrument)
    spreads = {part: told[part].spread if part in told else None for part in held.parts}
    records = stored.records(work.session, [held.collection.id])
    return Meeting(
        held=held,
        spreads=spreads,
        sectors={part: each.sectors for part, each in told.items()},
        second=second_scorings(work, held.collection.id, held.instrument),
        record={part: steps for (_, part), steps in records.items()},
        agenda=agenda(spreads, spreads),
    )


def _all_held(work: Work) -> Iterator[Held]:
    for collection, round_ in stored.scored_collections(work.session):
        instrument = instrument_of(work.session, collection.instrument_hash)
        if instrument.scoring is not None:
            yield Held(collection, round_, instrument)


def _held(work: Work, collection_id: UUID) -> Held:
    collection = found(work, Collection, collection_id)
    instrument = instrument_of(work.session, collection.instrument_hash)
    if instrument.scoring is None:
        raise NotFound
    return Held(collection, found(work, Round, collection.round_id), instrument)
