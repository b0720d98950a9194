from itertools import product

import pytest

from lsp_assess.kernel.errors import Conflict, Invalid
from lsp_assess.partnerships.releases import ReleaseNumber, ReleaseStatus, next_release, release_status
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import (
    TRANSITIONS,
    CollectionEvent,
    CollectionStatus,
    Need,
    RoundStatus,
    accepts_answers,
    check_publishable,
    move,
    round_status,
    transition,
)

DRAFT, OPEN, CLOSED, CONSENSUS, FINAL = CollectionStatus
LIFE = {
    (DRAFT, CollectionEvent.OPEN): OPEN,
    (OPEN, CollectionEvent.CLOSE): CLOSED,
    (CLOSED, CollectionEvent.REOPEN): OPEN,
    (CLOSED, CollectionEvent.BEGIN_CONSENSUS): CONSENSUS,
    (CLOSED, CollectionEvent.FINALISE): FINAL,
    (CONSENSUS, CollectionEvent.FINALISE): FINAL,
    (CONSENSUS, CollectionEvent.REOPEN): CLOSED,
    (FINAL, CollectionEvent.REOPEN): CLOSED,
}


@pytest.mark.parametrize(("status", "event"), list(product(CollectionStatus, CollectionEvent)))
def test_the_life_of_a_collection_is_this_table_and_nothing_else(
    status: CollectionStatus, event: CollectionEvent
) -> None:
    if (status, event) in LIFE:
        shown = frozenset({Need.COMPLETE_LANGUAGES})
        assert move(status, event, reason="The link was wrong", shown=shown) is LIFE[status, event]
    else:
        with pytest.raises(Conflict) as refused:
            move(status, event, reason="Anything")
        assert refused.value.problems[0].code == "collection_cannot"


@pytest.mark.parametrize("status", [CLOSED, CONSENSUS, FINAL])
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_reopening_needs_a_reason(status: CollectionStatus, reason: str) -> None:
    with pytest.raises(Invalid) as refused:
        move(status, CollectionEvent.REOPEN, reason=reason)
    assert refused.value.problems[0].code == "collection_needs_reason"


def test_opening_needs_every_language_complete() -> None:
    with pytest.raises(Invalid) as refused:
        move(DRAFT, CollectionEvent.OPEN)
    assert refused.value.problems[0].code == "collection_needs_complete_languages"


def test_a_facilitator_runs_the_meeting_and_neither_opens_nor_closes() -> None:
    allowed = {event for (_, event), step in TRANSITIONS.items() if Role.FACILITATOR in step.by}
    assert allowed == {CollectionEvent.BEGIN_CONSENSUS, CollectionEvent.FINALISE}
    assert Role.FACILITATOR not in transition(CLOSED, CollectionEvent.FINALISE).by


def test_answers_are_taken_only_while_a_collection_is_open() -> None:
    assert [status for status in CollectionStatus if accepts_answers(status)] == [OPEN]


@pytest.mark.parametrize(
    ("collections", "releases", "expected"),
    [
        ([], 0, RoundStatus.DRAFT),
        ([DRAFT, DRAFT], 0, RoundStatus.DRAFT),
        ([FINAL, OPEN], 0, RoundStatus.UNDER_WAY),
        ([FINAL, FINAL], 0, RoundStatus.READY),
        ([FINAL, FINAL], 1, RoundStatus.PUBLISHED),
    ],
)
def test_the_status_of_a_round_follows_from_its_collections(
    collections: list[CollectionStatus], releases: int, expected: RoundStatus
) -> None:
    assert round_status(collections, releases=releases) is expected


def test_a_round_is_published_only_when_all_of_it_is_final() -> None:
    with pytest.raises(Conflict) as refused:
        check_publishable([FINAL, OPEN, CONSENSUS])
    assert refused.value.problems[0].what.params["unfinished"] == 2
    with pytest.raises(Conflict) as empty:
        check_publishable([])
    assert empty.value.problems[0].code == "round_is_empty"
    check_publishable([FINAL])


def test_a_correction_is_numbered_k_2_and_says_why() -> None:
    first = next_release([], round_number=3)
    assert str(first) == "3"
    with pytest.raises(Invalid) as refused:
        next_release([first], round_number=3)
    assert refused.value.problems[0].code == "correction_needs_reason"
    second = next_release([first], round_number=3, reason="A ward was coded twice")
    assert str(second) == "3.2"
    third = next_release([first, second], round_number=3, reason="Weights")
    assert third == ReleaseNumber(3, 3)
    assert release_status(first, [first, second]) is ReleaseStatus.SUPERSEDED
    assert release_status(second, [first, second]) is ReleaseStatus.CURRENT
