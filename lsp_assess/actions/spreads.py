"""How scores lie, for the room and for partners: frozen when scoring closes."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING
from uuid import UUID

from lsp_assess.actions.settings import partnership, today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.frozen import FrozenPart, frozen_part
from lsp_assess.assessment.scores import Respondent, person_scores, scoring_of
from lsp_assess.database import frozen_spreads as stored
from lsp_assess.database import release_data
from lsp_assess.database.frozen_spreads import Frozen
from lsp_assess.database.instruments import instrument_of
from lsp_assess.instruments import Instrument, answers_from_json
from lsp_assess.instruments.items import ScaleItem

if TYPE_CHECKING:
    from lsp_assess.assessment.spread import Spread


@dataclass(frozen=True, slots=True)
class PartSpread:
    """`sectors` are medians, of those sectors of which one may be told."""

    spread: "Spread"
    sectors: Mapping[str, Fraction]


def freeze(work: Work, collection_id: UUID, instrument: Instrument) -> None:
    """What may be told of the scores, as they are now."""
    found = _as_it_is(work, collection_id, instrument)
    stored.freeze(work.session, partnership(work).id, collection_id, found, work.now)


def spreads_of(work: Work, collection_id: UUID, instrument: Instrument) -> Mapping[str, PartSpread]:
    """By part; one of which nothing may be told, by the rules of then and of now, is missing."""
    found = stored.frozen(work.session, collection_id) or _as_it_is(work, collection_id, instrument)
    threshold = partnership(work).small_group
    told = {}
    for name, part in found.parts.items():
        spread = gated_spread(name, part, instrument, threshold=threshold)
        if spread is not None:
            told[name] = PartSpread(spread, {} if threshold > found.threshold else part.sectors or {})
    return told


def gated_spread(name: str, part: FrozenPart, instrument: Instrument, *, threshold: int) -> "Spread | None":
    """None where the rule for small groups, as it stands now, forbids it."""
    from lsp_assess.assessment.spread import spread_of  # noqa: PLC0415  (slow to import)

    question = instrument.question(name)
    assert isinstance(question, ScaleItem)  # noqa: S101  a part is scored
    return spread_of(
        name,
        list(part.people(name)),
        scale=question.scale,
        spread_to_discuss=scoring_of(instrument).spread_to_discuss,
        threshold=threshold,
    )


def _as_it_is(work: Work, collection_id: UUID, instrument: Instrument) -> Frozen:
    people, threshold = list(_people(work, collection_id)), partnership(work).small_group
    sectors = {id_: sector for id_, (_, sector) in release_data.organisations(work.session).items() if sector}
    found = {
        part.item: frozen_part(part.item, people, sectors, threshold=threshold)
        for criterion in scoring_of(instrument).criteria
        for part in criterion.parts
    }
    return Frozen(threshold, {name: part for name, part in found.items() if part is not None})


def _people(work: Work, collection_id: UUID) -> Iterator[Respondent]:
    day = today(work)
    for row in release_data.responses_to(work.session, [collection_id]):
        instrument = instrument_of(work.session, row.instrument_hash)
        answers = answers_from_json(instrument, row.submission, today=day).answers
        yield Respondent(
            row.respondent, row.organisation_id or row.respondent, person_scores(instrument, answers)
        )
