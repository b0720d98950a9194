"""What the room sees of a part, and in which order the parts stand on the agenda."""

from fractions import Fraction
from itertools import pairwise
from uuid import uuid4

from hypothesis import given
from hypothesis import strategies as st

from lsp_assess.assessment.scores import Respondent
from lsp_assess.assessment.spread import Spread, agenda, spread_of
from lsp_assess.instruments.scales import Point, Scale, Steps
from lsp_assess.instruments.text import Text

SCALE = Scale("radar", (Point(0, Text((("en", "None"),))),), steps=Steps(0, 100, 5))
SCORES = st.lists(st.sampled_from(range(0, 101, 5)), min_size=1, max_size=12)


def people(scores: list[int], part: str = "part") -> list[Respondent]:
    return [Respondent(uuid4(), uuid4(), {part: Fraction(score)}) for score in scores]


def spread(scores: list[int]) -> Spread | None:
    return spread_of("part", people(scores), scale=SCALE, spread_to_discuss=25, threshold=5)


def test_the_spread_of_six_people_counted_by_hand() -> None:
    found = spread([20, 35, 50, 50, 65, 90])
    assert found is not None
    assert found.summary.strip == ((20, 1), (35, 1), (50, 2), (65, 1), (90, 1))
    assert (found.middle.median, found.middle.lower_quartile, found.middle.upper_quartile) == (
        50,
        38.75,
        61.25,
    )
    assert round(found.agreement.average_deviation, 4) == 16.6667  # (30 + 15 + 0 + 0 + 15 + 40) / 6
    assert found.is_flagged


@given(SCORES)
def test_nothing_is_told_of_fewer_than_five_nor_of_scores_nearly_all_alike(scores: list[int]) -> None:
    most = max(scores.count(score) for score in scores)
    assert (spread(scores) is None) == (len(scores) < 5 or most / len(scores) >= 0.9)


@given(SCORES)
def test_the_order_of_the_people_is_irrelevant(scores: list[int]) -> None:
    assert spread(scores) == spread(sorted(scores))


@given(st.dictionaries(st.sampled_from("abcdefgh"), SCORES, min_size=1))
def test_flagged_parts_come_first_and_parts_that_are_not_told_last(scores: dict[str, list[int]]) -> None:
    spreads = {item: spread(given_) for item, given_ in scores.items()}
    order = [spreads[item] for item in agenda(spreads, spreads)]
    ranks = [2 if each is None else 0 if each.is_flagged else 1 for each in order]
    assert ranks == sorted(ranks)
    for one, next_ in pairwise(order):
        if one and next_ and one.is_flagged == next_.is_flagged:
            assert (one.summary.spread or 0) >= (next_.summary.spread or 0)


def test_what_is_not_told_stands_as_in_the_questionnaire() -> None:
    assert agenda(("c", "a", "b"), dict.fromkeys("abc")) == ("c", "a", "b")
