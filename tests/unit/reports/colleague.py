"""The nosiest colleague: knows who took part in which round, holds every release, and tries every way in
which the partners can have scored.

Shares no code with the gate or the audit. A person's score is told where no other one fits what is shown.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

from lsp_assess.disclosure.tables import SafeTable, State
from lsp_assess.disclosure.values import Number, Strip

SCALE = (20, 40, 60, 80)
Person = int
Scored = Mapping[str, Mapping[Person, int]]
"""By the key of a round, whoever scored the part, and how."""


@dataclass(frozen=True)
class Issue:
    """A release: its tables, and who had scored the part in its rounds when it was made."""

    tables: Sequence[SafeTable]
    scored: Scored
    sectors: Mapping[Person, str]

    def shown(self, table_id: str, row: str, column: str) -> object | None:
        for table in self.tables:
            if table.id == table_id and any(one.key == column for one in table.columns):
                cell = table.cell(row, column)
                return cell.value if cell.state in (State.SHOWN, State.ZERO) else None
        return None

    def number(self, table_id: str, row: str, column: str) -> float | None:
        value = self.shown(table_id, row, column)
        return value.amount if isinstance(value, Number) else None


@dataclass
class Colleague:
    """Unknown are the score of each person in each round, one of the scale."""

    part: str
    criterion: str
    issues: Sequence[Issue]
    truth: dict[tuple[Person, str], int] = field(default_factory=dict)
    names: dict[object, int] = field(default_factory=dict)
    rows: list[tuple[dict[int, float], float, float]] = field(default_factory=list)

    def __post_init__(self) -> None:
        for issue in self.issues:
            for round_, scores in issue.scored.items():
                self.truth |= {(person, round_): score for person, score in scores.items()}
        for key in self.truth:
            self._says({self._is(key, score): 1 for score in SCALE}, 1, 1)
        for issue in self.issues:
            self._reads(issue)

    def told(self) -> Iterator[tuple[Person, str]]:
        """Whose score in which round follows; of those who took part alike, one stands for all."""
        alike = {}
        for person, round_ in self.truth:
            alike.setdefault((self._known(person), round_), (person, round_))
        for key in alike.values():
            others = [self._is(key, score) for score in SCALE if score != self.truth[key]]
            if not self._fits(others):
                yield key

    def _known(self, person: Person) -> object:
        return tuple(
            (issue.sectors[person], *(person in scores for scores in issue.scored.values()))
            for issue in self.issues
        )

    def _fits(self, one_of: Sequence[int]) -> bool:
        aim = np.zeros(len(self.names))
        aim[list(one_of)] = -1
        matrix = np.zeros((len(self.rows), len(self.names)))
        for i, (factors, _, _) in enumerate(self.rows):
            for place, factor in factors.items():
                matrix[i, place] = factor
        low, high = [row[1] for row in self.rows], [row[2] for row in self.rows]
        found = milp(
            aim,
            integrality=np.ones(len(aim)),
            bounds=Bounds(0, 1),
            constraints=LinearConstraint(matrix, low, high),
        )
        assert found.success, "the truth fits what is shown"
        return round(found.fun) == -1

    def _name(self, name: object) -> int:
        return self.names.setdefault(name, len(self.names))

    def _is(self, key: tuple[Person, str], score: int) -> int:
        return self._name((*key, score))

    def _says(self, factors: dict[int, float], low: float, high: float = np.inf) -> None:
        self.rows.append((factors, low, high))

    def _reads(self, issue: Issue) -> None:
        rounds = list(issue.scored)
        now = rounds[-1]
        for round_, scores in issue.scored.items():
            strip = issue.shown(f"level_one.scores.{self.criterion}", self.part, f"scores:{round_}")
            if isinstance(strip, Strip):
                counts = dict(strip.points)
                for score in SCALE:
                    n = counts.get(float(score), 0)
                    self._says({self._is((p, round_), score): 1 for p in scores}, n, n)
        for sector in set(issue.sectors.values()):
            group = [p for p in issue.scored[now] if issue.sectors[p] == sector]
            self._median(group, now, issue.number("level_one.sectors", self.part, sector))
        for before in rounds[:-1]:
            self._reads_pair(issue, before, now)

    def _reads_pair(self, issue: Issue, before: str, now: str) -> None:
        then, here = set(issue.scored[before]), set(issue.scored[now])
        matched, apart = f"level_one.matched.{before}", f"level_one.unmatched.{before}"
        self._median(then & here, before, issue.number(matched, self.part, "before"))
        self._median(then & here, now, issue.number(matched, self.part, "after"))
        self._median(then - here, before, issue.number(apart, self.part, "left_median"))
        self._median(here - then, now, issue.number(apart, self.part, "joined_median"))
        ways = [issue.number(matched, self.part, way) for way in ("up", "same", "down")]
        if None not in ways:
            self._ways(then & here, before, now, [way for way in ways if way is not None])

    def _ways(self, group: set[Person], before: str, now: str, ways: Sequence[float]) -> None:
        went = {p: [self._name((p, before, now, way)) for way in ("up", "same", "down")] for p in group}
        for person, (up, same, down) in went.items():
            self._says({up: 1, same: 1, down: 1}, 1, 1)
            for then, here in product(SCALE, SCALE):
                way = up if here > then else same if here == then else down
                both = {self._is((person, before), then): -1.0, self._is((person, now), here): -1.0}
                self._says({**both, way: 1}, -1)
        for place, n in enumerate(ways):
            self._says({names[place]: 1 for names in went.values()}, n, n)

    def _median(self, people: set[Person] | list[Person], round_: str, middle: float | None) -> None:
        """The two in the middle (the same one, where their number is odd) lie as far below as above it."""
        if middle is None or not people:
            return
        half, odd = divmod(len(people), 2)
        pairs = {}
        for low, high in product(SCALE, SCALE):
            if low <= high and low + high == 2 * middle and not (odd and low != high):
                pairs[low, high] = self._name((frozenset(people), round_, middle, low, high))
        self._says(dict.fromkeys(pairs.values(), 1.0), 1, 1)
        for (low, high), chosen in pairs.items():
            for least, reached in (
                (half + odd, [score for score in SCALE if score <= low]),
                (half + 1, [score for score in SCALE if score >= low]),
                (half + 1, [score for score in SCALE if score <= high]),
                (half + odd, [score for score in SCALE if score >= high]),
            ):
                counted = {self._is((p, round_), score): 1.0 for p in people for score in reached}
                self._says({**counted, chosen: -float(least)}, 0)
