"""Areas: places the partnership serves, and places outside it that it is compared with."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lsp_assess.kernel.errors import Invalid, problem


class AreaType(StrEnum):
    WARD = "ward"
    NEIGHBOURHOOD = "neighbourhood"
    PRIORITY_NEIGHBOURHOOD = "priority_neighbourhood"
    DISTRICT = "district"
    COUNTY = "county"
    REGION = "region"
    COUNTRY = "country"
    STATION = "station"
    COMMUNITY_OF_INTEREST = "community_of_interest"
    GROUP_OF_AREAS = "group_of_areas"


class AreaStanding(StrEnum):
    OWN = "own"
    COMPARATOR = "comparator"


@dataclass(frozen=True, slots=True)
class Area:
    """`valid_to` is the last day on which the boundary stood; None while it stands."""

    code: str
    name: str
    type: AreaType
    valid_from: date | None = None
    valid_to: date | None = None
    standing: AreaStanding = AreaStanding.OWN

    def __post_init__(self) -> None:
        if self.valid_from and self.valid_to and self.valid_to < self.valid_from:
            raise Invalid(problem("area_ends_before_it_begins", area=self.code))

    def valid_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)
