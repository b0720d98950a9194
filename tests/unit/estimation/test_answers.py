"""Answers are numbered the same in every kind of column, and what is off the scale is never lost."""

from collections.abc import Sequence

import numpy as np
import pandas as pd
import pytest

from lsp_assess.estimation import EstimationRefused, Statistic, distribution, scale, simple_random_sample
from lsp_assess.estimation.columns import answers

MANY = [3, 1, 5, 2, 4, 4] * 30_000  # more rows than are read at once
FIVE = (1, 2, 3, 4, 5)


def numbered(column: object, points: Sequence[str | int | float]) -> list[int]:
    frame = pd.DataFrame({"q": column})
    return [int(number) for number in answers(simple_random_sample(frame), "q", points)]


@pytest.mark.parametrize("dtype", ["int8", "int64", "float32", "float64", "Int16", "object", "category"])
def test_every_kind_of_column_gives_the_same_numbers(dtype: str) -> None:
    assert numbered(pd.Series(MANY, dtype=dtype), FIVE) == [answer - 1 for answer in MANY]


@pytest.mark.parametrize("dtype", ["float64", "Int16", "object"])
def test_a_missing_answer_has_the_number_after_the_last(dtype: str) -> None:
    assert numbered(pd.Series([2, None, 5], dtype=dtype), FIVE) == [1, 5, 4]
    assert numbered(pd.Series([None, None, None], dtype=dtype), FIVE) == [5, 5, 5]


def test_points_of_any_kind_and_order() -> None:
    assert numbered([10.0, 0.5, 10.0], (10, 0.5)) == [0, 1, 0]
    assert numbered([5, 1, 3], (5, 4, 3, 2, 1)) == [0, 4, 2]
    assert numbered(["no", None, "yes"], ("no", "yes")) == [0, 2, 1]
    assert numbered([True, False, True], (0, 1)) == [1, 0, 1]


@pytest.mark.parametrize("strange", [0, 6, 2.5, -1e300, float("inf")])
@pytest.mark.parametrize("points", [FIVE, (1, 2, 4, 3, 5)])
def test_what_is_off_the_scale_is_refused_wherever_it_stands(strange: float, points: tuple[int, ...]) -> None:
    column = [*MANY, strange, *MANY, None]
    with pytest.raises(EstimationRefused) as refused:
        numbered(column, points)
    assert refused.value.problems[0].what.params["rows"] == 1


def test_many_answers_are_counted_over_blocks_as_at_once() -> None:
    frame = pd.DataFrame({"q": np.array([*MANY, None], dtype=float)})
    made = distribution(simple_random_sample(frame), "q", scale=scale(FIVE))
    found = [made.pick(Statistic.SHARE, category=point).value for point in FIVE]
    assert found == pytest.approx([1 / 6, 1 / 6, 1 / 6, 2 / 6, 1 / 6], rel=1e-12)
    assert {one.n for one in made.estimates} == {len(MANY)}
