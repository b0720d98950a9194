"""What the meeting agreed, beside what people scored; neither overwrites the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lsp_assess.assessment.reckoning import Result, reckon
from lsp_assess.instruments.scales import Scale
from lsp_assess.instruments.scoring import ScoringModel
from lsp_assess.kernel.errors import Invalid, Place, problem


@dataclass(frozen=True, slots=True)
class Dissent:
    """`by` is there only where the person agreed to be named."""

    words: str
    by: str | None = None


@dataclass(frozen=True, slots=True)
class AgreedScore:
    item: str
    score: int
    rationale: str
    dissents: tuple[Dissent, ...] = ()


def check_agreed(agreed: AgreedScore, scale: Scale) -> None:
    """Raises `Invalid`: the score stands on the scale, and there is a rationale."""
    place = Place(question=agreed.item)
    problems = []
    if agreed.score not in scale.values:
        problems.append(problem("agreed_score_off_scale", place, score=agreed.score))
    if not agreed.rationale.strip():
        problems.append(problem("agreed_score_without_rationale", place))
    if any(not dissent.words.strip() for dissent in agreed.dissents):
        problems.append(problem("dissent_without_words", place))
    if problems:
        raise Invalid(*problems)


def agreed_result(model: ScoringModel, agreed: Iterable[AgreedScore]) -> Result:
    return reckon(model, {each.item: Fraction(each.score) for each in agreed})


def moved(medians: Mapping[str, Fraction], agreed: Iterable[AgreedScore]) -> Mapping[str, Fraction]:
    """How far the meeting moved from the median of the individual scores, part by part."""
    return {each.item: each.score - medians[each.item] for each in agreed if each.item in medians}


class FindingKind(StrEnum):
    STRENGTH = "strength"
    IMPROVEMENT = "improvement"


LEAST, MOST = 1, 5


@dataclass(frozen=True, slots=True)
class MeetingFinding:
    """A strength or an area for improvement, ranked by impact × feasibility, each from 1 to 5."""

    kind: FindingKind
    words: str
    impact: int
    feasibility: int
    criterion: str | None = None

    def __post_init__(self) -> None:
        if not (LEAST <= self.impact <= MOST and LEAST <= self.feasibility <= MOST):
            raise Invalid(problem("rank_off_scale", impact=self.impact, feasibility=self.feasibility))

    @property
    def rank(self) -> int:
        return self.impact * self.feasibility


def ranked(findings: Sequence[MeetingFinding]) -> tuple[MeetingFinding, ...]:
    """Greatest product first; of equal products the greater impact; otherwise as they were written."""
    return tuple(sorted(findings, key=lambda f: (-f.rank, -f.impact)))
