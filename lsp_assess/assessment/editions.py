"""A criterion followed from one edition to another, by the crosswalk that an edition declares.

What is followed are the criteria of one questionnaire (the frame), each in per cent of its points. An edition
stands in the frame of the questionnaire to which its crosswalk leads; without one, in its own.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from lsp_assess.assessment.reckoning import percentage_of
from lsp_assess.assessment.scores import scoring_of
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.scoring import Corresponding, ScoringModel


@dataclass(frozen=True, slots=True)
class Frame:
    """Name and version of the questionnaire whose criteria are followed."""

    name: str
    version: str


def frame_of(instrument: Instrument) -> Frame:
    """Local questions leave their questionnaire in its frame."""
    crosswalk, origin = scoring_of(instrument).crosswalk, instrument.based_on or instrument
    if crosswalk is not None:
        return Frame(crosswalk.name, crosswalk.version)
    return Frame(origin.name, origin.version)


def corresponding(instrument: Instrument, frame: Frame) -> tuple[Corresponding, ...]:
    """The parts that stand for each criterion of the frame; none where no crosswalk leads there."""
    if frame_of(instrument) != frame:
        return ()
    model = scoring_of(instrument)
    if model.crosswalk is not None:
        return model.crosswalk.criteria
    return tuple(Corresponding(each.name, each.title, each.parts) for each in model.criteria)


def same_parts(one: Instrument, other: Instrument) -> bool:
    """Whether scores of the two stand for the same things."""
    first, second = one.scoring, other.scoring
    if first is None or second is None:
        return False
    return _shares(first) == _shares(second)


def _shares(model: ScoringModel) -> list[list[tuple[str, Fraction]]]:
    return [[(part.item, part.share) for part in criterion.parts] for criterion in model.criteria]


def percentages(
    criteria: tuple[Corresponding, ...], scores: Mapping[str, Fraction]
) -> Mapping[str, Fraction | None]:
    """Of each criterion of the frame that something stands for; None where none of its parts is scored."""
    return {each.name: percentage_of(each.parts, scores)[0] for each in criteria}
