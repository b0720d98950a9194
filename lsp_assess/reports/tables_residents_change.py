"""Level two: what residents say now against each earlier round, one table a round compared with."""

from collections.abc import Sequence
from dataclasses import dataclass

from lsp_assess.disclosure.release import RoundStated
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
from lsp_assess.disclosure.values import Number, Verdict, VerdictCode
from lsp_assess.estimation import Change
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import (
    HEADLINE_GROUP,
    OTHER_GROUP,
    base_column,
    change_column,
    estimate_column,
    label,
    label_column,
    round_labels,
    verdict_column,
)
from lsp_assess.reports.counted import counted_note
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.headings_residents import change_finding
from lsp_assess.reports.judgement import Candidate, Judged, judge_grid, judge_headlines
from lsp_assess.reports.measured import EVERYBODY, Measured
from lsp_assess.reports.survey import ResidentSurvey
from lsp_assess.reports.survey_asked import Asking, Standing, SurveyQuestion


@dataclass(frozen=True, slots=True)
class _Line:
    measured: Measured
    change: Change | None
    judged: Judged | None


def change_tables(survey: ResidentSurvey, measured: Sequence[Measured]) -> Draft:
    """Headline questions and what is explored apart; shares and means apart, since a chart has one scale."""
    tables = []
    for earlier in survey.earlier:
        lines = _judged(survey, measured, earlier)
        for kind, standing in (("change", Standing.HEADLINE), ("explored", Standing.OTHER)):
            for name, unit in (("shares", Unit.POINTS), ("means", Unit.SCORE)):
                chosen = [line for line in lines if _belongs(line.measured.question, standing, unit)]
                if chosen:
                    tables.append(_table(survey, chosen, earlier, kind=kind, name=name, unit=unit))
    return Draft(tables=tuple(tables), findings={table.heading.id: change_finding for table in tables})


def _belongs(question: SurveyQuestion, standing: Standing, unit: Unit) -> bool:
    return question.standing is standing and question.is_share is (unit is Unit.POINTS)


def _judged(survey: ResidentSurvey, measured: Sequence[Measured], earlier: RoundStated) -> list[_Line]:
    changes = {
        one.question.key: change
        for one in measured
        if one.not_compared(earlier.key) is None
        and (change := one.changes(earlier.key, survey.now.key).get(EVERYBODY)) is not None
    }
    verdicts: dict[str, Judged] = {}
    for standing, judge in ((Standing.HEADLINE, judge_headlines), (Standing.OTHER, judge_grid)):
        chosen = [m for m in measured if m.question.standing is standing and m.question.key in changes]
        candidates = [
            Candidate(changes[m.question.key], survey.smallest(m.question), m.times) for m in chosen
        ]
        verdicts.update(zip((m.question.key for m in chosen), judge(candidates), strict=True))
    ordered = sorted(measured, key=lambda m: m.question.standing is not Standing.HEADLINE)
    return [_Line(m, changes.get(m.question.key), verdicts.get(m.question.key)) for m in ordered]


def _table(
    survey: ResidentSurvey,
    lines: Sequence[_Line],
    earlier: RoundStated,
    *,
    kind: str,
    name: str,
    unit: Unit,
) -> RawTable:
    """A chart of the few; the many are a table."""
    value_unit = Unit.PERCENT if unit is Unit.POINTS else unit
    decimals = 0 if unit is Unit.POINTS else 1
    columns = (
        label_column(message("residents.column.question")),
        estimate_column(earlier, unit=value_unit, decimals=decimals),
        estimate_column(survey.now, unit=value_unit, decimals=decimals),
        change_column(earlier, unit=unit, decimals=1),
        _number("delta", Role.DELTA, unit, earlier, decimals=1),
        _p("p", message("reports.column.p"), Role.DETAIL, earlier),
        _p("p_adjusted", message("reports.column.p_adjusted"), Role.P, earlier),
        verdict_column(earlier),
        base_column(earlier),
        base_column(survey.now),
    )
    return RawTable(
        heading=Heading(
            id=f"level_two.residents.{kind}.{name}.{earlier.key}",
            title=message(f"residents.title.{kind}_{name}", earlier=earlier.name, later=survey.now.name),
            purpose=Purpose.CHANGE if kind == "change" else Purpose.NONE,
            base=message("residents.base.each_question"),
            source=survey.source,
            rounds=round_labels(earlier, survey.now),
            footnotes=_footnotes(survey, lines, earlier),
        ),
        columns=columns,
        rows=tuple(_row(survey, line, earlier) for line in lines),
    )


def _number(key: str, role: Role, unit: Unit, round_: RoundStated, *, decimals: int) -> Column:
    heading = message(f"reports.column.{key}")
    return Column(
        key=f"{key}:{round_.key}",
        kind=Kind.NUMBER,
        heading=heading,
        role=role,
        unit=unit,
        decimals=decimals,
        round=round_.key,
    )


def _p(key: str, heading: Message, role: Role, round_: RoundStated) -> Column:
    return Column(key=f"{key}:{round_.key}", kind=Kind.P, heading=heading, role=role, round=round_.key)


def _row(survey: ResidentSurvey, line: _Line, earlier: RoundStated) -> RawRow:
    one, now = line.measured, survey.now
    smallest = survey.smallest(one.question)
    delta = RawCell() if smallest is None else RawCell(Number(smallest * one.times))
    return RawRow(
        key=one.question.key,
        group=HEADLINE_GROUP if one.question.standing is Standing.HEADLINE else OTHER_GROUP,
        cells=(
            label(one.question.title),
            one.value_cell(earlier.key),
            one.value_cell(now.key),
            one.change_cell(line.change, earlier.key, now.key, EVERYBODY),
            delta,
            *_test_cells(line, earlier.key, now.key),
            one.base_cell(earlier.key),
            one.base_cell(now.key),
        ),
    )


def _test_cells(line: _Line, earlier: str, now: str) -> tuple[RawCell, RawCell, RawCell]:
    stop = line.measured.not_compared(earlier)
    if stop is not None:
        return stop, stop, RawCell(Verdict(VerdictCode.NOT_COMPARED))
    figures = (line.measured.figure(earlier), line.measured.figure(now))
    if line.judged is None:
        return RawCell(None, figures), RawCell(None, figures), RawCell(None, figures)
    p, adjusted = line.judged.p, line.judged.p_adjusted
    return (
        RawCell(None if p is None else Number(p), figures),
        RawCell(None if adjusted is None else Number(adjusted), figures),
        RawCell(line.judged.verdict, figures),
    )


def _footnotes(survey: ResidentSurvey, lines: Sequence[_Line], earlier: RoundStated) -> tuple[Message, ...]:
    headline = lines[0].measured.question.standing is Standing.HEADLINE
    notes = [message("residents.note.holm" if headline else "residents.note.exploratory")]
    if headline:
        notes += [note for line in lines for note in counted_note(line.measured.question)]
    elif lines[0].measured.question.is_share:
        notes.append(message("residents.note.favourable"))
    notes += [
        message("residents.note.break", question=line.measured.question.title, how=mark)
        for line in lines
        if line.measured.comparability(earlier.key) in (Asking.MARKED, Asking.NOT_COMPARABLE)
        and (mark := line.measured.question.marks.get(earlier.key)) is not None
    ]
    return (*notes, *survey.caveats)
