"""Level one: change on those who scored in both rounds, an organisation counted once."""

from collections.abc import Sequence
from fractions import Fraction

from lsp_assess.assessment.change import PartChange, part_changes
from lsp_assess.disclosure.complement import Relation
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
    Unit,
)
from lsp_assess.disclosure.values import Missing, Number
from lsp_assess.kernel.messages import message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.headings_level_one import matched_finding
from lsp_assess.reports.partners import Driver, Scored, part_key


def matched_tables(driver: Driver, scored: tuple[Scored, ...]) -> Draft:
    now = scored[-1]
    return together(_matched(driver, before, now) for before in scored[:-1])


def _matched(driver: Driver, before: Scored, now: Scored) -> Draft:
    changes = part_changes(driver.parts, before.of.people, now.of.people, threshold=driver.threshold)
    figures = {one.item: _figures(driver, one, before, now) for one in changes}
    table = RawTable(
        heading=Heading(
            id=f"level_one.matched.{before.key}",
            title=message("level_one.title.matched", earlier=before.of.round.name, later=now.of.round.name),
            purpose=Purpose.NONE,
            base=message("level_one.base.matched"),
            source=driver.source,
            rounds=round_labels(before.of.round, now.of.round),
            footnotes=(
                message("level_one.note.organisations"),
                message("level_one.note.paired"),
                message("level_one.note.unmatched"),
            ),
        ),
        columns=_columns(before, now),
        rows=tuple(_row(driver, one, figures[one.item]) for one in changes),
    )
    relations, unshown = _unmatched(changes, figures, before, now)
    return Draft(
        tables=(table,),
        relations=relations,
        unshown=unshown,
        findings={table.heading.id: matched_finding},
    )


def _figures(driver: Driver, change: PartChange, before: Scored, now: Scored) -> tuple[Figure, Figure]:
    """The matched as a group, of whom subtraction may tell; and which way they went, which tells of each of
    them where nearly all went one way, but nothing of the others."""
    key = part_key(change.item, now.key, f"matched:{before.key}")
    ways = (change.up, change.same, change.down)
    dominant = max(ways) / change.organisations if change.organisations else 0.0
    return (
        Figure(key, SmallGroup(change.matched, driver.threshold)),
        Figure(f"{key}/ways", SmallGroup(change.matched, driver.threshold, dominant)),
    )


def _unmatched(
    changes: Sequence[PartChange], figures: dict[str, tuple[Figure, Figure]], before: Scored, now: Scored
) -> tuple[tuple[Relation, ...], tuple[Figure, ...]]:
    """Beside the figures of all, those of the matched tell of the rest: joiners now, leavers before."""
    relations, unshown = [], []
    for change in changes:
        for one, other in ((now, before), (before, now)):
            whole = one.figure(change.item)
            rest = Figure(
                part_key(change.item, one.key, f"unmatched:{other.key}"),
                SmallGroup(one.summaries[change.item].n - change.matched, one.driver.threshold),
            )
            unshown += [whole, rest]
            parts = (figures[change.item][0].key, rest.key)
            relations.append(Relation(total=whole.key, parts=parts))
    return tuple(relations), tuple(unshown)


def _columns(before: Scored, now: Scored) -> tuple[Column, ...]:
    def count(key: str, unit: Unit) -> Column:
        heading = message(f"level_one.column.{key}")
        return Column(key=key, kind=Kind.COUNT, heading=heading, unit=unit, round=before.key)

    def score(key: str, one: Scored, role: Role) -> Column:
        return Column(
            key=key,
            kind=Kind.SCORE,
            heading=message("level_one.column.median_in", round=one.of.round.name),
            role=role,
            unit=Unit.SCORE,
            decimals=1,
            round=before.key,
        )

    return (
        label_column(message("level_one.column.part")),
        score("before", before, Role.DETAIL),
        score("after", now, Role.DETAIL),
        count("up", Unit.ORGANISATIONS),
        count("same", Unit.ORGANISATIONS),
        count("down", Unit.ORGANISATIONS),
        Column(key="p", kind=Kind.P, heading=message("reports.column.p"), role=Role.P, round=before.key),
        count("matched", Unit.PEOPLE),
    )


def _row(driver: Driver, change: PartChange, figures: tuple[Figure, Figure]) -> RawRow:
    def median(value: Fraction | None) -> RawCell:
        return RawCell(None if value is None else Number(float(value)), figures)

    return RawRow(
        key=change.item,
        cells=(
            label(driver.part_titles[change.item]),
            median(change.before),
            median(change.after),
            *(RawCell(Number(n), figures) for n in (change.up, change.same, change.down)),
            _p(change, figures),
            RawCell(Number(change.matched), figures),
        ),
    )


def _p(change: PartChange, figures: tuple[Figure, Figure]) -> RawCell:
    """Exact paired test on organisations; not made where fewer than six of them changed."""
    p = None if change.paired is None else change.paired.wilcoxon_p
    if p is None:
        return RawCell(figures=figures, missing=Missing.NOT_TESTABLE)
    return RawCell(Number(p), figures)
