"""Level two: how the answers of each round were weighted, and what the weighting cost."""

from collections.abc import Sequence

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.rules import Figure, SurveyEstimate
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    Unit,
)
from lsp_assess.disclosure.values import Missing, Number
from lsp_assess.estimation import starting_weights, weights_report
from lsp_assess.estimation.weights_report import Spread
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.method import OF_RESIDENTS, listed
from lsp_assess.reports.survey import ROUND, WEIGHT, ResidentSurvey, RoundDesign
from lsp_assess.residents.weight_stages import WeightStage

WEIGHTS = f"{OF_RESIDENTS}weights"
NOTES = ("final", "effect")


def weight_tables(survey: ResidentSurvey) -> Draft:
    spreads = _spreads(survey)
    designs = {one.round: one for one in survey.designs}
    rounds = [one for one in survey.rounds if one.key in spreads and one.key in designs]
    table = RawTable(
        heading=Heading(
            id=WEIGHTS,
            title=message("residents.title.weights"),
            purpose=Purpose.NONE,
            base=message("residents.base.interviews"),
            source=survey.source,
            rounds=round_labels(*rounds),
            footnotes=(*(message(f"residents.note.weights_{note}") for note in NOTES), *survey.caveats),
        ),
        columns=_columns(),
        rows=tuple(_row(one, designs[one.key], spreads[one.key], survey.least_answers) for one in rounds),
    )
    return Draft(tables=(table,))


def _spreads(survey: ResidentSurvey) -> dict[str, Spread]:
    """Of each round with interviews, by its key."""
    frame = survey.design.frame.assign(**{WEIGHT: survey.design.weights})
    report = weights_report(starting_weights(frame, weights=WEIGHT, rounds=ROUND))
    return {str(spread.round): spread for spread in report.spreads}


def _columns() -> tuple[Column, ...]:
    def column(key: str, kind: Kind, unit: Unit = Unit.PLAIN, *, decimals: int = 0) -> Column:
        heading = message(f"residents.column.{key}")
        role = Role.BASE if key == "interviews" else Role.DETAIL
        return Column(key=key, kind=kind, heading=heading, role=role, unit=unit, decimals=decimals)

    return (
        label_column(message("reports.column.round")),
        column("interviews", Kind.COUNT, Unit.PEOPLE),
        column("drawn", Kind.TEXT),
        column("stages", Kind.TEXT),
        column("smallest_weight", Kind.NUMBER, decimals=1),
        column("largest_weight", Kind.NUMBER, decimals=1),
        column("weight_effect", Kind.NUMBER, decimals=1),
        column("effective", Kind.COUNT, Unit.PEOPLE),
    )


def _row(round_: RoundStated, design: RoundDesign, spread: Spread, least: int) -> RawRow:
    """The effective number is a figure of its own: it is not how many there are."""
    key, effective = f"residents/weights/{round_.key}", spread.effective_n
    interviews = Figure(key, SurveyEstimate(spread.n, min(effective, spread.n), least_answers=least))
    in_effect = Figure(f"{key}/effective", SurveyEstimate(int(effective), effective, least_answers=least))

    def of_weights(value: float, figure: Figure = interviews) -> RawCell:
        if not design.stages:
            return RawCell(missing=Missing.NOT_APPLICABLE)
        return RawCell(Number(value), (figure,))

    return RawRow(
        key=round_.key,
        round=round_.key,
        cells=(
            label(round_.name),
            RawCell(Number(spread.n), (interviews,)),
            label(_drawn(design)),
            label(_stages(design)),
            of_weights(spread.smallest * spread.n / spread.total),
            of_weights(spread.largest * spread.n / spread.total),
            of_weights(spread.design_effect),
            of_weights(effective, in_effect),
        ),
    )


def _drawn(design: RoundDesign) -> Message:
    if not design.is_stated:
        return message("residents.drawn.unstated")
    strata = "strata" if design.has_strata else "no_strata"
    clusters = "clusters" if design.has_clusters else "no_clusters"
    return message(f"residents.drawn.{strata}_{clusters}")


def _stages(design: RoundDesign) -> Message:
    """The last stage only scales; alone it is a weight that came ready-made."""
    made = [stage for stage in design.stages if stage is not WeightStage.FINAL] or design.stages
    words: Sequence[Message] = [message(f"residents.stage.{stage.value}") for stage in made]
    return listed(words, "residents.then") if words else message("residents.stage.none")
