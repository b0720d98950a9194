"""What a reader can work out in whole numbers from linear statements about numbers that are not told.

A system is the statements; the interval of a number is from the least to the most that it can be in any
solution of the system in whole numbers from nought up. Solved exactly, by HiGHS (branch and bound), within
the few statements that hang together with the number.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import TypeAlias

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array


class Of(StrEnum):
    SIZE = "size"
    """How many people (or addresses) a group has."""
    COUNT = "count"
    """How many of them gave the answer."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """A number behind a figure. Readers do not know `true`; two releases that agree on it tell of one."""

    figure: str
    of: Of
    true: int


Factors: TypeAlias = Mapping[Unknown, int]

REACH = 20
"""How far beside the truth an interval is followed: what is uncertain by as much is uncertain enough."""


def truth(factors: Factors) -> int:
    return sum(factor * unknown.true for unknown, factor in factors.items())


@dataclass(frozen=True, slots=True)
class Statement:
    """low ≤ Σ factor · unknown ≤ high. `sources` are where a reader has it from."""

    factors: Factors
    low: float = -inf
    high: float = inf
    sources: tuple[object, ...] = ()

    @property
    def is_true(self) -> bool:
        return self.low <= truth(self.factors) <= self.high


@dataclass(frozen=True, slots=True, order=True)
class Interval:
    """Both ends can be; never wider than `REACH` on either side of the truth."""

    low: int
    high: int

    @property
    def width(self) -> int:
        return self.high - self.low


@dataclass
class System:
    """Statements by what they hang together with."""

    statements: Sequence[Statement]
    _parent: dict[Unknown, Unknown] = field(default_factory=dict)
    _parts: dict[Unknown, list[Statement]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for statement in self.statements:
            first, *others = statement.factors
            for other in others:
                self._parent[self._root(other)] = self._root(first)
        for statement in self.statements:
            self._parts[self._root(next(iter(statement.factors)))].append(statement)

    def about(self, target: Factors) -> list[Statement]:
        """Those that bear on the target."""
        roots = dict.fromkeys(self._root(unknown) for unknown in target)
        return [statement for root in roots for statement in self._parts.get(root, ())]

    def _root(self, unknown: Unknown) -> Unknown:
        while (parent := self._parent.setdefault(unknown, unknown)) != unknown:
            self._parent[unknown] = unknown = self._parent[parent]
        return unknown


def interval(target: Factors, statements: Sequence[Statement]) -> Interval:
    """What the target can be, given the statements, which hold of the truth."""
    low, high = (_end(target, statements, sign, reach=REACH) for sign in (1, -1))
    return Interval(low, high)


def is_narrower(target: Factors, statements: Sequence[Statement], *, than: int) -> bool:
    """The same as of its interval, and sooner known: mostly one end will do."""
    most = _end(target, statements, -1, reach=than)
    return most - truth(target) < than and most - _end(target, statements, 1, reach=than) < than


def _end(target: Factors, statements: Sequence[Statement], sign: int, *, reach: int) -> int:
    """The least (1) or the most (−1) that the target can be, no further than `reach` from the truth."""
    places = {unknown: place for place, unknown in enumerate(_unknowns(target, statements))}
    rows = tuple(
        tuple((places[unknown], factor) for unknown, factor in factors.items())
        for factors in (*(statement.factors for statement in statements), target)
    )
    true = truth(target)
    low = (*(statement.low for statement in statements), true - reach)
    high = (*(statement.high for statement in statements), true + reach)
    return sign * _least(rows, low, high, sign)


def _least(
    rows: tuple[tuple[tuple[int, int], ...], ...], low: tuple[float, ...], high: tuple[float, ...], sign: int
) -> int:
    """Of `sign` times the last row."""
    entries = [(i, place, factor) for i, row in enumerate(rows) for place, factor in row]
    within, across, factors = zip(*entries, strict=True)
    matrix = csr_array((factors, (within, across)), shape=(len(rows), 1 + max(across)))
    aim = np.zeros(1 + max(across))
    for place, factor in rows[-1]:
        aim[place] = sign * factor
    for presolve in (True, False):  # with it, HiGHS now and then calls infeasible what the truth fits
        found = milp(
            aim,
            integrality=np.ones(len(aim), dtype=np.int8),
            bounds=Bounds(0, np.inf),
            constraints=LinearConstraint(matrix, low, high),
            options={"mip_rel_gap": 0.0, "presolve": presolve},
        )
        if found.success:
            return round(found.fun)
    raise ArithmeticError(f"a system that the truth fits was not solved: {found.message}")


def _unknowns(target: Factors, statements: Iterable[Statement]) -> Iterable[Unknown]:
    return dict.fromkeys([*target, *(unknown for statement in statements for unknown in statement.factors)])
