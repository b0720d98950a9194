"""What the meeting agreed, beside what people scored; neither overwrites the other."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from lsp_assess.assessment.evidence import Relied
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
    evidence: tuple[Relied, ...] = ()


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
    """A strength or an area for improvement, ranked by impact × feasibility: medians of what the partners
    gave, each from 1 to 5; None where too few of them rated it. `voters` is None where the meeting itself
    gave the two."""

    kind: FindingKind
    words: str
    impact: float | None
    feasibility: float | None
    criterion: str | None = None
    voters: int | None = None

    def __post_init__(self) -> None:
        for given in (self.impact, self.feasibility):
            if given is not None:
                check_on_scale(given)

    @property
    def rank(self) -> float | None:
        if self.impact is None or self.feasibility is None:
            return None
        return self.impact * self.feasibility


def check_on_scale(given: float) -> None:
    """Raises Invalid (rank_off_scale)."""
    if not LEAST <= given <= MOST:
        raise Invalid(problem("rank_off_scale", given=given))


def ranked(findings: Sequence[MeetingFinding]) -> tuple[MeetingFinding, ...]:
    """Greatest product first; of equal products the greater impact; otherwise, and without one, as they were
    written."""
    return tuple(sorted(findings, key=lambda f: (-(f.rank or 0), -(f.impact or 0))))
