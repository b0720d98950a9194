"""Where every row is a unit nothing is laid out for it, and the numbers are the same."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import Lonely, Statistic, distribution, mean, scale, stated_design
from lsp_assess.estimation.row_tables import every_row_a_unit

FIVE = scale([1, 2, 3, 4, 5])
ROW = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["north", "south"]),
    st.floats(0.1, 10, allow_nan=False),
    st.one_of(st.none(), st.integers(1, 5)),
)


@st.composite
def frames(draw: st.DrawFn) -> pd.DataFrame:
    rows = draw(st.lists(ROW, min_size=3, max_size=40))
    made = pd.DataFrame(rows, columns=["stratum", "area", "weight", "answer"])
    return made.assign(answer=made["answer"].astype(float), population=draw(st.integers(40, 60)))


@given(frames(), st.sampled_from([Lonely.ADJUST, Lonely.CERTAINTY, Lonely.REMOVE]), st.booleans())
@settings(max_examples=60, deadline=None)
def test_rows_from_tables_are_rows_laid_out(frame: pd.DataFrame, lonely: Lonely, corrected: bool) -> None:
    fpc = "population" if corrected else None
    rows = stated_design(frame, weights="weight", strata="stratum", fpc=fpc, lonely=lonely)
    named = stated_design(
        frame.assign(row=np.arange(len(frame))),
        weights="weight",
        strata="stratum",
        clusters="row",
        fpc=fpc,
        lonely=Lonely.AVERAGE if not rows.structure.lonely_strata else lonely,
    )
    assert every_row_a_unit(rows)
    made, laid_out = (distribution(one, "answer", scale=FIVE, by=("area",)) for one in (rows, named))
    averages = mean(rows, "answer", by=("area",))
    for one, other, variance in zip(
        made.estimates, laid_out.estimates, np.diag(made.covariance), strict=True
    ):
        assert (one.n, one.df, one.method, one.flags) == (other.n, other.df, other.method, other.flags)
        for x, y in ((one.value, other.value), (one.se, other.se), (one.upper, other.upper)):
            assert (x is None) == (y is None)
            assert x is None or x == pytest.approx(y, rel=1e-8, abs=1e-9)
        assert one.se is None or one.se**2 == pytest.approx(variance, rel=1e-9, abs=1e-15)
        if one.statistic is Statistic.MEAN:
            same = averages.pick(Statistic.MEAN, **dict(one.domain))
            assert (same.n, same.df) == (one.n, one.df)
            assert same.se is None or same.se == pytest.approx(one.se, rel=1e-8, abs=1e-9)


def test_a_census_of_rows_has_no_standard_error() -> None:
    frame = pd.DataFrame({"s": [1, 1, 2, 2, 2], "all": [2, 2, 3, 3, 3], "q": [1.0, 5, 2, None, 3]})
    for one in distribution(stated_design(frame, strata="s", fpc="all"), "q", scale=FIVE).estimates:
        assert (one.se, one.lower, one.upper) == (0, one.value, one.value)


def test_only_rows_that_are_all_of_the_design_are_had_from_tables() -> None:
    frame = pd.DataFrame({"c": [1, 1, 2, 3], "w": [1.0, 2, 1, 1], "q": [1, 2, 3, 4]})
    assert every_row_a_unit(stated_design(frame, weights="w"))
    assert not every_row_a_unit(stated_design(frame, weights="w", clusters="c"))
    assert not every_row_a_unit(stated_design(frame, weights="w", lonely=Lonely.AVERAGE))
