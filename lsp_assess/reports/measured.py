"""Estimates of a survey question, as cells that carry the rule they fall under."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil

import pandas as pd

from lsp_assess import estimation
from lsp_assess.disclosure.rounding import SMALL_BASE
from lsp_assess.disclosure.rules import Figure, SurveyEstimate
from lsp_assess.disclosure.tables import RawCell
from lsp_assess.disclosure.values import Caution, Estimate, IntervalMethod, Missing, Number
from lsp_assess.estimation import Change, Estimates, Flag, Method
from lsp_assess.reports.survey import ROUND, ResidentSurvey
from lsp_assess.reports.survey_asked import Asking, SurveyQuestion

EVERYBODY = "all"
CAUTIONS = {
    Flag.CAUTION_N: Caution.SMALL_BASE,
    Flag.LOW_DF: Caution.FEW_DEGREES_OF_FREEDOM,
    Flag.WIDE_INTERVAL: Caution.WIDE_INTERVAL,
    Flag.NO_DF: Caution.NO_INTERVAL,
}
"""Flags of figures that are shown; the others are of figures that the gate withholds."""
OF_A_ROUND = frozenset({Caution.WIDE_INTERVAL})
"""Said beside the round's own figure, and not beside its change."""
FEW_DF = 8


def figure_key(question: SurveyQuestion, round_key: str, where: str = EVERYBODY) -> str:
    return f"residents/{question.key}/{round_key}/{where}"


@dataclass(frozen=True, slots=True, eq=False)
class Measured:
    """One question over rounds, and over areas where `dimension` names their column. Shares are turned
    into percentages as they leave. `unstated` are the rounds without a design among rounds that have one."""

    question: SurveyQuestion
    estimates: Estimates
    counts: Mapping[tuple[str, str], int]
    least_answers: int
    dimension: str | None = None
    unstated: Collection[str] = ()

    @property
    def times(self) -> float:
        return 100.0 if self.question.is_share else 1.0

    def pick(self, round_key: str, where: str = EVERYBODY) -> estimation.Estimate | None:
        for one in self.estimates.estimates:
            if one.where(ROUND) != round_key:
                continue
            if self.dimension is None or one.where(self.dimension) == where:
                return one
        return None

    def place(self, where: str) -> str:
        return EVERYBODY if self.dimension is None else f"{self.dimension}:{where}"

    def figure(self, round_key: str, where: str = EVERYBODY) -> Figure:
        """The figure also of an area that nobody answered from."""
        key, one = figure_key(self.question, round_key, self.place(where)), self.pick(round_key, where)
        if one is None:
            return Figure(key, SurveyEstimate(0, 0.0, least_answers=self.least_answers))
        count = self.counts.get((round_key, where), 0) if self.question.is_share else None
        return Figure(key, SurveyEstimate(one.n, one.effective_n, count, self.least_answers))

    def value_cell(self, round_key: str, where: str = EVERYBODY) -> RawCell:
        asking = self.question.asked.get(round_key)
        if asking is None:
            return RawCell(missing=Missing.NOT_ASKED)
        one, figure = self.pick(round_key, where), self.figure(round_key, where)
        if one is None or one.value is None:
            return RawCell(None, (figure,))
        return RawCell(self._estimate(one, self.doubts(one, round_key)), (figure,))

    def base_cell(
        self, round_key: str, where: str = EVERYBODY, *, cautions: tuple[Caution, ...] = ()
    ) -> RawCell:
        if round_key not in self.question.asked:
            return RawCell(missing=Missing.NOT_ASKED)
        figure = self.figure(round_key, where)
        assert isinstance(figure.rule, SurveyEstimate)  # noqa: S101 (made a few lines above)
        return RawCell(Number(figure.rule.n, cautions=cautions), (figure,))

    def doubts(self, one: estimation.Estimate | Change, *rounds: str) -> tuple[Caution, ...]:
        """What is to be said beside a figure of these rounds that is shown all the same."""
        found = {CAUTIONS[flag] for flag in one.flags if flag in CAUTIONS}
        if any(self.question.asked.get(key, Asking.SAME) is not Asking.SAME for key in rounds):
            found.add(Caution.SERIES_BREAK)
        if any(key in self.unstated for key in rounds):
            found.add(Caution.SIMPLE_RANDOM_SAMPLE)
        if isinstance(one, Change):
            found -= OF_A_ROUND
        else:
            found |= _of_one_round(one)
        if one.method is not Method.CENSUS and 1 <= one.df < FEW_DF:
            found.add(Caution.FEW_DEGREES_OF_FREEDOM)
        return tuple(caution for caution in Caution if caution in found)

    def _estimate(self, one: estimation.Estimate, cautions: tuple[Caution, ...]) -> Estimate:
        return Estimate(
            amount=(one.value or 0.0) * self.times,
            low=None if one.lower is None else one.lower * self.times,
            high=None if one.upper is None else one.upper * self.times,
            standard_error=None if one.se is None else one.se * self.times,
            n=one.n,
            effective_n=one.effective_n,
            cautions=cautions,
            method=IntervalMethod(one.method.value),
            df=one.df,
        )

    def comparability(self, earlier: str) -> Asking | None:
        return self.question.asked.get(earlier)

    def changes(self, earlier: str, later: str) -> Mapping[str, Change]:
        """By area (or everybody); empty where nothing stands in both rounds."""
        rounds = {one.where(ROUND) for one in self.estimates.estimates}
        if not {earlier, later} <= rounds:
            return {}
        found = estimation.round_changes(self.estimates, earlier=earlier, later=later)
        return {
            EVERYBODY if self.dimension is None else str(dict(change.domain)[self.dimension]): change
            for change in found
        }

    def change_cell(self, change: Change | None, earlier: str, later: str, where: str) -> RawCell:
        """At 95 per cent, whatever level its verdict reads."""
        stop = self.not_compared(earlier)
        if stop is not None:
            return stop
        figures = (self.figure(earlier, where), self.figure(later, where))
        if change is None or change.value is None:
            return RawCell(None, figures)
        value = Estimate(
            amount=change.value * self.times,
            low=None if change.lower is None else change.lower * self.times,
            high=None if change.upper is None else change.upper * self.times,
            standard_error=None if change.se is None else change.se * self.times,
            cautions=self.doubts(change, earlier, later),
            method=IntervalMethod(change.method.value),
            df=change.df,
        )
        return RawCell(value, figures)

    def not_compared(self, earlier: str) -> RawCell | None:
        asking = self.comparability(earlier)
        if asking is None:
            return RawCell(missing=Missing.NOT_ASKED)
        return RawCell(missing=Missing.NOT_COMPARABLE) if asking is Asking.NOT_COMPARABLE else None


def _of_one_round(one: estimation.Estimate) -> set[Caution]:
    found = {Caution.SMALL_BASE} if ceil(one.effective_n) < SMALL_BASE else set()
    if one.se == 0 and one.method is not Method.CENSUS:
        found.add(Caution.DESIGN_VARIANCE_ZERO)
    return found


def measure(survey: ResidentSurvey, question: SurveyQuestion, *, dimension: str | None = None) -> Measured:
    """What is followed, by round and by the areas of `dimension`."""
    by = (ROUND,) if dimension is None else (ROUND, dimension)
    estimate = estimation.proportion if question.is_share else estimation.mean
    made = estimate(survey.design, question.followed, by=by)
    return Measured(
        question,
        made,
        _counts(survey.design.frame, question, dimension),
        survey.least_answers,
        dimension,
        survey.unstated,
    )


def _counts(
    frame: pd.DataFrame, question: SurveyQuestion, dimension: str | None
) -> Mapping[tuple[str, str], int]:
    """People behind each share, unweighted."""
    if not question.is_share:
        return {}
    yes = frame[frame[question.followed] == 1]
    if dimension is None:
        return {(str(key), EVERYBODY): int(n) for key, n in yes.groupby(ROUND).size().items()}
    groups = yes.groupby([ROUND, dimension]).size()
    return {(str(keys[0]), str(keys[1])): int(n) for keys, n in groups.items()}  # type: ignore[index]
