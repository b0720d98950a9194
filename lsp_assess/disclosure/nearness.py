"""Groups that are nearly the same: figures of both tell of the few by whom they differ.

Those who scored in 2021 and 2022, and those who scored in 2021 and 2023, are two groups of people of 2021.
Where one person alone belongs to the first and not to the second, their two medians of 2021 tell of that
person.
"""

from collections.abc import Iterable
from typing import TypeAlias
from uuid import UUID

Group: TypeAlias = frozenset[UUID]


def are_near(one: Group, other: Group, *, threshold: int) -> bool:
    """They are not the same, and on either side fewer than the threshold are left over."""
    return 0 < max(len(one - other), len(other - one)) < threshold


class Told:
    """Of whom something is told, by the time that it is told of."""

    def __init__(self, threshold: int) -> None:
        self._threshold = threshold
        self._groups: dict[str, set[Group]] = {}

    def may(self, time: str, group: Group) -> bool:
        return not any(
            are_near(group, other, threshold=self._threshold) for other in self._groups.get(time, ())
        )

    def tell(self, time: str, groups: Iterable[Group]) -> None:
        """A group under the threshold is never told of."""
        large = (group for group in groups if len(group) >= self._threshold)
        self._groups.setdefault(time, set()).update(large)
