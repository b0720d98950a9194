"""Made-up tables of every purpose, passed through the gate."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from lsp_assess.disclosure.gate import pass_gate
from lsp_assess.disclosure.rules import Figure, SmallGroup
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
    RowRole,
    SafeTable,
    Unit,
)
from lsp_assess.disclosure.values import (
    Caution,
    Colour,
    Estimate,
    Light,
    Moment,
    Number,
    Strip,
    Value,
    Verdict,
    VerdictCode,
    Words,
)
from lsp_assess.kernel.messages import given, message

BEFORE, NOW = RoundLabel("r1", given("2024")), RoundLabel("r2", given("2025"))
HIDDEN = (Figure("hidden", SmallGroup(2)),)
LONG = "Coldharbour and the Upper Meadows beyond the Eastern Ring Road"
LABEL = Column(key="label", kind=Kind.LABEL, heading=given("Item"), role=Role.LABEL)
GROUP = Column(key="group", kind=Kind.LABEL, heading=given("Area"), role=Role.LABEL)


def column(
    key: str,
    kind: Kind,
    role: Role,
    *,
    unit: Unit = Unit.NONE,
    decimals: int = 0,
    round_: str | None = None,
    heading: str | None = None,
) -> Column:
    words = given(heading or key)
    return Column(key=key, kind=kind, heading=words, role=role, unit=unit, decimals=decimals, round=round_)


def row(label: str, *values: Value | RawCell | None, total: bool = False, group: str | None = None) -> RawRow:
    cells = tuple(v if isinstance(v, RawCell) else RawCell(v) for v in values)
    role = RowRole.TOTAL if total else RowRole.PART
    return RawRow(key=label, cells=(RawCell(Words(given(label))), *cells), role=role, group=group)


def hidden_row(label: str, cells: int) -> RawRow:
    return row(label, *[RawCell(Number(1), HIDDEN)] * cells)


def table(
    purpose: Purpose,
    columns: Sequence[Column],
    rows: Sequence[RawRow],
    *,
    id_: str = "",
    rounds: Sequence[RoundLabel] = (BEFORE, NOW),
) -> SafeTable:
    heading = Heading(
        id=id_ or f"sample.{purpose.value}",
        title=given(f"Sample of {purpose.value}"),
        purpose=purpose,
        base=given("All who answered"),
        source=given("Sample survey"),
        rounds=tuple(rounds),
        footnotes=(given("A note of the table"),),
    )
    raw = RawTable(heading=heading, columns=tuple(columns), rows=tuple(rows))
    return pass_gate([raw]).tables[0]


def _per_round(kind: Kind, role: Role, unit: Unit, name: str) -> list[Column]:
    return [
        column(f"{name}{r.key}", kind, role, unit=unit, round_=r.key, heading=f"{name} {r.name.params['en']}")
        for r in (BEFORE, NOW)
    ]


SCORES_COLUMNS = (
    LABEL,
    *_per_round(Kind.STRIP, Role.SCORES, Unit.SCORE, "Scores"),
    *_per_round(Kind.SCORE, Role.MEDIAN, Unit.SCORE, "Median"),
    column("agreed", Kind.SCORE, Role.AGREED, unit=Unit.SCORE, round_="r2"),
)
CRITERIA_COLUMNS = (
    LABEL,
    *_per_round(Kind.SCORE, Role.VALUE, Unit.PLAIN, "Points"),
    column("change", Kind.SCORE, Role.CHANGE, unit=Unit.PLAIN, round_="r1"),
)
ANSWERS = ("very poor", "poor", "neither", "good", "very good")
DISTRIBUTION_COLUMNS = (
    LABEL,
    *(column(a, Kind.PERCENT, Role.CATEGORY, unit=Unit.PERCENT) for a in ANSWERS),
    column("balance", Kind.POINTS, Role.BALANCE, unit=Unit.POINTS),
)
AREAS_COLUMNS = (LABEL, column("value", Kind.ESTIMATE, Role.VALUE, unit=Unit.PERCENT, round_="r2"))
CHANGE_COLUMNS = (
    LABEL,
    column("change", Kind.ESTIMATE, Role.CHANGE, unit=Unit.POINTS, decimals=1),
    column("delta", Kind.NUMBER, Role.DELTA, unit=Unit.POINTS),
    column("p", Kind.P, Role.P),
    column("verdict", Kind.VERDICT, Role.VERDICT),
)
SERIES_COLUMNS = (
    LABEL,
    column("ends", Kind.TIME, Role.TIME),
    column("Borough", Kind.ESTIMATE, Role.VALUE, unit=Unit.PERCENT, decimals=1),
    column("Planned", Kind.NUMBER, Role.EXPECTED, unit=Unit.PERCENT, decimals=1),
    column("England", Kind.NUMBER, Role.COMPARATOR, unit=Unit.PERCENT, decimals=1),
    column("break", Kind.TEXT, Role.BREAK),
    column("light", Kind.LIGHT, Role.LIGHT),
)
WHEEL_COLUMNS = (LABEL, *_per_round(Kind.SCORE, Role.VALUE, Unit.SCORE, "Score"))
FEASIBILITY_COLUMNS = (
    LABEL,
    column("impact", Kind.SCORE, Role.IMPACT, decimals=1),
    column("feasibility", Kind.SCORE, Role.FEASIBILITY, decimals=1),
)
MULTIPLES_COLUMNS = (GROUP, *SERIES_COLUMNS[:4])


def scores(*names: str) -> SafeTable:
    strips = Strip(((25, 1), (50, 6))), Strip(((40, 3), (60, 4)))
    rows = [row(name, *strips, Number(50), Number(60), Number(55)) for name in names or ("Shared vision",)]
    return table(Purpose.SCORES, SCORES_COLUMNS, [*rows, hidden_row("Hidden part", 5)])


def criteria(*names: str) -> SafeTable:
    rows = [row(name, Number(40), Number(60), Number(20)) for name in names or ("Strategy", "Leadership")]
    total = row("Total", Number(400), Number(600), Number(200), total=True)
    return table(Purpose.CRITERIA, CRITERIA_COLUMNS, [*rows, total])


def distribution(*names: str) -> SafeTable:
    shares = [Number(x) for x in (10, 20, 30, 25, 15)]
    rows = [row(name, *shares, Number(10)) for name in names or ("2025",)]
    return table(Purpose.DISTRIBUTION, DISTRIBUTION_COLUMNS, [*rows, hidden_row("Hidden", 6)])


def areas(*names: str) -> SafeTable:
    rows = [row(name, Estimate(60, 55, 65)) for name in names or ("Ashcombe",)]
    small = row("Beckside", Estimate(50, 30, 70, cautions=(Caution.SMALL_BASE,)))
    whole = row("All", Estimate(58, 56, 60), total=True)
    return table(Purpose.AREAS, AREAS_COLUMNS, [*rows, small, hidden_row("Hidden", 1), whole])


def change(*names: str) -> SafeTable:
    real = Estimate(9.1, 4.0, 14.2), Number(4), Number(0.004), Verdict(VerdictCode.MATERIAL_CHANGE)
    rows = [row(name, *real) for name in names or ("Safe after dark",)]
    open_ = row(
        "Trust", Estimate(-2, -10, 6), Number(4), Number(0.6), Verdict(VerdictCode.INCONCLUSIVE, 11.5)
    )
    return table(Purpose.CHANGE, CHANGE_COLUMNS, [*rows, open_, hidden_row("Hidden", 4)])


def _measured(year: int, *, group: str | None = None) -> tuple[Value | None, ...]:
    low = 10.0 + year % 4
    light = Light(Colour.RED) if year % 2 else Light(Colour.CANNOT_TELL, (Colour.AMBER, Colour.RED))
    mark = Words(given("new definition")) if year == 2018 else None
    values = Moment(date(year, 12, 31)), Estimate(low + 1.2, low, low + 2.5), Number(12), Number(12.1)
    return values if group else (*values, mark, light)


def series(years: int = 6, name: str = "") -> SafeTable:
    rows = [row(f"{name}{year}", *_measured(year)) for year in range(2015, 2015 + years)]
    return table(Purpose.SERIES, SERIES_COLUMNS, rows)


def multiples(*names: str) -> SafeTable:
    rows = [
        row(name, Words(given(str(year))), *_measured(year, group=name)[:3], group=name)
        for name in names or ("Ashcombe", "Beckside")
        for year in range(2015, 2019)
    ]
    return table(Purpose.MULTIPLES, MULTIPLES_COLUMNS, rows)


def wheel(*names: str) -> SafeTable:
    rows = [row(name, Number(0), Number(100)) for name in names or ("Vision", "Analysis", "Data")]
    return table(Purpose.WHEEL, WHEEL_COLUMNS, rows)


def feasibility(*names: str) -> SafeTable:
    rows = [row(name, Number(3), Number(2)) for name in names or ("Share data", "Train people")]
    return table(Purpose.FEASIBILITY, FEASIBILITY_COLUMNS, rows)


COLUMNS = {
    Purpose.SCORES: SCORES_COLUMNS,
    Purpose.CRITERIA: CRITERIA_COLUMNS,
    Purpose.DISTRIBUTION: DISTRIBUTION_COLUMNS,
    Purpose.AREAS: AREAS_COLUMNS,
    Purpose.CHANGE: CHANGE_COLUMNS,
    Purpose.SERIES: SERIES_COLUMNS,
    Purpose.MULTIPLES: MULTIPLES_COLUMNS,
    Purpose.WHEEL: WHEEL_COLUMNS,
    Purpose.FEASIBILITY: FEASIBILITY_COLUMNS,
}
MAKERS = {
    Purpose.SCORES: scores,
    Purpose.CRITERIA: criteria,
    Purpose.DISTRIBUTION: distribution,
    Purpose.AREAS: areas,
    Purpose.CHANGE: change,
    Purpose.MULTIPLES: multiples,
    Purpose.WHEEL: wheel,
    Purpose.FEASIBILITY: feasibility,
}


def all_withheld(purpose: Purpose) -> SafeTable:
    columns = COLUMNS[purpose]
    labels = sum(each.role is Role.LABEL for each in columns)
    rows = [
        row(
            name,
            *[Words(given("2020"))] * (labels - 1),
            *[RawCell(Number(1), HIDDEN)] * (len(columns) - labels),
        )
        for name in ("One", "Two")
    ]
    return table(purpose, columns, rows)


def no_rows(purpose: Purpose) -> SafeTable:
    return table(purpose, COLUMNS[purpose], [])


def withheld() -> RawCell:
    return RawCell(Number(1), HIDDEN)


def uuid(number: int) -> UUID:
    return UUID(int=number)


def folding(rounds: int = 2, strip: Strip = Strip(((50, 7),))) -> SafeTable:
    """Scores of several rounds, each with columns of its own, headed by codes that can go without it."""
    named = (BEFORE, NOW, RoundLabel("r3", given("2026")))[-rounds:] if rounds == 3 else (BEFORE, NOW)
    columns = [LABEL]
    for one in named:
        for key, kind, role in (("scores", Kind.STRIP, Role.SCORES), ("median", Kind.SCORE, Role.MEDIAN)):
            heading = message(f"level_one.column.{key}_in", round=one.name)
            columns.append(Column(key=key + one.key, kind=kind, heading=heading, role=role, round=one.key))
    columns.append(column("rwg", Kind.SCORE, Role.DETAIL, decimals=2, heading="Agreement"))
    for one in named:
        heading = message("reports.column.base_in", round=one.name)
        columns.append(
            Column(key=f"n{one.key}", kind=Kind.COUNT, heading=heading, role=Role.BASE, round=one.key)
        )
    scores = [value for one in named for value in (_strip(one, strip), Number(40 if one is BEFORE else 50))]
    answers = [Number(6 if one is BEFORE else 7) for one in named]
    return table(Purpose.NONE, columns, [row("Vision", *scores, Number(0.9), *answers)], rounds=named)


def _strip(one: RoundLabel, strip: Strip) -> Strip:
    return Strip(((40, 6),)) if one is BEFORE else strip
