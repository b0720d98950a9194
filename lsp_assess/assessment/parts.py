"""What is said of a part over the people who scored it: median, distribution, spread, what is missing."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

from lsp_assess.assessment.reckoning import Result, reckon
from lsp_assess.assessment.scores import Respondent
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.instruments.scoring import ScoringModel


class Talk(StrEnum):
    """Whether the spread asks for discussion before a score is agreed."""

    FLAGGED = "flagged"
    NOT_FLAGGED = "not_flagged"


MINUTES: Mapping[Talk, int] = MappingProxyType({Talk.FLAGGED: 5, Talk.NOT_FLAGGED: 2})
"""How long the meeting means to talk about a part: 32 parts in an hour and a half, if ten are flagged."""


@dataclass(frozen=True, slots=True)
class PartSummary:
    """`strip` holds score and number of people, lowest first; `median` and `spread` are None where nobody
    scored. `missing` counts every reason that occurred."""

    item: str
    n: int
    median: Fraction | None
    spread: Fraction | None
    strip: tuple[tuple[Fraction, int], ...]
    missing: tuple[tuple[MissingKind, int], ...]
    talk: Talk

    @property
    def dominant_share(self) -> float:
        """The share of the fullest point, which the disclosure gate looks at."""
        return max((count for _, count in self.strip), default=0) / self.n if self.n else 0.0


def median(values: Iterable[Fraction]) -> Fraction | None:
    ordered = sorted(values)
    if not ordered:
        return None
    middle = len(ordered) // 2
    return ordered[middle] if len(ordered) % 2 else (ordered[middle - 1] + ordered[middle]) / 2


def summarise_part(item: str, people: Sequence[Respondent], *, spread_to_discuss: int) -> PartSummary:
    scores = [score for person in people if (score := person.score(item)) is not None]
    reasons = Counter(given for person in people if isinstance(given := person.scores.get(item), MissingKind))
    spread = max(scores) - min(scores) if scores else None
    return PartSummary(
        item=item,
        n=len(scores),
        median=median(scores),
        spread=spread,
        strip=tuple(sorted(Counter(scores).items())),
        missing=tuple((kind, reasons[kind]) for kind in MissingKind if reasons[kind]),
        talk=Talk.FLAGGED if spread is not None and spread >= spread_to_discuss else Talk.NOT_FLAGGED,
    )


def summarise_parts(model: ScoringModel, people: Sequence[Respondent]) -> tuple[PartSummary, ...]:
    return tuple(
        summarise_part(part.item, people, spread_to_discuss=model.spread_to_discuss)
        for criterion in model.criteria
        for part in criterion.parts
    )


def medians(model: ScoringModel, people: Sequence[Respondent]) -> Mapping[str, Fraction]:
    summaries = summarise_parts(model, people)
    return {summary.item: summary.median for summary in summaries if summary.median is not None}


def partnership_result(model: ScoringModel, people: Sequence[Respondent]) -> Result:
    """Median over people for each part, then to points."""
    return reckon(model, medians(model, people))
