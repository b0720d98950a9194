from uuid import uuid4

import pytest

from lsp_assess.kernel.errors import Conflict
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.stories.grades import Contribution, Evidence, Grade, GradeSummary, summarise
from lsp_assess.stories.panel import check_deciding, check_voting, spread_may_show

DRAFT, OPEN, CLOSED, IN_CONSENSUS, FINAL = CollectionStatus


def votes(*given: int, evidence: tuple[int, ...] = ()) -> GradeSummary:
    shown = evidence or tuple(i % 4 for i in range(len(given)))
    return summarise(
        [Grade(uuid4(), Contribution(c), Evidence(e)) for c, e in zip(given, shown, strict=True)]
    )


@pytest.mark.parametrize("status", CollectionStatus)
def test_votes_are_taken_before_the_panel_has_seen_them(status: CollectionStatus) -> None:
    if status in (OPEN, CLOSED):
        check_voting(status)
    else:
        with pytest.raises(Conflict):
            check_voting(status)


@pytest.mark.parametrize(
    ("status", "code"),
    [
        (DRAFT, "panel_waits"),
        (OPEN, "panel_waits"),
        (CLOSED, ""),
        (IN_CONSENSUS, ""),
        (FINAL, "panel_is_over"),
    ],
)
def test_the_panel_decides_between_the_end_of_telling_and_the_end(
    status: CollectionStatus, code: str
) -> None:
    if not code:
        check_deciding(status)
        return
    with pytest.raises(Conflict) as refused:
        check_deciding(status)
    assert refused.value.problems[0].code == code


@pytest.mark.parametrize(
    ("status", "shown"), [(OPEN, False), (CLOSED, False), (IN_CONSENSUS, True), (FINAL, True)]
)
def test_the_spread_shows_once_no_vote_can_change_it(status: CollectionStatus, shown: bool) -> None:
    assert spread_may_show(status, votes(0, 1, 2, 3, 4), threshold=5) is shown


@pytest.mark.parametrize(
    ("grades", "shown"),
    [
        (votes(), False),
        (votes(0, 2, 3, 4), False),
        (votes(0, 1, 2, 3, 4), True),
        (votes(3, 3, 3, 3, 3), False),
        (votes(0, 1, 2, 3, 4, evidence=(2, 2, 2, 2, 2)), False),
        (votes(3, 3, 3, 3, 3, 3, 3, 3, 3, 0), False),
        (votes(3, 3, 3, 3, 3, 3, 3, 3, 2, 0), True),
    ],
)
def test_a_few_votes_or_nine_in_ten_alike_are_not_shown(grades: GradeSummary, shown: bool) -> None:
    assert spread_may_show(FINAL, grades, threshold=5) is shown
