"""What was told before and is told otherwise now: the difference tells of those who came or went between.

A release stays with whoever has read it, so that a correction, or a later release that tells of an earlier
round again, is read beside it. One answer taken back between them would be the difference of two
distributions. A figure that is told otherwise, and where the two together tell apart fewer people than its
rule lets be told of, is withheld in the new release.
"""

from collections import Counter
from collections.abc import Iterator, Sequence

from lsp_assess.disclosure.published import Place, Published, PublishedCell
from lsp_assess.disclosure.rules import LEAST_COUNT, Figure, Rule, SmallGroup, SurveyEstimate
from lsp_assess.disclosure.tables import Cell, Kind, Role, State
from lsp_assess.disclosure.values import Estimate, Number, Strip


def told_apart(now: Published, earlier: Sequence[Published]) -> frozenset[str]:
    """Keys of the figures of `now` that may not be told beside the earlier releases."""
    return frozenset(key for before in earlier for key in _told_apart(before, now))


def _told_apart(before: Published, now: Published) -> Iterator[str]:
    spreads = _Spreads(before), _Spreads(now)
    for new in _changed(before, now):
        for figure in new.figures:
            rule = before.rules.get(figure.key)
            if rule is None:
                continue
            then, here = (spread.of(figure.key) for spread in spreads)
            if then and here and isinstance(figure.rule, SmallGroup):
                few = _few_moved(then, here, figure.rule)
            else:
                few = _few(
                    rule, figure.rule, alone=not any(s.of(f.key) for s in spreads for f in new.figures)
                )
            if few:
                yield figure.key
    yield from _told_elsewhere(before, now, spreads)


def _told_elsewhere(before: Published, now: Published, spreads: "tuple[_Spreads, _Spreads]") -> Iterator[str]:
    """Of a few people, where another table tells it (a trend across editions, of a round that had tables of
    its own): not the same cell, but a reader can work out the one from the other."""
    old = {key: rule for key, rule in _shown(before) if isinstance(rule, SmallGroup)}
    for key, rule in _shown(now):
        if key not in old or not isinstance(rule, SmallGroup):
            continue
        then, here = (spread.of(key) for spread in spreads)
        few = _few_moved(then, here, rule) if then and here else _few(old[key], rule, alone=False)
        if few:
            yield key


def _shown(release: Published) -> Iterator[tuple[str, Rule]]:
    for one in release.cells.values():
        if one.cell.state in (State.SHOWN, State.ZERO):
            yield from ((figure.key, figure.rule) for figure in one.figures)


def _changed(before: Published, now: Published) -> Iterator[PublishedCell]:
    for place, new in now.cells.items():
        old = before.cells.get(place)
        if old is not None and _amount(old.cell) != _amount(new.cell) and _both_shown(old.cell, new.cell):
            yield new


def _both_shown(old: Cell, new: Cell) -> bool:
    return {old.state, new.state} <= {State.SHOWN, State.ZERO}


def _amount(cell: Cell) -> object:
    """What is told of people: not the interval, nor the rounded base."""
    return cell.value.amount if isinstance(cell.value, Estimate) else cell.value


class _Spreads:
    """How many people stand where, of the figures whose distribution a release tells."""

    def __init__(self, release: Published) -> None:
        self._found: dict[str, Counter[object]] = {}
        for place, one in release.cells.items():
            if len(one.figures) == 1 and one.cell.state in (State.SHOWN, State.ZERO):
                self._add(one.figures[0], place, one)

    def _add(self, figure: Figure, place: Place, one: PublishedCell) -> None:
        found = self._found.setdefault(figure.key, Counter())
        if isinstance(one.cell.value, Strip):
            found.update(dict(one.cell.value.points))
        elif one.column.kind is Kind.COUNT and one.column.role is not Role.BASE:
            assert isinstance(one.cell.value, Number)  # noqa: S101 (a shown count)
            found[place.column] += int(one.cell.value.amount)

    def of(self, key: str) -> Counter[object]:
        return self._found.get(key, Counter())


def _few_moved(then: Counter[object], here: Counter[object], rule: SmallGroup) -> bool:
    """Those whom the distributions tell apart, as two groups: who went, and who came."""
    groups = (then - here, here - then)
    return any(
        SmallGroup(group.total(), rule.threshold, max(group.values()) / group.total()).forbids
        for group in groups
        if group
    )


def _few(old: Rule, new: Rule, *, alone: bool) -> bool:
    """`alone`: no distribution says whether anybody's answer changed."""
    match old, new:
        case SmallGroup(), SmallGroup():
            apart = abs(old.n - new.n)
            return alone if apart == 0 else apart < new.threshold
        case SurveyEstimate(), SurveyEstimate():
            moved = abs(old.n - new.n), abs((old.count or 0) - (new.count or 0))
            return any(0 < people < LEAST_COUNT for people in moved)
    return False
