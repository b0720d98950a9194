"""Level two: the population that answers were weighted to, and the interviews before and after."""

from collections.abc import Mapping

import pandas as pd

from lsp_assess.disclosure.complement import Parts, Relation
from lsp_assess.disclosure.rules import Figure, SurveyEstimate
from lsp_assess.disclosure.tables import Column, Heading, Kind, Purpose, RawCell, RawRow, RawTable, Unit
from lsp_assess.disclosure.values import Number
from lsp_assess.kernel.messages import given, message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.method import OF_RESIDENTS
from lsp_assess.reports.survey import BEFORE, RAKED, ROUND, WEIGHT, MarginStated, ResidentSurvey
from lsp_assess.residents.population import UNKNOWN, Population

MARGINS = f"{OF_RESIDENTS}margins"


def margin_tables(survey: ResidentSurvey) -> Draft:
    """A table for each margin of the published round; what earlier rounds were raked to stands in their own
    releases."""
    population = next((one.population for one in survey.designs if one.round == survey.now.key), None)
    if population is None:
        return Draft()
    return together(_margin(survey, population, margin) for margin in survey.margins)


def _margin(survey: ResidentSurvey, population: Population, margin: MarginStated) -> Draft:
    weights = _weights(survey, margin.name)
    figures = _figures(survey, weights, margin)
    people = population.people[margin.name]
    table = RawTable(
        heading=Heading(
            id=f"{MARGINS}.{margin.name}",
            title=message("residents.title.margins", margin=margin.title),
            purpose=Purpose.NONE,
            base=message("residents.base.margins"),
            source=message("residents.source.margins", survey=survey.source, by=given(population.source)),
            rounds=round_labels(survey.now),
            footnotes=(message("residents.note.margins"),),
        ),
        columns=(
            label_column(margin.title),
            *(_column(key) for key in ("population", "before", "after")),
        ),
        rows=tuple(
            RawRow(
                key=code,
                round=survey.now.key,
                cells=(
                    label(margin.labels.get(code, given(code))),
                    RawCell(Number(100 * number / sum(people.values()))),
                    RawCell(Number(100 * _share(weights, BEFORE, code)), (figures[code],)),
                    RawCell(Number(100 * _share(weights, WEIGHT, code))),
                ),
            )
            for code, number in people.items()
        ),
    )
    parts = tuple(figure.key for figure in figures.values())
    return Draft(tables=(table,), relations=(Relation(total=None, parts=parts, divides=Parts.CATEGORIES),))


def _column(key: str) -> Column:
    return Column(
        key=key,
        kind=Kind.PERCENT,
        heading=message(f"residents.column.{key}"),
        unit=Unit.PERCENT,
    )


def _weights(survey: ResidentSurvey, margin: str) -> pd.DataFrame:
    """Of the round's interviews whose category is known, by category: both weights, and how many."""
    frame = survey.design.frame.assign(**{WEIGHT: survey.design.weights}).assign(n=1)
    own = frame[(frame[ROUND] == survey.now.key) & (frame[f"{RAKED}{margin}"] != UNKNOWN)]
    return own.groupby(f"{RAKED}{margin}")[[BEFORE, WEIGHT, "n"]].sum()


def _share(weights: pd.DataFrame, column: str, code: str) -> float:
    return float(weights[column].get(code, 0.0) / weights[column].sum())


def _figures(survey: ResidentSurvey, weights: pd.DataFrame, margin: MarginStated) -> Mapping[str, Figure]:
    n = int(weights["n"].sum())
    return {
        str(code): Figure(
            f"residents/margins/{margin.name}/{survey.now.key}={code}",
            SurveyEstimate(n, float(n), int(count), least_answers=survey.least_answers),
        )
        for code, count in weights["n"].items()
    }
