"""Small tables for the tests of this folder."""

from lsp_assess.disclosure.rules import Figure, Rule
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    RoundLabel,
    Unit,
)
from lsp_assess.disclosure.values import Number, Value, Words
from lsp_assess.kernel.messages import given

AREA = Column(key="area", kind=Kind.LABEL, heading=given("Area"), role=Role.LABEL)


def heading(table_id: str = "residents.test", **changes: object) -> Heading:
    settings = {
        "title": given("Title"),
        "purpose": Purpose.NONE,
        "base": given("All who answered"),
        "source": given("Survey"),
    }
    return Heading(id=table_id, **(settings | changes))  # type: ignore[arg-type]


def one_column(
    cells: dict[str, tuple[Value | None, Rule | None]],
    *,
    column: Column | None = None,
    table_id: str = "residents.test",
    key_prefix: str = "",
) -> RawTable:
    """A table of labels and one figure each; the figure's key is the row's."""
    column = column or Column(key="value", kind=Kind.PERCENT, heading=given("%"), unit=Unit.PERCENT)
    return RawTable(
        heading=heading(table_id),
        columns=(AREA, column),
        rows=tuple(
            RawRow(
                key=key,
                cells=(
                    RawCell(Words(given(key))),
                    RawCell(value, () if rule is None else (Figure(key_prefix + key, rule),)),
                ),
            )
            for key, (value, rule) in cells.items()
        ),
    )


def number(amount: float) -> Number:
    return Number(amount)


ROUNDS = (RoundLabel("r1", given("2024")), RoundLabel("r2", given("2025")))
