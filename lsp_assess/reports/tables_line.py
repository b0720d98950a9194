"""The line between the levels, as tables: an objective a table, and how often its strands agree."""

from collections.abc import Sequence
from itertools import pairwise

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
)
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.kernel.messages import Message, message
from lsp_assess.outcomes.line import DirectionAgreement, Strand, agreements_of
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.headings_line import agreement_finding
from lsp_assess.reports.line import LineMaterial, ObjectiveLinks, StrandTold, all_figures, strands


def line_tables(material: LineMaterial, *, rounds: Sequence[RoundStated], source: Message) -> Draft:
    """Nothing before the second round: one point has no direction."""
    if len(rounds) < 2:
        return Draft()
    return together(_objective(material, one, rounds, source) for one in material.objectives)


def _objective(
    material: LineMaterial, objective: ObjectiveLinks, rounds: Sequence[RoundStated], source: Message
) -> Draft:
    told = tuple(strands(material, objective))
    if not told:
        return Draft()
    tables = [_directions(objective, told, rounds, source)]
    by_key = {f"{strand.kind.value}:{strand.key}": strand for strand in told}
    made = agreements_of(
        [
            Strand(strand.kind, key, tuple(step.direction for step in strand.steps))
            for key, strand in by_key.items()
        ]
    )
    if made:
        tables.append(_agreements(objective, by_key, made, rounds, source))
    return Draft(
        tables=tuple(tables),
        findings={t.heading.id: agreement_finding for t in tables[1:]},
    )


def _heading(objective: ObjectiveLinks, name: str, rounds: Sequence[RoundStated], source: Message) -> Heading:
    return Heading(
        id=f"line.{name}.{objective.code}",
        title=message(f"line.title.{name}", objective=objective.title),
        purpose=Purpose.NONE,
        base=message("line.base"),
        source=source,
        rounds=round_labels(*rounds),
        footnotes=(message("line.note.no_cause"), message("line.note.lag")),
    )


def _directions(
    objective: ObjectiveLinks,
    told: Sequence[StrandTold],
    rounds: Sequence[RoundStated],
    source: Message,
) -> RawTable:
    return RawTable(
        heading=_heading(objective, "directions", rounds, source),
        columns=(
            label_column(message("line.column.strand")),
            Column(key="kind", kind=Kind.TEXT, heading=message("line.column.kind")),
            *(
                Column(
                    key=f"step:{before.key}",
                    kind=Kind.TEXT,
                    heading=message("line.column.step", earlier=before.name, later=after.name),
                    round=before.key,
                )
                for before, after in pairwise(rounds)
            ),
        ),
        rows=tuple(
            RawRow(
                key=f"{strand.kind.value}:{strand.key}",
                cells=(
                    label(strand.name),
                    RawCell(Words(message(f"line.kind.{strand.kind.value}"))),
                    *(
                        RawCell(Words(message(f"outcomes.direction.{step.direction.value}")), step.figures)
                        for step in strand.steps
                    ),
                ),
            )
            for strand in told
        ),
    )


def _agreements(
    objective: ObjectiveLinks,
    told: dict[str, StrandTold],
    made: Sequence[DirectionAgreement],
    rounds: Sequence[RoundStated],
    source: Message,
) -> RawTable:
    def count(key: str) -> Column:
        return Column(key=key, kind=Kind.NUMBER, heading=message(f"line.column.{key}"))

    return RawTable(
        heading=_heading(objective, "agreement", rounds, source),
        columns=(
            label_column(message("line.column.pair")),
            Column(key="agreement", kind=Kind.TEXT, heading=message("line.column.agreement")),
            count("pairs"),
            count("same"),
            count("unclear"),
        ),
        rows=tuple(_agreement_row(told, one) for one in made),
    )


def _agreement_row(told: dict[str, StrandTold], one: DirectionAgreement) -> RawRow:
    first, second = told[one.first.name], told[one.second.name]
    figures = all_figures((first, second))
    return RawRow(
        key=f"{one.first.name}/{one.second.name}",
        cells=(
            label(message("line.pair", first=first.name, second=second.name)),
            RawCell(Words(message(f"line.agreement.{one.code.value}")), figures),
            *(RawCell(Number(n), figures) for n in (one.pairs, one.same, one.unclear)),
        ),
    )
