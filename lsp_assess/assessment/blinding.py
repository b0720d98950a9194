"""Who sees what of other people's scores before anything is published."""

from enum import StrEnum

from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus


class Sight(StrEnum):
    """`spread` is the frozen snapshot of the whole distribution, without names."""

    NOTHING = "nothing"
    SPREAD = "spread"


SIGHT: dict[tuple[Role, CollectionStatus], Sight] = {
    (Role.FACILITATOR, CollectionStatus.CLOSED): Sight.SPREAD,
    (Role.FACILITATOR, CollectionStatus.IN_CONSENSUS): Sight.SPREAD,
    (Role.FACILITATOR, CollectionStatus.FINAL): Sight.SPREAD,
    (Role.PARTNER, CollectionStatus.IN_CONSENSUS): Sight.SPREAD,
    (Role.PARTNER, CollectionStatus.FINAL): Sight.SPREAD,
}


def sight_of_others(role: Role, status: CollectionStatus) -> Sight:
    """While people score, nobody sees anything; what a table does not grant is not seen. One's own scores
    are always one's own."""
    return SIGHT.get((role, status), Sight.NOTHING)
