"""What the consensus meetings agreed.

Assumed: where the spread is small the median is agreed without discussion. Elsewhere the meeting ends at or
up to ten points from the median, more often below it than above (evidence is asked for), and in about a
third of these parts somebody's dissent is recorded.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from lsp_assess.demonstration.chance import stream
from lsp_assess.instruments.answers import Answer, Answered
from lsp_assess.instruments.scoring import ScoringModel

SHIFTS = (-10, -5, 0, 5)
CHANCES = (0.15, 0.35, 0.35, 0.15)
DISSENT_SHARE = 0.35

UNDISPUTED = "Scores lay close together; the median was agreed without discussion."
RATIONALES = {
    -10: "Read against the described points, the evidence shown did not reach what many had scored.",
    -5: "Reviews are regular in some of the organisations only, so the lower of the two points was taken.",
    0: "After hearing the highest and the lowest scorers the meeting stayed with the middle.",
    5: "Evidence was shown that several had not known of when they scored.",
}
DISSENTS = (
    "One member holds that the score describes the intention and not what residents meet with.",
    "Two members would have scored at least ten points lower and asked that this be written down.",
    "One member holds that the evidence is a year old and no longer true.",
    "Two members think the score too low, since a whole sector had not yet heard of the new arrangement.",
)


@dataclass(frozen=True, slots=True)
class Agreed:
    item: str
    score: int
    rationale: str
    dissent: str | None


def agree(model: ScoringModel, people: Sequence[Mapping[str, Answer]], round_number: int) -> Iterator[Agreed]:
    for criterion in model.criteria:
        for part in criterion.parts:
            scores = [
                int(answer.value)
                for person in people
                if isinstance(answer := person[part.item], Answered) and isinstance(answer.value, int)
            ]
            if scores:
                yield _agreed(model, part.item, scores, round_number)


def _agreed(model: ScoringModel, item: str, scores: Sequence[int], round_number: int) -> Agreed:
    middle = 5 * int(median(scores) // 5)
    if max(scores) - min(scores) < model.spread_to_discuss:
        return Agreed(item, middle, UNDISPUTED, None)
    chance = stream("meeting", round_number, item)
    shift = int(chance.choice(SHIFTS, p=CHANCES))
    dissent = str(chance.choice(DISSENTS)) if chance.random() < DISSENT_SHARE else None
    return Agreed(item, min(100, max(0, middle + shift)), RATIONALES[shift], dissent)
