"""What the tables of the resident survey are made from: answers of all rounds, stacked, with their design.

The frame has one row an interview: `round`, `area` and `group` (keys; None where unknown), the columns of
the design, and one column a question with the value of the answer, None outside the question's base.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.rules import LEAST_ANSWERS
from lsp_assess.estimation import Design, Lonely
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.survey_asked import SurveyQuestion
from lsp_assess.residents.population import Population
from lsp_assess.residents.weight_stages import WeightStage

ROUND, AREA, GROUP, WEIGHT = "round", "area", "group", "weight"
BEFORE = "weight:before"
"""The column of the weights as they were before they were raked; None where they were not."""
RAKED = "raked:"
"""Before the name of a margin: the column of its categories, None in a round that was not raked to it."""


@dataclass(frozen=True, slots=True)
class AreaStated:
    """`group` is the key of the group of areas that it belongs to."""

    key: str
    name: Message
    group: str | None = None


@dataclass(frozen=True, slots=True)
class MarginStated:
    """What the published round was raked to: the area or a question. `labels` is by category."""

    name: str
    title: Message
    labels: Mapping[str, Message]


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundDesign:
    """What is stated of the sample of a round. No `stages`: its answers weigh 1 each. `population` is what
    they were raked to."""

    round: str
    has_strata: bool
    has_clusters: bool
    stages: tuple[WeightStage, ...] = ()
    population: Population | None = None

    @property
    def is_stated(self) -> bool:
        return bool(self.stages) or self.has_strata or self.has_clusters


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ResidentSurvey:
    """`rounds` are oldest first, the last one being published. `smallest_change` that matters is
    a share of the scale, 0 to 1, None where none was declared. `design` was made of a frame
    `with_followed`; `designs` say what of it was stated in each round."""

    rounds: tuple[RoundStated, ...]
    questions: tuple[SurveyQuestion, ...]
    areas: tuple[AreaStated, ...]
    groups: tuple[AreaStated, ...]
    design: Design
    designs: tuple[RoundDesign, ...]
    source: Message
    margins: tuple[MarginStated, ...] = ()
    smallest_change: float | None = None
    least_answers: int = LEAST_ANSWERS

    @property
    def now(self) -> RoundStated:
        return self.rounds[-1]

    @property
    def earlier(self) -> tuple[RoundStated, ...]:
        return self.rounds[:-1]

    @property
    def unstated(self) -> frozenset[str]:
        """Rounds without a design among rounds that have one; where no round has any, the design says so."""
        stated = [one for one in self.designs if one.is_stated]
        return frozenset(one.round for one in self.designs if stated and not one.is_stated)

    @property
    def caveats(self) -> tuple[Message, ...]:
        """What is to be said under every table."""
        alone = self.design.structure.lonely_strata and self.design.lonely is Lonely.ADJUST
        return (*self.design.caveats, *((message("residents.note.lonely_adjusted"),) if alone else ()))

    def smallest(self, question: SurveyQuestion) -> float | None:
        """In the question's own unit: a share from 0 to 1, or points of its scale."""
        return None if self.smallest_change is None else self.smallest_change * question.span

    def asked_now(self) -> tuple[SurveyQuestion, ...]:
        return tuple(question for question in self.questions if self.now.key in question.asked)


def with_followed(frame: pd.DataFrame, questions: Sequence[SurveyQuestion]) -> pd.DataFrame:
    """The frame with the columns of what is followed, and of favourable less unfavourable."""
    made: dict[str, pd.Series[float]] = {}
    for question in questions:
        if not question.is_share:
            continue
        answers = frame[question.key]
        good, bad = answers.isin(question.favourable), answers.isin(question.unfavourable)
        made[question.followed] = good.astype(float).where(answers.notna(), np.nan)
        made[f"{question.key}:net"] = (good.astype(float) - bad.astype(float)).where(answers.notna(), np.nan)
    return pd.concat([frame, pd.DataFrame(made, index=frame.index)], axis=1)
