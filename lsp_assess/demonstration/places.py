"""Marrowdale: twelve wards in three groups, three of the wards priority neighbourhoods.

Assumed: each ward is made of clusters of 150 addresses. The three small wards are sampled so thinly (two
clusters each) that nothing can be published of them alone, only of the group that they belong to.
"""

from dataclasses import dataclass
from enum import StrEnum

CLUSTER_ADDRESSES = 150
DISTRICT_CODE = "E08000009"
DISTRICT_NAME = "Marrowdale (fictitious; the figures are those of Trafford)"


class Character(StrEnum):
    PRIORITY = "priority"
    ORDINARY = "ordinary"
    SMALL = "small"


# Clusters that there are, and clusters that were drawn.
CLUSTERS = {Character.PRIORITY: (30, 14), Character.ORDINARY: (27, 7), Character.SMALL: (8, 2)}


@dataclass(frozen=True, slots=True)
class Group:
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Ward:
    code: str
    name: str
    group: str
    character: Character

    @property
    def clusters(self) -> int:
        return CLUSTERS[self.character][0]

    @property
    def drawn(self) -> int:
        return CLUSTERS[self.character][1]

    @property
    def is_priority(self) -> bool:
        return self.character is Character.PRIORITY


GROUPS = (
    Group("MDN", "North Marrowdale"),
    Group("MDC", "Marrowdale Town"),
    Group("MDS", "South Marrowdale"),
)
WARDS = (
    Ward("MD01", "Quillcroft", "MDN", Character.ORDINARY),
    Ward("MD02", "Tanglefoot Hill", "MDN", Character.PRIORITY),
    Ward("MD03", "Upper Nettling", "MDN", Character.SMALL),
    Ward("MD04", "Brackenby", "MDN", Character.ORDINARY),
    Ward("MD05", "Market Marrow", "MDC", Character.ORDINARY),
    Ward("MD06", "Tinkers’ Wharf", "MDC", Character.PRIORITY),
    Ward("MD07", "Gasworks Green", "MDC", Character.PRIORITY),
    Ward("MD08", "Castle Ditch", "MDC", Character.SMALL),
    Ward("MD09", "Lower Nettling", "MDS", Character.ORDINARY),
    Ward("MD10", "Sallowfield", "MDS", Character.ORDINARY),
    Ward("MD11", "Pennywhistle Park", "MDS", Character.ORDINARY),
    Ward("MD12", "Fog Hollow", "MDS", Character.SMALL),
)
