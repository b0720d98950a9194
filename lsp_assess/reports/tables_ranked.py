"""Findings of a round in the order of impact × feasibility, with their map."""

from collections.abc import Sequence

from lsp_assess.assessment.consensus import MeetingFinding, ranked
from lsp_assess.disclosure.rules import Figure, SmallGroup
from lsp_assess.disclosure.tables import Column, Heading, Kind, RawCell, RawRow, RawTable, Role
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.kernel.messages import given, message
from lsp_assess.reports.columns import label, label_column


def ranked_table(findings: Sequence[MeetingFinding], *, heading: Heading, threshold: int) -> RawTable:
    """A median alone tells of nobody that all voted alike, so that only how many voted is asked after."""

    def row(place: int, found: MeetingFinding) -> RawRow:
        of = "/".join(label.key for label in heading.rounds)
        figures = (
            ()
            if found.voters is None
            else (Figure(f"{heading.id}/{place}/{of}", SmallGroup(found.voters, threshold)),)
        )
        numbers = (found.impact, found.feasibility, found.rank)
        return RawRow(
            key=str(place),
            cells=(
                label(given(found.words)),
                RawCell(Words(message(f"level_one.kind.{found.kind.value}"))),
                *(RawCell(None if n is None else Number(n), figures) for n in numbers),
            ),
        )

    return RawTable(
        heading=heading,
        columns=(
            label_column(message("level_one.column.finding")),
            Column(key="kind", kind=Kind.TEXT, heading=message("level_one.column.kind")),
            _number("impact", Role.IMPACT),
            _number("feasibility", Role.FEASIBILITY),
            _number("rank", Role.DETAIL),
        ),
        rows=tuple(row(place, found) for place, found in enumerate(ranked(findings), start=1)),
    )


def _number(key: str, role: Role) -> Column:
    heading = message(f"level_one.column.{key}")
    return Column(key=key, kind=Kind.NUMBER, heading=heading, role=role, decimals=1)
