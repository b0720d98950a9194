"""What the room sees of a part: all scores without names, their middle and how far people agree."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from lsp_assess.assessment.agreement import part_agreement
from lsp_assess.assessment.parts import PartSummary, Talk, summarise_part
from lsp_assess.assessment.scores import Respondent
from lsp_assess.disclosure.rules import SmallGroup
from lsp_assess.estimation.few import Agreement, Middle, middle
from lsp_assess.instruments.scales import Scale


@dataclass(frozen=True, slots=True)
class Spread:
    """`summary.strip` holds how many gave each score, lowest first: it has no order of people, so that nobody
    can be followed from part to part."""

    summary: PartSummary
    middle: Middle
    agreement: Agreement

    @property
    def is_flagged(self) -> bool:
        return self.summary.talk is Talk.FLAGGED


def spread_of(
    item: str, people: Sequence[Respondent], *, scale: Scale, spread_to_discuss: int, threshold: int
) -> Spread | None:
    """None where the rule for small groups forbids it: too few scored, or nearly all alike. Nothing is told
    then, not even how many."""
    summary = summarise_part(item, people, spread_to_discuss=spread_to_discuss)
    scores = sorted(score for person in people if (score := person.score(item)) is not None)
    agreement = part_agreement(scores, scale)
    if agreement is None or SmallGroup(summary.n, threshold, summary.dominant_share).forbids:
        return None
    return Spread(summary, middle([float(score) for score in scores]), agreement)


def agenda(items: Iterable[str], spreads: Mapping[str, Spread | None]) -> tuple[str, ...]:
    """Flagged parts first, the widest spread first; parts of which nothing is told last, as they stand in the
    questionnaire."""

    def disagreement(item: str) -> tuple[bool, bool, Fraction, float]:
        spread = spreads[item]
        if spread is None or spread.summary.spread is None:
            return True, True, Fraction(0), 0.0
        return (
            False,
            not spread.is_flagged,
            -spread.summary.spread,
            -spread.agreement.average_deviation,
        )

    return tuple(sorted(items, key=disagreement))
