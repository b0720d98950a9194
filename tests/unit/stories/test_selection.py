from datetime import UTC, datetime
from uuid import UUID

import pytest

from lsp_assess.instruments.items import ConsentTo
from lsp_assess.kernel.errors import Invalid
from lsp_assess.stories.consents import ConsentRecord, Said
from lsp_assess.stories.grades import Contribution, Evidence, Grade, summarise
from lsp_assess.stories.selection import (
    Candidate,
    Choice,
    Decision,
    Standing,
    count_stories,
    standing,
)

SELECTED = Decision(Choice.SELECTED, "Clear and corroborated")
NOT_SELECTED = Decision(Choice.NOT_SELECTED, "Told twice already")
GIVEN = ConsentRecord(ConsentTo.USE, Said.GIVEN, datetime(2026, 3, 1, tzinfo=UTC))
WITHDRAWN = ConsentRecord(ConsentTo.USE, Said.WITHDRAWN, datetime(2026, 3, 2, tzinfo=UTC))


def candidate(
    decision: Decision | None, grade: int = 3, consents: tuple[ConsentRecord, ...] = (GIVEN,)
) -> Candidate:
    grades = summarise([Grade(UUID(int=1), Contribution(grade), Evidence(grade))])
    return Candidate(UUID(int=9), consents, grades, decision)


@pytest.mark.parametrize(
    ("story", "expected"),
    [
        (candidate(SELECTED), Standing.VALUE_ADDED),
        (candidate(SELECTED, grade=1), Standing.TOLD),
        (candidate(NOT_SELECTED), Standing.NOT_SELECTED),
        (candidate(None), Standing.UNDECIDED),
        (candidate(SELECTED, consents=(GIVEN, WITHDRAWN)), Standing.WITHDRAWN),
        (candidate(SELECTED, consents=()), Standing.NO_CONSENT),
        (candidate(NOT_SELECTED, consents=(GIVEN, WITHDRAWN)), Standing.WITHDRAWN),
    ],
)
def test_where_a_story_stands_in_a_release(story: Candidate, expected: Standing) -> None:
    assert standing(story) is expected


def test_stories_not_selected_are_counted_with_their_reasons() -> None:
    anonymous = Decision(Choice.NOT_SELECTED, "Would tell who it is ")
    counts = count_stories(
        [
            candidate(SELECTED),
            candidate(NOT_SELECTED),
            candidate(NOT_SELECTED),
            candidate(anonymous),
            candidate(NOT_SELECTED, consents=(GIVEN, WITHDRAWN)),
        ]
    )
    assert (counts.gathered, counts.of(Standing.VALUE_ADDED), counts.of(Standing.NOT_SELECTED)) == (5, 1, 3)
    assert counts.of(Standing.WITHDRAWN) == 1
    assert counts.reasons == (("Told twice already", 2), ("Would tell who it is", 1))


@pytest.mark.parametrize("choice", list(Choice))
def test_the_panel_says_why_it_chose_a_story_or_not(choice: Choice) -> None:
    with pytest.raises(Invalid) as refused:
        Decision(choice, "  ")
    assert refused.value.problems[0].code == "decision_needs_reason"
