"""Level one: change on those who scored in both rounds, an organisation counted once."""

from collections.abc import Mapping
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
from lsp_assess.reports.matching import Pair, Rest, dominant, pairs
from lsp_assess.reports.partners import Driver, Scored, part_key
from lsp_assess.reports.tables_level_one_unmatched import unmatched_table


def matched_tables(driver: Driver, scored: tuple[Scored, ...]) -> Draft:
    now = scored[-1]
    found = {item: pairs(driver, item) for item in driver.parts}
    return together(
        _matched(driver, before, now, {item: pairs_[before.key] for item, pairs_ in found.items()})
        for before in scored[:-1]
    )


def _matched(driver: Driver, before: Scored, now: Scored, found: Mapping[str, Pair]) -> Draft:
    changes = part_changes(driver.parts, before.of.people, now.of.people, threshold=driver.threshold)
    figures = {one.item: _figures(driver, one, before, now, found[one.item]) for one in changes}
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
    rests = {item: _rests(item, before, now, pair) for item, pair in found.items()}
    relations = [
        _relation(one, figures[item][0]) for item, both in rests.items() for one in both if one.group
    ]
    return Draft(
        tables=(table, *unmatched_table(driver, before, now, rests)),
        relations=tuple(relations),
        unshown=tuple(
            figure
            for both in rests.values()
            for one in both
            for figure in (one.figure, one.of.figure(one.item))
        ),
        findings={table.heading.id: matched_finding},
    )


def _figures(
    driver: Driver, change: PartChange, before: Scored, now: Scored, pair: Pair
) -> tuple[Figure, Figure]:
    """The matched as a group, of whom subtraction may tell; and which way they went, which tells of each of
    them where nearly all went one way, but nothing of the others."""
    key = part_key(change.item, now.key, f"matched:{before.key}")
    ways = (change.up, change.same, change.down)
    share = max(
        max(ways) / change.organisations if change.organisations else 0.0,
        *(dominant(one.of, change.item, pair.both) for one in (before, now)),
    )
    return (
        Figure(key, SmallGroup(change.matched, driver.threshold, is_near=pair.is_near)),
        Figure(f"{key}/ways", SmallGroup(change.matched, driver.threshold, share)),
    )


def _rests(item: str, before: Scored, now: Scored, pair: Pair) -> tuple[Rest, Rest]:
    """Those who left, and those who joined."""
    return (
        Rest(before, now, item, pair.left, pair.is_near),
        Rest(now, before, item, pair.joined, pair.is_near),
    )


def _relation(rest: Rest, matched: Figure) -> Relation:
    """Beside the figures of all, those of the matched tell of the rest. Where there is no rest, those matched
    are everybody, of whom nothing new is told."""
    return Relation(total=rest.of.figure(rest.item).key, parts=(matched.key, rest.figure.key))


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
