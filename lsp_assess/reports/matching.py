"""Who scored a part in which two rounds, and of whom of these something may be told.

Each release tells of those who scored in its round and in an earlier one. Over several rounds such groups
overlap: of two that are nearly the same, the one that comes later is withheld.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from lsp_assess.assessment.parts import median
from lsp_assess.disclosure.nearness import Group, Told
from lsp_assess.disclosure.rules import Figure, SmallGroup
from lsp_assess.reports.partners import Driver, DriverRound, Scored, part_key


@dataclass(frozen=True, slots=True)
class Pair:
    """Of one part and two rounds. `is_near`: one of the groups is nearly the same as one told of before."""

    both: Group
    left: Group
    joined: Group
    is_near: bool

    @property
    def groups(self) -> Iterator[tuple[int, Group]]:
        """With the place of the round of which something is told."""
        yield from ((0, self.both), (0, self.left), (1, self.both), (1, self.joined))


def pairs(driver: Driver, item: str) -> Mapping[str, Pair]:
    """By the key of the earlier round, those of the published one. All pairs of earlier rounds were told of
    in the releases before, in this order."""
    told, found = Told(driver.threshold), {}
    groups = {one.round.key: _who(one, item) for one in driver.rounds}
    for place, now in enumerate(driver.rounds):
        key = now.round.key
        told.tell(key, [groups[key], *_sectors(driver, groups[key], now)])
        found = {
            before.round.key: _pair(told, before.round.key, key, groups) for before in driver.rounds[:place]
        }
    return found


def _who(one: DriverRound, item: str) -> Group:
    return frozenset(person.key for person in one.people if person.score(item) is not None)


def _sectors(driver: Driver, group: Group, now: DriverRound) -> Iterator[Group]:
    people = sorted(
        (sector, person.key)
        for person in now.people
        if person.key in group and (sector := driver.sectors.get(person.organisation)) is not None
    )
    for _, members in groupby(people, key=lambda one: one[0]):
        yield frozenset(key for _, key in members)


def _pair(told: Told, before: str, now: str, groups: Mapping[str, Group]) -> Pair:
    then, here = groups[before], groups[now]
    made = Pair(then & here, then - here, here - then, is_near=False)
    times = before, now
    if all(told.may(times[at], group) for at, group in made.groups):
        for at, group in made.groups:
            told.tell(times[at], [group])
        return made
    return Pair(made.both, made.left, made.joined, is_near=True)


@dataclass(frozen=True, slots=True)
class Rest:
    """Those who scored the part in one of two rounds only; `of` is that round."""

    of: Scored
    other: Scored
    item: str
    group: Group
    is_near: bool

    @property
    def scores(self) -> list[Fraction]:
        return [
            score
            for person in self.of.of.people
            if person.key in self.group and (score := person.score(self.item)) is not None
        ]

    @property
    def median(self) -> Fraction | None:
        return median(self.scores)

    @property
    def figure(self) -> Figure:
        scores = self.scores
        share = max(Counter(scores).values()) / len(scores) if scores else 0.0
        return Figure(
            part_key(self.item, self.of.key, f"unmatched:{self.other.key}"),
            SmallGroup(len(scores), self.of.driver.threshold, share, self.is_near),
        )


def dominant(driver_round: DriverRound, item: str, group: Group) -> float:
    """The share of the group that gave the same score."""
    scores = [person.score(item) for person in driver_round.people if person.key in group]
    return max(Counter(scores).values()) / len(scores) if scores else 0.0
