from uuid import UUID

import pytest

from lsp_assess.kernel.errors import Denied
from lsp_assess.stories.grades import Contribution, Evidence, Grade, GradeSummary, check_rater, summarise


def graded(*pairs: tuple[int, int]) -> GradeSummary:
    return summarise([Grade(UUID(int=n), Contribution(c), Evidence(e)) for n, (c, e) in enumerate(pairs)])


@pytest.mark.parametrize(
    ("pairs", "adds_value"),
    [
        (((2, 2),), True),
        (((4, 1), (4, 1), (4, 4)), False),  # evidence has the median 1
        (((1, 4), (1, 4), (4, 4)), False),  # contribution has the median 1
        (((1, 2), (3, 2)), True),  # (1 + 3)/2 = 2
        (((1, 2), (2, 2)), False),  # 1.5
        (((0, 0), (2, 2), (4, 4)), True),
    ],
)
def test_value_is_added_only_where_both_medians_are_two_or_more(
    pairs: tuple[tuple[int, int], ...], adds_value: bool
) -> None:
    assert graded(*pairs).adds_value is adds_value


def test_a_story_that_nobody_graded_adds_no_value() -> None:
    summary = graded()
    assert (summary.raters, summary.contribution, summary.adds_value) == (0, None, False)


def test_disagreement_between_raters_is_seen_and_not_averaged_away() -> None:
    summary = graded((0, 2), (4, 2), (4, 3))
    assert summary.contributions == (1, 0, 0, 0, 2)
    assert summary.evidences == (0, 0, 2, 1, 0)


def test_both_scales_run_from_0_to_4() -> None:
    assert [int(c) for c in Contribution] == [int(e) for e in Evidence] == [0, 1, 2, 3, 4]


def test_a_teller_never_grades_their_own_story() -> None:
    with pytest.raises(Denied) as refused:
        check_rater(UUID(int=1), teller=UUID(int=1))
    assert refused.value.problems[0].code == "rater_is_teller"
    check_rater(UUID(int=2), teller=UUID(int=1))


def test_each_rater_has_one_vote() -> None:
    with pytest.raises(Denied) as refused:
        check_rater(UUID(int=2), teller=UUID(int=1), graded_by=[UUID(int=2)])
    assert refused.value.problems[0].code == "rater_has_graded"
