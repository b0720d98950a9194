"""Intraclass correlation and Cronbach's α: rows are statements, columns people."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.reliability import cronbach, intraclass_correlation

# Six targets, four judges: the worked example of Shrout & Fleiss (1979), who give .29 and .62.
PUBLISHED = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]]

TABLES = st.integers(2, 5).flatmap(
    lambda k: st.lists(st.lists(st.integers(0, 20), min_size=k, max_size=k), min_size=2, max_size=5)
)


def test_the_published_example() -> None:
    found = intraclass_correlation(PUBLISHED)
    assert (found.targets, found.people) == (6, 4)
    assert found.single == pytest.approx(0.29, abs=0.005)
    assert found.average == pytest.approx(0.62, abs=0.005)


def test_two_statements_two_people_by_hand() -> None:
    # 1 3 / 5 5: mean 3.5, targets 2 and 5, people 3 and 4. MS_t = 2·(1.5² + 1.5²) = 9,
    # MS_p = 2·(0.5² + 0.5²) = 1, residuals ±0.5: MS_e = 1. ICC(A,1) = 8/(9 + 1 + 0) = 0.8,
    # ICC(A,k) = 8/9. Of the people, α = 1 − MS_e/MS_p = 0.
    scores = [[1, 3], [5, 5]]
    found = intraclass_correlation(scores)
    assert (found.single, found.average) == (pytest.approx(0.8), pytest.approx(8 / 9))
    assert cronbach(scores).alpha == pytest.approx(0)


def test_alpha_by_its_other_formula() -> None:
    # k/(k − 1)·(1 − Σs²/s²_sum): 1 2 6 has s² 7, 2 2 5 has s² 3, the sums 3 4 11 have s² 19.
    assert cronbach([[1, 2, 6], [2, 2, 5]]).alpha == pytest.approx(18 / 19)


def test_only_people_who_scored_every_statement_take_part() -> None:
    scores = [[9, 2, None, 5, 8], [6, 1, 4, 3, 2], [8, 4, 4, 6, 8]]
    whole = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8]]
    assert intraclass_correlation(scores).single == intraclass_correlation(whole).single
    assert (intraclass_correlation(scores).left_out, intraclass_correlation(whole).left_out) == (1, 0)
    assert cronbach(scores).alpha == cronbach(whole).alpha


@pytest.mark.parametrize("scores", [[], [[1, 2, 3]], [[1], [2]], [[1, None], [None, 2]], [[]]])
def test_one_statement_or_one_person_tells_nothing(scores: list[list[float | None]]) -> None:
    found = intraclass_correlation(scores)
    assert (found.single, found.average) == (None, None)
    assert (cronbach(scores).alpha, cronbach(scores).lower) == (None, None)


def test_people_who_all_gave_one_score_are_not_told() -> None:
    scores = [[0.1, 0.1, 0.1], [0.1, 0.1, 0.1]]
    assert intraclass_correlation(scores).single is None
    assert cronbach(scores).alpha is None


def test_people_who_differ_alike_on_every_statement() -> None:
    found = cronbach([[1, 2, 4], [2, 3, 5]])
    assert (found.alpha, found.lower, found.upper) == (1, None, None)


def test_camps_agree_less_than_chance() -> None:
    single = intraclass_correlation([[0, 100], [100, 0], [10, 95]]).single
    assert single is not None
    assert single < 0


def test_rows_of_different_lengths_and_what_is_no_number_are_refused() -> None:
    for scores, code in (([[1, 2], [3]], "rows_differ"), ([[1, float("nan")], [1, 2]], "not_finite")):
        with pytest.raises(EstimationRefused) as refused:
            intraclass_correlation(scores)
        assert refused.value.problems[0].code == f"estimation.{code}"


@given(TABLES, st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_order_of_people_and_statements_changes_nothing(
    scores: list[list[float]], chance: object
) -> None:
    columns = list(range(len(scores[0])))
    chance.shuffle(columns)  # type: ignore[attr-defined]
    turned = [[row[c] for c in columns] for row in reversed(scores)]
    for one, other in (
        (intraclass_correlation(scores).single, intraclass_correlation(turned).single),
        (intraclass_correlation(scores).average, intraclass_correlation(turned).average),
        (cronbach(scores).alpha, cronbach(turned).alpha),
        (cronbach(scores).lower, cronbach(turned).lower),
    ):
        assert one == (None if other is None else pytest.approx(other, abs=1e-9, rel=1e-9))


@given(TABLES, st.integers(-50, 50), st.sampled_from([0.1, 2.5, 30]))
@settings(max_examples=30, deadline=None)
def test_shifting_and_scaling_all_scores_changes_nothing(
    scores: list[list[float]], shift: int, factor: float
) -> None:
    moved = [[factor * score + shift for score in row] for row in scores]
    for one, other in (
        (intraclass_correlation(scores).single, intraclass_correlation(moved).single),
        (cronbach(scores).alpha, cronbach(moved).alpha),
    ):
        assert one == (None if other is None else pytest.approx(other, abs=1e-7, rel=1e-7))


@given(TABLES)
@settings(max_examples=30, deadline=None)
def test_the_limits_hold_alpha_between_them(scores: list[list[float]]) -> None:
    found = cronbach(scores)
    if found.alpha is not None and found.lower is not None and found.upper is not None:
        assert found.lower < found.upper <= 1
        assert cronbach(scores, level=0.8).lower >= found.lower  # type: ignore[operator]
