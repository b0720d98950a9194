"""Level two: the whole distribution of each question on a scale, round by round."""

from collections.abc import Mapping, Sequence

from lsp_assess import estimation
from lsp_assess.disclosure.complement import Parts, Relation
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
from lsp_assess.disclosure.values import Caution, Missing, Number
from lsp_assess.estimation import Estimates, Statistic
from lsp_assess.kernel.messages import message
from lsp_assess.reports.columns import HEADLINE_GROUP, OTHER_GROUP, label, label_column, round_labels
from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.headings_residents import distribution_finding
from lsp_assess.reports.measured import Measured, figure_key
from lsp_assess.reports.survey import ROUND, ResidentSurvey
from lsp_assess.reports.survey_asked import Standing, SurveyQuestion


def distribution_tables(survey: ResidentSurvey, measured: Sequence[Measured]) -> Draft:
    return together(
        _distribution(survey, one) for one in measured if one.question.is_share and one.question.points
    )


def _distribution(survey: ResidentSurvey, measured: Measured) -> Draft:
    question, frame = measured.question, survey.design.frame
    values = [point.value for point in question.points]
    made = estimation.shares(survey.design, question.key, categories=values, by=(ROUND,))
    net = estimation.mean(survey.design, f"{question.key}:net", by=(ROUND,))
    counted = frame.groupby([ROUND, question.key]).size()
    counts = {(str(keys[0]), keys[1]): int(n) for keys, n in counted.items()}  # type: ignore[index]
    rounds = [one for one in survey.rounds if one.key in question.asked]
    shares = {one.key: _figures(survey, question, made, counts, one) for one in rounds}
    table = RawTable(
        heading=Heading(
            id=f"level_two.residents.answers.{question.key}",
            title=question.title,
            purpose=Purpose.DISTRIBUTION,
            base=question.base,
            source=survey.source,
            rounds=round_labels(*rounds),
            footnotes=(
                message("residents.note.rounded_shares"),
                *((message("residents.note.balance"),) if question.unfavourable else ()),
                *survey.caveats,
            ),
        ),
        columns=_columns(question),
        rows=tuple(_row(measured, made, net, one, shares[one.key]) for one in rounds),
    )
    return Draft(
        tables=(table,),
        relations=tuple(
            relation for one in rounds for relation in _relations(measured, one, shares[one.key])
        ),
        findings={table.heading.id: distribution_finding},
    )


def _columns(question: SurveyQuestion) -> tuple[Column, ...]:
    categories = tuple(
        Column(
            key=f"answer:{point.value}",
            kind=Kind.PERCENT,
            heading=point.label,
            role=Role.CATEGORY,
            unit=Unit.PERCENT,
        )
        for point in question.points
    )
    balance = Column(
        key="balance",
        kind=Kind.NUMBER,
        heading=message("residents.column.balance"),
        role=Role.BALANCE,
        unit=Unit.POINTS,
    )
    base = Column(
        key="base", kind=Kind.COUNT, heading=message("reports.column.base"), role=Role.BASE, unit=Unit.PEOPLE
    )
    return (label_column(message("reports.column.round")), *categories, balance, base)


def _figures(
    survey: ResidentSurvey,
    question: SurveyQuestion,
    made: Estimates,
    counts: Mapping[tuple[str, object], int],
    round_: RoundStated,
) -> Mapping[int | str, Figure]:
    found: dict[int | str, Figure] = {}
    for point in question.points:
        key = f"{figure_key(question, round_.key)}={point.value}"
        share = _pick(made, round_.key, point.value)
        n, effective = (0, 0.0) if share is None else (share.n, share.effective_n)
        count = counts.get((round_.key, point.value), 0)
        rule = SurveyEstimate(n, min(effective, n), count, least_answers=survey.least_answers)
        found[point.value] = Figure(key, rule)
    return found


def _pick(made: Estimates, round_key: str, value: int | str) -> estimation.Estimate | None:
    for one in made.estimates:
        if one.statistic is Statistic.SHARE and one.category == value and one.where(ROUND) == round_key:
            return one
    return None


def _row(
    measured: Measured,
    made: Estimates,
    net: Estimates,
    round_: RoundStated,
    figures: Mapping[int | str, Figure],
) -> RawRow:
    cells = [label(round_.name)]
    for point in measured.question.points:
        share = _pick(made, round_.key, point.value)
        cells.append(RawCell(_share(measured, share, round_), (figures[point.value],)))
    cells.append(_balance(measured, net, round_, figures))
    cells.append(measured.base_cell(round_.key, cautions=_of_row(measured, made, round_)))
    headline = measured.question.standing is Standing.HEADLINE
    return RawRow(
        key=round_.key,
        cells=tuple(cells),
        round=round_.key,
        group=HEADLINE_GROUP if headline else OTHER_GROUP,
    )


def _share(measured: Measured, share: estimation.Estimate | None, round_: RoundStated) -> Number | None:
    if share is None or share.value is None:
        return None
    wide = Caution.WIDE_INTERVAL in measured.doubts(share, round_.key)
    return Number(share.value * 100, cautions=(Caution.WIDE_INTERVAL,) if wide else ())


OF_AN_ANSWER = (Caution.WIDE_INTERVAL, Caution.DESIGN_VARIANCE_ZERO)


def _of_row(measured: Measured, made: Estimates, round_: RoundStated) -> tuple[Caution, ...]:
    """What all the answers have in common is told once, beside the base."""
    found = [_pick(made, round_.key, point.value) for point in measured.question.points]
    doubts = {doubt for one in found if one is not None for doubt in measured.doubts(one, round_.key)}
    return tuple(doubt for doubt in Caution if doubt in doubts and doubt not in OF_AN_ANSWER)


def _balance(
    measured: Measured, net: Estimates, round_: RoundStated, figures: Mapping[int | str, Figure]
) -> RawCell:
    if not measured.question.unfavourable:
        return RawCell(missing=Missing.NOT_APPLICABLE)
    told = next((one for one in net.estimates if one.where(ROUND) == round_.key), None)
    value = None if told is None or told.value is None else Number(told.value * 100)
    return RawCell(value, (measured.figure(round_.key), _unfavourable(measured, round_, figures)))


def _unfavourable(measured: Measured, round_: RoundStated, figures: Mapping[int | str, Figure]) -> Figure:
    """Those who answered unfavourably, of whom balance and favourable share together tell."""
    rules = [rule for value in figures if isinstance(rule := figures[value].rule, SurveyEstimate)]
    few = [figures[value].rule for value in measured.question.unfavourable if value in figures]
    count = sum(rule.count or 0 for rule in few if isinstance(rule, SurveyEstimate))
    n = rules[0].n if rules else 0
    return Figure(
        f"{figure_key(measured.question, round_.key)}/unfavourable",
        SurveyEstimate(n, float(n), count, least_answers=measured.least_answers),
    )


def _relations(
    measured: Measured, round_: RoundStated, figures: Mapping[int | str, Figure]
) -> tuple[Relation, ...]:
    """All answers make a hundred per cent, the favourable ones the share that is followed."""
    question = measured.question

    def parts(values: Sequence[int | str]) -> tuple[str, ...]:
        return tuple(figures[value].key for value in values if value in figures)

    made = [
        Relation(
            total=measured.figure(round_.key).key,
            parts=parts(question.favourable),
            divides=Parts.CATEGORIES,
        )
    ]
    if question.unfavourable:
        total = _unfavourable(measured, round_, figures).key
        made.append(Relation(total=total, parts=parts(question.unfavourable), divides=Parts.CATEGORIES))
    # Last, since what protects an answer within its end of the scale protects it in the whole too.
    made.append(Relation(total=None, parts=parts(list(figures)), divides=Parts.CATEGORIES))
    return tuple(made)
