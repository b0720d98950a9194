"""Level one: those who scored in one of two rounds only, apart from those who scored in both."""

from collections.abc import Iterator, Mapping

from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Unit,
)
from lsp_assess.disclosure.values import Number
from lsp_assess.kernel.messages import message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.matching import Rest
from lsp_assess.reports.partners import Driver, Scored


def unmatched_table(
    driver: Driver, before: Scored, now: Scored, rests: Mapping[str, tuple[Rest, Rest]]
) -> Iterator[RawTable]:
    """None where everybody scored in both rounds."""
    names = {"earlier": before.of.round.name, "later": now.of.round.name}
    some = {item: both for item, both in rests.items() if any(rest.group for rest in both)}
    if some:
        yield RawTable(
            heading=Heading(
                id=f"level_one.unmatched.{before.key}",
                title=message("level_one.title.unmatched", **names),
                purpose=Purpose.NONE,
                base=message("level_one.base.unmatched"),
                source=driver.source,
                rounds=round_labels(before.of.round, now.of.round),
                footnotes=(message("level_one.note.unmatched"),),
            ),
            columns=(label_column(message("level_one.column.part")), *_columns(before)),
            rows=tuple(
                RawRow(
                    key=item,
                    cells=(
                        label(driver.part_titles[item]),
                        *(cell for rest in both for cell in _cells(rest)),
                    ),
                )
                for item, both in some.items()
            ),
        )


def _columns(before: Scored) -> Iterator[Column]:
    for which in ("left", "joined"):
        for key, kind, unit, decimals in (
            (which, Kind.COUNT, Unit.PEOPLE, 0),
            (f"{which}_median", Kind.SCORE, Unit.SCORE, 1),
        ):
            heading = message(f"level_one.column.{key}")
            yield Column(key=key, kind=kind, heading=heading, unit=unit, decimals=decimals, round=before.key)


def _cells(rest: Rest) -> tuple[RawCell, RawCell]:
    """That nobody left, or joined, looks as though a few had."""
    figures, middle = (rest.figure,), rest.median
    return (
        RawCell(Number(len(rest.group)), figures),
        RawCell(None if middle is None else Number(float(middle)), figures),
    )
