"""The record of a part at the meeting: taking back is a step back, and nothing is lost."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from lsp_assess.assessment.consensus import AgreedScore
from lsp_assess.assessment.record import Step, standing

AT = datetime(2026, 6, 15, tzinfo=UTC)
SCORES = st.lists(st.none() | st.sampled_from(range(0, 101, 5)), max_size=12)


def record(scores: list[int | None]) -> list[Step]:
    return [
        Step(number, None if score is None else AgreedScore("part", score, "Because."), AT)
        for number, score in enumerate(scores, start=1)
    ]


def score_after(scores: list[int | None]) -> int | None:
    step = standing(record(scores))
    return step.agreed.score if step and step.agreed else None


def test_the_last_score_that_was_not_taken_back_stands() -> None:
    assert score_after([]) is None
    assert score_after([60]) == 60
    assert score_after([60, 45]) == 45
    assert score_after([60, 45, None]) == 60
    assert score_after([60, 45, None, None]) is None
    assert score_after([60, 45, None, 30]) == 30
    assert score_after([60, 45, None, 30, None]) == 60


@given(SCORES, st.sampled_from(range(0, 101, 5)))
def test_agreeing_and_taking_back_at_once_changes_nothing(scores: list[int | None], more: int) -> None:
    assert score_after([*scores, more, None]) == score_after(scores)
