"""The partnership, its sub-partnerships and the organisations that it brings together."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lsp_assess.partnerships.roles import Matching


class PartnershipKind(StrEnum):
    LOCAL_STRATEGIC_PARTNERSHIP = "local_strategic_partnership"
    PUBLIC_SERVICES_BOARD = "public_services_board"
    COMMUNITY_PLANNING_PARTNERSHIP = "community_planning_partnership"
    INTEGRATED_CARE_PARTNERSHIP = "integrated_care_partnership"
    COMMUNITY_SAFETY_PARTNERSHIP = "community_safety_partnership"
    SUB_PARTNERSHIP = "sub_partnership"


class Sector(StrEnum):
    COUNCIL = "council"
    POLICE = "police"
    HEALTH = "health"
    FIRE = "fire"
    EDUCATION = "education"
    HOUSING = "housing"
    VOLUNTARY = "voluntary"
    BUSINESS = "business"
    RESIDENTS = "residents"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Organisation:
    id: UUID
    name: str
    sector: Sector


@dataclass(frozen=True, slots=True)
class Partnership:
    """`threshold` is the smallest group of partners about which anything is shown."""

    id: UUID
    name: str
    kind: PartnershipKind
    matching: Matching = Matching.PERSON
    threshold: int = 5
    time_zone: str = "Europe/London"
    languages: tuple[str, ...] = ("en",)
    parent: UUID | None = None
