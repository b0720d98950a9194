"""What a reader tells from a release, as statements in whole numbers about who stands behind its figures.

Unknown are the size of each figure's group and, for a share, the count behind it. A statement stands here
only where it is true: one that a reader may guess wrongly (that weights are equal, that everybody lives in
a known ward) tells nothing. The same number of the same figure is one unknown in whichever release it is
told, so that rounds and corrections speak to each other.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import inf

from lsp_assess.disclosure.complement import Parts, Rate, Relation
from lsp_assess.disclosure.integers import Factors, Of, Statement, Unknown
from lsp_assess.disclosure.published import Place, Published, PublishedCell
from lsp_assess.disclosure.rules import (
    COUNT_STEP,
    LEAST_COUNT,
    Figure,
    Open,
    Rule,
    SurveyCount,
    SurveyEstimate,
)
from lsp_assess.disclosure.tables import Kind, Role, State, Unit
from lsp_assess.disclosure.values import Estimate, Number

HALF_STEP = COUNT_STEP // 2


@dataclass(frozen=True, slots=True)
class Source:
    """A cell, and the figures that it would be withheld with."""

    release: str
    place: Place
    figures: tuple[Figure, ...]


def size(key: str, rule: Rule) -> Unknown:
    match rule:
        case SurveyCount(count=n) | Open(size=n):
            return Unknown(key, Of.SIZE, n)
    return Unknown(key, Of.SIZE, rule.n)


def count(key: str, rule: Rule) -> Unknown | None:
    """Of those who gave the answer; None where the figure is no share."""
    if not isinstance(rule, SurveyEstimate) or rule.count is None:
        return None
    return Unknown(key, Of.COUNT, rule.count)


def told(release: Published) -> Iterator[Statement]:
    """All that holds of the truth."""
    for statement in _all(release):
        if statement.factors and statement.is_true:
            yield statement


def _all(release: Published) -> Iterator[Statement]:
    for key, rule in release.rules.items():
        if (share := count(key, rule)) is not None:
            yield Statement({size(key, rule): 1, share: -1}, low=0)
    for relation in release.relations:
        yield from _of_relation(release, relation)
    for cell in release.cells.values():
        yield from _of_cell(release, cell)


def _of_relation(release: Published, relation: Relation) -> Iterator[Statement]:
    rules = release.rules
    parts = [(key, rules[key]) for key in relation.parts]
    counts = [share for key, rule in parts if (share := count(key, rule)) is not None]
    total = None if relation.total is None else (relation.total, rules[relation.total])
    if relation.divides is Parts.CATEGORIES:
        bases = [size(key, rule) for key, rule in ((total, *parts) if total else parts)]
        for base in bases[1:]:
            yield Statement({bases[0]: 1, base: -1}, 0, 0)
        whole = bases[0] if total is None else count(*total)
        if whole is not None and len(counts) == len(parts):
            yield from _made_up(whole, counts)
    elif total is not None:
        yield from _made_up(size(*total), [size(key, rule) for key, rule in parts])
        if (whole := count(*total)) is not None and len(counts) == len(parts):
            yield from _made_up(whole, counts)


def _made_up(whole: Unknown, parts: Sequence[Unknown]) -> Iterator[Statement]:
    """Exactly, or at least by these and others (people of no known area)."""
    factors = {whole: 1, **dict.fromkeys(parts, -1)}
    yield Statement(factors, low=0)
    yield Statement(factors, high=0)


def _of_cell(release: Published, one: PublishedCell) -> Iterator[Statement]:
    match one.cell.state, one.cell.value:
        case State.WITHHELD, _:
            yield from _of_withheld(one)
        case ((State.SHOWN | State.ZERO), value):
            yield from _of_being_shown(release, one)
            if isinstance(value, Number):
                yield from _of_number(release, one, value.amount)
            if isinstance(value, Estimate):
                yield from _of_estimate(release, one, value)


def _of_withheld(one: PublishedCell) -> Iterator[Statement]:
    """A sign instead of a number says that there is somebody; a survey's count also that they are few."""
    for figure in one.figures:
        unknown = size(figure.key, figure.rule)
        yield Statement({unknown: 1}, low=1)
        if (share := count(figure.key, figure.rule)) is not None:
            yield Statement({share: 1}, low=1)
        if isinstance(figure.rule, SurveyCount):
            yield Statement({unknown: 1}, low=1, high=LEAST_COUNT - 1)


def _of_being_shown(release: Published, one: PublishedCell) -> Iterator[Statement]:
    """That a group is told of says that it is large enough."""
    for figure in one.figures:
        whole, share = size(figure.key, figure.rule), count(figure.key, figure.rule)
        yield _exactly(one, release, {whole: 1}, figure.rule.least)
        if share is not None:
            yield _exactly(one, release, {share: 1}, LEAST_COUNT)
            yield _exactly(one, release, {whole: 1, share: -1}, LEAST_COUNT)


def _of_estimate(release: Published, one: PublishedCell, value: Estimate) -> Iterator[Statement]:
    if value.n is not None and len(one.figures) == 1:
        base = size(one.figures[0].key, one.figures[0].rule)
        yield _within(one, release, base, value.n)
    yield from _of_percent(release, one, value.amount)


def _of_number(release: Published, one: PublishedCell, amount: float) -> Iterator[Statement]:
    if one.column.kind is not Kind.COUNT:
        yield from _of_percent(release, one, amount)
        return
    for figure in one.figures:
        unknown = size(figure.key, figure.rule)
        if isinstance(figure.rule, SurveyCount | SurveyEstimate):
            yield _within(one, release, unknown, int(amount))
        else:
            yield _exactly(one, release, {unknown: 1}, int(amount), int(amount))


def _within(one: PublishedCell, release: Published, unknown: Unknown, shown: int) -> Statement:
    """Nought stays nought; others went to the nearest 5."""
    room = HALF_STEP if shown else 0
    return _exactly(one, release, {unknown: 1}, shown - room, shown + room)


def _of_percent(release: Published, one: PublishedCell, amount: float) -> Iterator[Statement]:
    share, base = _share(release, one)
    if not share or not base:
        return
    if one.cell.state is State.ZERO:
        yield _exactly(one, release, share, 0, 0)
    # half-up: k − ½ ≤ 100 · scale · share / base < k + ½, in whole numbers; a tie goes away from nought
    scale = 10**one.column.decimals
    k = round(amount * scale)
    for side, low, high in ((2 * k - 1, int(k <= 0), inf), (2 * k + 1, -inf, -int(k >= 0))):
        factors = {number: 200 * scale * factor for number, factor in share.items()}
        for number, factor in base.items():
            factors[number] = factors.get(number, 0) - side * factor
        yield _exactly(one, release, {u: f for u, f in factors.items() if f}, low, high)


def _share(release: Published, one: PublishedCell) -> tuple[Factors, Factors]:
    """What the percentage is a share of; nothing where it does not turn back into whole numbers."""
    first, *others = one.figures
    whole = size(first.key, first.rule)
    favourable = count(first.key, first.rule)
    if favourable is not None and not others and one.column.unit is Unit.PERCENT:
        return {favourable: 1}, {whole: 1}
    if favourable is not None and others and one.column.role is Role.BALANCE:
        unfavourable = count(others[0].key, others[0].rule)
        return ({}, {}) if unfavourable is None else ({favourable: 1, unfavourable: -1}, {whole: 1})
    rate = next((rate for rate in release.rates if rate.figure == first.key), None)
    return ({}, {}) if rate is None else _rate(release, rate)


def _rate(release: Published, rate: Rate) -> tuple[Factors, Factors]:
    numerator, denominator = (
        {size(key, release.rules[key]): 1 for key in keys} for keys in (rate.numerator, rate.denominator)
    )
    return numerator, denominator


def _exactly(
    one: PublishedCell, release: Published, factors: Factors, low: float, high: float = inf
) -> Statement:
    return Statement(factors, low, high, (Source(release.release, one.place, one.figures),))
