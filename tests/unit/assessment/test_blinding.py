import pytest

from lsp_assess.assessment.blinding import Sight, sight_of_others
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus

SEEN = {
    Role.FACILITATOR: {CollectionStatus.CLOSED, CollectionStatus.IN_CONSENSUS, CollectionStatus.FINAL},
    Role.PARTNER: {CollectionStatus.IN_CONSENSUS, CollectionStatus.FINAL},
}


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("status", list(CollectionStatus))
def test_the_spread_is_seen_by_these_at_these_times_and_by_nobody_else(
    role: Role, status: CollectionStatus
) -> None:
    expected = Sight.SPREAD if status in SEEN.get(role, set()) else Sight.NOTHING
    assert sight_of_others(role, status) is expected
