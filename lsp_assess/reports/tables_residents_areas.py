"""Level two: headline questions by area and by group of areas, with their change."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lsp_assess.disclosure.complement import Relation, Spare
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    RowRole,
    Unit,
)
from lsp_assess.disclosure.values import Verdict, VerdictCode
from lsp_assess.estimation import Change
from lsp_assess.kernel.messages import Message, message
from lsp_assess.reports.columns import (
    base_column,
    change_column,
    estimate_column,
    label,
    label_column,
    round_labels,
    verdict_column,
)
from lsp_assess.reports.counted import counted_here
from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.headings_residents import area_finding
from lsp_assess.reports.judgement import Candidate, Judged, judge_grid
from lsp_assess.reports.measured import EVERYBODY, Measured, measure
from lsp_assess.reports.survey import AREA, GROUP, AreaStated, ResidentSurvey
from lsp_assess.reports.survey_asked import Standing

Grid = Mapping[tuple[str, str, str], Judged]
"""By question, earlier round and area."""


@dataclass(frozen=True, slots=True)
class _Breakdown:
    """`dimension` names the column of the frame, `name` the wording."""

    dimension: str
    name: str
    areas: tuple[AreaStated, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _Followed:
    """A question with its changes, by earlier round and area."""

    measured: Measured
    changes: Mapping[str, Mapping[str, Change]]


def _followed(survey: ResidentSurvey, measured: Measured) -> _Followed:
    comparable = [one for one in survey.earlier if measured.not_compared(one.key) is None]
    return _Followed(measured, {one.key: measured.changes(one.key, survey.now.key) for one in comparable})


def area_tables(survey: ResidentSurvey, measured: Sequence[Measured]) -> Draft:
    headline = [one for one in measured if one.question.standing is Standing.HEADLINE]
    breakdowns = [
        _Breakdown(dimension, name, areas)
        for dimension, name, areas in ((AREA, "areas", survey.areas), (GROUP, "groups", survey.groups))
        if len(areas) > 1
    ]
    drafts = [_broken_down(survey, headline, breakdown) for breakdown in breakdowns]
    if len(breakdowns) == 2:
        # First, since what protects an area within its group mostly protects it in the whole too.
        drafts.insert(0, Draft(relations=tuple(_nested(survey, headline))))
    return together(drafts)


def _broken_down(survey: ResidentSurvey, headline: Sequence[Measured], breakdown: _Breakdown) -> Draft:
    divided = {
        one.question.key: _followed(survey, measure(survey, one.question, dimension=breakdown.dimension))
        for one in headline
    }
    grid = _grid(survey, divided, breakdown)
    tables = tuple(
        _table(survey, _followed(survey, one), divided[one.question.key], breakdown, grid) for one in headline
    )
    relations, unshown = [], []
    for one in headline:
        parted = divided[one.question.key].measured
        for round_ in survey.rounds:
            figures = [parted.figure(round_.key, area.key) for area in breakdown.areas]
            whole = one.figure(round_.key)
            unshown += [whole, *figures]
            relations.append(Relation(total=whole.key, parts=tuple(f.key for f in figures), spare=Spare.MOST))
    return Draft(
        tables=tables,
        relations=tuple(relations),
        unshown=tuple(unshown),
        findings={table.heading.id: area_finding for table in tables},
    )


def _nested(survey: ResidentSurvey, headline: Sequence[Measured]) -> list[Relation]:
    """The areas of each group make up the group: no area follows from its group's other areas."""
    return [
        Relation(
            total=_key(one, round_, f"{GROUP}:{group.key}"),
            parts=tuple(
                _key(one, round_, f"{AREA}:{area.key}") for area in survey.areas if area.group == group.key
            ),
        )
        for one in headline
        for round_ in survey.rounds
        for group in survey.groups
        if any(area.group == group.key for area in survey.areas)
    ]


def _key(one: Measured, round_: RoundStated, where: str) -> str:
    return f"residents/{one.question.key}/{round_.key}/{where}"


def _grid(survey: ResidentSurvey, divided: Mapping[str, _Followed], breakdown: _Breakdown) -> Grid:
    """All questions × areas × earlier rounds of the breakdown are one family of tests."""
    places, candidates = [], []
    for key, one in divided.items():
        smallest = survey.smallest(one.measured.question)
        for earlier, changes in one.changes.items():
            for area in breakdown.areas:
                change = changes.get(area.key)
                if change is not None and _is_testable(one.measured, earlier, survey.now.key, area):
                    places.append((key, earlier, area.key))
                    candidates.append(Candidate(change, smallest, one.measured.times))
    return dict(zip(places, judge_grid(candidates), strict=True))


def _is_testable(one: Measured, earlier: str, now: str, area: AreaStated) -> bool:
    """Groups that may not be shown are not compared."""
    return not any(one.figure(round_key, area.key).rule.forbids for round_key in (earlier, now))


def _table(
    survey: ResidentSurvey, whole: _Followed, parted: _Followed, breakdown: _Breakdown, grid: Grid
) -> RawTable:
    question, rounds = whole.measured.question, survey.rounds
    rows = [_row(survey, whole, EVERYBODY, message("residents.row.everybody"), grid, RowRole.TOTAL)]
    rows += [
        _row(survey, parted, area.key, area.name, grid, RowRole.PART, area.group) for area in breakdown.areas
    ]
    return RawTable(
        heading=Heading(
            id=f"level_two.residents.{breakdown.name}.{question.key}",
            title=message(f"residents.title.{breakdown.name}", question=question.title),
            purpose=Purpose.AREAS,
            base=question.base,
            source=survey.source,
            rounds=round_labels(*rounds),
            footnotes=(*counted_here(question), message("residents.note.grid"), *survey.caveats),
        ),
        columns=_columns(survey, whole.measured),
        rows=tuple(rows),
    )


def _columns(survey: ResidentSurvey, whole: Measured) -> tuple[Column, ...]:
    share = whole.question.is_share
    unit, decimals = (Unit.PERCENT, 0) if share else (Unit.SCORE, 1)
    columns = [label_column(message("residents.column.area"))]
    columns += [estimate_column(one, unit=unit, decimals=decimals) for one in survey.rounds]
    for earlier in survey.earlier:
        columns.append(change_column(earlier, unit=Unit.POINTS if share else Unit.SCORE, decimals=1))
        columns.append(verdict_column(earlier))
    columns += [base_column(one) for one in survey.rounds]
    return tuple(columns)


def _row(
    survey: ResidentSurvey,
    followed: _Followed,
    where: str,
    name: Message,
    grid: Grid,
    role: RowRole,
    group: str | None = None,
) -> RawRow:
    one, now = followed.measured, survey.now.key
    cells = [label(name), *(one.value_cell(round_.key, where) for round_ in survey.rounds)]
    for earlier in survey.earlier:
        change = followed.changes.get(earlier.key, {}).get(where)
        cells.append(one.change_cell(change, earlier.key, now, where))
        cells.append(_verdict(one, grid.get((one.question.key, earlier.key, where)), earlier.key, now, where))
    cells += [one.base_cell(round_.key, where) for round_ in survey.rounds]
    return RawRow(key=where, cells=tuple(cells), role=role, group=group)


def _verdict(one: Measured, judged: Judged | None, earlier: str, now: str, where: str) -> RawCell:
    """The partnership's own change is judged among the headlines, not here."""
    if one.not_compared(earlier) is not None:
        return RawCell(Verdict(VerdictCode.NOT_COMPARED))
    figures = (one.figure(earlier, where), one.figure(now, where))
    return RawCell(None if judged is None else judged.verdict, figures)
