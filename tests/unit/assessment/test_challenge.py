from datetime import date

import pytest

from lsp_assess.assessment.challenge import Standing, part_may_be_talked_of, signs_as, standing
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus

DUE = date(2026, 6, 15)
BEFORE, AFTER = date(2026, 6, 14), date(2026, 6, 16)


@pytest.mark.parametrize(
    ("answered_on", "today", "stands"),
    [
        (DUE, AFTER, Standing.IN_TIME),
        (AFTER, AFTER, Standing.LATE),
        (None, DUE, Standing.WAITING),
        (None, AFTER, Standing.OVERDUE),
    ],
)
def test_the_day_of_the_reply_is_in_time(answered_on: date | None, today: date, stands: Standing) -> None:
    assert standing(reply_by=DUE, answered_on=answered_on, today=today) is stands


def test_whoever_is_scrutiny_too_signs_as_scrutiny_and_others_do_not_ask() -> None:
    assert signs_as({Role.PARTNER, Role.SCRUTINY}) is Role.SCRUTINY
    assert signs_as({Role.EVALUATOR, Role.RESEARCHER, Role.ADMINISTRATOR}) is None


@pytest.mark.parametrize("status", list(CollectionStatus))
def test_a_part_is_talked_of_at_the_table_once_revealed_and_outside_once_published(
    status: CollectionStatus,
) -> None:
    revealed = status in (CollectionStatus.IN_CONSENSUS, CollectionStatus.FINAL)  # trust A5
    for role in (Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR):
        assert part_may_be_talked_of({role}, status, is_published=False) is revealed
    assert not part_may_be_talked_of({Role.SCRUTINY}, status, is_published=False)
    assert part_may_be_talked_of({Role.SCRUTINY}, status, is_published=True) is revealed
    both = {Role.SCRUTINY, Role.PARTNER}
    assert part_may_be_talked_of(both, status, is_published=False) is revealed
