"""The integer audit over everything published together (`domain.md` §9, trust C6).

Protected are the people behind what a primary rule withholds for their number: a group under the threshold,
a survey's count of 1 to 7, a group with too few answers, and the 1 to 7 who gave an answer or who alone
did not. (What is withheld beside them protects them, and is itself large enough to be told.) An attacker
holds every release ever issued, corrections beside what they corrected, and all arithmetic that ties their
cells. For each protected number the audit finds the narrowest interval that follows in whole numbers; it
may not be narrower than 3: upper end less lower end.
"""

from collections.abc import Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from lsp_assess.disclosure.complement import NARROWEST
from lsp_assess.disclosure.integers import Factors, Interval, Statement, System, interval, is_narrower
from lsp_assess.disclosure.published import Place, Published
from lsp_assess.disclosure.rules import LEAST_COUNT, Figure, Open, Rule, SurveyCount
from lsp_assess.disclosure.tables import State
from lsp_assess.disclosure.telling import Source, count, size, told


@dataclass(frozen=True, slots=True)
class Protected:
    """`factors` say what must stay uncertain."""

    figure: str
    factors: Factors


@dataclass(frozen=True)
class Betrayal:
    """`cells` are where the figure is withheld, none for a group that no table names. `statements` are all
    that bear on it, what cannot be changed first."""

    protected: Protected
    cells: tuple[tuple[str, Place], ...]
    interval: Interval
    statements: tuple[Statement, ...]

    @property
    def figure(self) -> str:
        return self.protected.figure

    @cached_property
    def betrayed_by(self) -> tuple[Statement, ...]:
        """Statements that give it away together, and of which none can be spared."""
        return tuple(_explained(self.protected.factors, [], self.statements))

    @property
    def sources(self) -> tuple[Source, ...]:
        """The published cells among them."""
        return tuple(source for statement in self.betrayed_by for source in _sources(statement))


@dataclass(frozen=True, slots=True)
class Audit:
    """`cells` of tables that tell of somebody; what is known of each protected number."""

    cells: int
    known: tuple[tuple[Protected, Interval], ...]
    betrayals: tuple[Betrayal, ...]

    @property
    def narrowest(self) -> Interval | None:
        return min((known for _, known in self.known), key=lambda known: known.width, default=None)


def audit(releases: Sequence[Published]) -> Audit:
    known, betrayals = [], []
    for one, statements in _targets(releases):
        found = interval(one.factors, statements)
        known.append((one, found))
        if found.width < NARROWEST:
            betrayals.append(Betrayal(one, _cells(releases, one.figure), found, tuple(statements)))
    return Audit(
        cells=sum(len(release.cells) for release in releases),
        known=tuple(known),
        betrayals=tuple(betrayals),
    )


def betrayals_by(new: Published, earlier: Sequence[Published]) -> Iterator[Betrayal]:
    """What the new release adds to what the earlier ones tell, which nothing can change any more. That two
    numbers hang together, or that somebody is there, is told by no cell, and can betray as well."""
    old = {release.release for release in earlier}
    before = set(_by_what_they_say(earlier))
    releases = [*earlier, new]
    for one, statements in _targets(releases):
        known = [statement for statement in statements if _says(statement) in before]
        if len(known) == len(statements):
            continue
        if is_narrower(one.factors, statements, than=NARROWEST) and not is_narrower(
            one.factors, known, than=NARROWEST
        ):
            ordered = sorted(statements, key=lambda statement: _is_new(statement, old))
            found = interval(one.factors, statements)
            yield Betrayal(one, _cells(releases, one.figure), found, tuple(ordered))


def _targets(releases: Sequence[Published]) -> Iterator[tuple[Protected, list[Statement]]]:
    system = System(list(_by_what_they_say(releases).values()))
    for one in _protected(releases):
        yield one, system.about(one.factors)


def _by_what_they_say(releases: Sequence[Published]) -> dict[Hashable, Statement]:
    """Each once, with all the places that say it."""
    merged: dict[Hashable, Statement] = {}
    for statement in (statement for release in releases for statement in told(release)):
        key = _says(statement)
        sources = statement.sources if key not in merged else (*merged[key].sources, *statement.sources)
        merged[key] = Statement(statement.factors, statement.low, statement.high, sources)
    return merged


def _says(statement: Statement) -> Hashable:
    return frozenset(statement.factors.items()), statement.low, statement.high


def _protected(releases: Sequence[Published]) -> Iterator[Protected]:
    rules = dict.fromkeys((key, rule) for release in releases for key, rule in release.rules.items())
    seen = set()
    for key, rule in rules:
        for one in _protected_by(key, rule):
            known = (one.figure, frozenset(one.factors.items()))
            if known not in seen:
                seen.add(known)
                yield one


def _protected_by(key: str, rule: Rule) -> Iterator[Protected]:
    whole = size(key, rule)
    few = LEAST_COUNT if isinstance(rule, SurveyCount) else rule.least
    if 0 < whole.true < few and not isinstance(rule, Open):
        yield Protected(key, {whole: 1})
        return
    share = count(key, rule)
    if share is None:
        return
    if 0 < share.true < LEAST_COUNT:
        yield Protected(key, {share: 1})
    if 0 < whole.true - share.true < LEAST_COUNT:
        yield Protected(key, {whole: 1, share: -1})


def _cells(releases: Sequence[Published], figure: str) -> tuple[tuple[str, Place], ...]:
    return tuple(
        (release.release, one.place)
        for release in releases
        for one in release.cells.values()
        if one.cell.state is State.WITHHELD and figure in {told.key for told in one.figures}
    )


def _explained(
    target: Factors, given: list[Statement], rest: Sequence[Statement], *, more: bool = False
) -> list[Statement]:
    """The fewest of `rest` that, with what is given, leave the target narrow; the first of them by preference
    (Junker's QuickXplain). `more` says that something was added to what is given."""
    if more and is_narrower(target, given, than=NARROWEST):
        return []
    if len(rest) == 1:
        return list(rest)
    half = len(rest) // 2
    first, then = rest[:half], rest[half:]
    later = _explained(target, [*given, *first], then, more=True)
    return [*_explained(target, [*given, *later], first, more=bool(later)), *later]


def _is_new(statement: Statement, old: Collection[str]) -> bool:
    return bool(statement.sources) and all(source.release not in old for source in _sources(statement))


def _sources(statement: Statement) -> Iterator[Source]:
    return (source for source in statement.sources if isinstance(source, Source))


def to_withhold(betrayal: Betrayal, *, release: str) -> Figure | None:
    """A figure of the release without which the others no longer give the number away: what anybody may
    know before what is told of a group, then the smallest group; None where they do without this release."""
    candidates = [
        figure
        for statement in betrayal.betrayed_by
        if statement.sources and all(s.release == release for s in _sources(statement))
        for source in _sources(statement)
        for figure in source.figures
    ]
    return min(candidates, key=_cost, default=None)


def _cost(figure: Figure) -> tuple[bool, bool, int, str]:
    """That a group is empty protects nobody by being withheld, and so comes late."""
    n = size(figure.key, figure.rule).true
    if isinstance(figure.rule, Open):
        return False, n == 0, -n, figure.key
    return True, n == 0, n, figure.key
