"""Weights that came raked: no weight moves, and standard errors are those of the residuals."""

import numpy as np
import pandas as pd
import pytest

from lsp_assess.estimation import (
    EstimationRefused,
    already_raked,
    margin,
    mean,
    raked,
    starting_weights,
    stated_design,
)
from tests.unit.estimation.test_design import code_of

N = 60


@pytest.fixture
def frame() -> pd.DataFrame:
    chance = np.random.default_rng(4)
    group = chance.integers(0, 3, N)
    return pd.DataFrame(
        {
            "group": group.astype(str),
            "side": np.where(np.arange(N) % 2, "left", "right"),
            "round": np.where(np.arange(N) < N // 2, 1, 2),
            "y": group + chance.normal(size=N),
            "w": chance.uniform(1, 2, N),
        }
    )


def test_no_weight_moves(frame: pd.DataFrame) -> None:
    made = already_raked(starting_weights(frame, weights="w"), "group", "side")
    assert made.weights == pytest.approx(frame["w"].to_numpy())


def test_the_standard_error_of_a_mean_is_that_of_its_residuals_by_hand(frame: pd.DataFrame) -> None:
    """One margin: a residual is the distance from the weighted mean of the group."""
    made = already_raked(starting_weights(frame, weights="w"), "group")
    (found,) = mean(stated_design(frame, weights=made), "y").estimates
    of_group = (frame["w"] * frame["y"]).groupby(frame["group"]).sum() / frame.groupby("group")["w"].sum()
    residual = frame["w"] * (frame["y"] - frame["group"].map(of_group)) / frame["w"].sum()
    by_hand = np.sqrt(N / (N - 1) * ((residual - residual.mean()) ** 2).sum())
    assert found.se == pytest.approx(by_hand, rel=1e-10)
    (plain,) = mean(stated_design(frame, weights="w"), "y").estimates
    assert plain.se is not None
    assert found.se < 0.9 * plain.se


def test_it_is_what_raking_to_the_same_totals_gives(frame: pd.DataFrame) -> None:
    totals = frame.groupby("group")["w"].sum().to_dict()
    start = starting_weights(frame, weights="w")
    expected = mean(stated_design(frame, weights=raked(start, margin("group", totals))), "y").estimates
    assert mean(stated_design(frame, weights=already_raked(start, "group")), "y").estimates == expected


def test_a_round_whose_column_is_empty_was_not_raked(frame: pd.DataFrame) -> None:
    of_one = frame.assign(group=frame["group"].where(frame["round"] == 1, None))
    start = starting_weights(of_one, weights="w", rounds="round")
    design = stated_design(of_one, weights=already_raked(start, "group"), rounds="round")
    plain = stated_design(of_one, weights="w", rounds="round")
    first, second = (mean(one, "y", by=["round"]).estimates for one in (design, plain))
    assert first[0].se != second[0].se
    assert first[1].se == pytest.approx(second[1].se, rel=1e-12)


def test_a_column_that_is_empty_in_part_is_refused(frame: pd.DataFrame) -> None:
    holes = frame.assign(group=frame["group"].where(frame["y"] > 0, None))
    with pytest.raises(EstimationRefused) as refused:
        already_raked(starting_weights(holes, weights="w"), "group")
    assert code_of(refused) == "estimation.design_value_missing"


def test_a_column_that_is_not_there_is_named(frame: pd.DataFrame) -> None:
    with pytest.raises(EstimationRefused) as refused:
        already_raked(starting_weights(frame, weights="w"), "age")
    assert code_of(refused) == "estimation.column_missing"
