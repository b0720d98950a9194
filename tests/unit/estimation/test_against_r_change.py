"""Changes of a three-round panel: the same numbers as R's survey package."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtr

from lsp_assess.estimation import (
    Change,
    Design,
    Lonely,
    Statistic,
    Transitions,
    Wald,
    association,
    calibrated,
    difference_of_changes,
    distribution,
    distribution_changes,
    margin,
    mean,
    round_changes,
    round_trends,
    scale,
    side_by_side,
    starting_weights,
    stated_design,
    transitions,
)

ORACLES = Path(__file__).parents[2] / "oracles" / "change"
POINTS = [1, 2, 3, 4, 5]
FIVE = scale(POINTS)
PAIRS = [0, 1, 2]
TIMES = {1: 0.0, 2: 2.0, 3: 5.0}


@pytest.fixture(scope="module")
def waves() -> pd.DataFrame:
    return pd.read_csv(ORACLES / "panel.csv")


@pytest.fixture(scope="module")
def told() -> dict[str, Any]:
    return json.loads((ORACLES / "answers.json").read_text(encoding="utf-8"))


def stated(waves: pd.DataFrame, lonely: Lonely | None = None) -> Design:
    return stated_design(
        waves, weights="weight", strata="stratum", clusters="cluster", rounds="round", lonely=lonely
    )


def near(expected: Any, rel: float = 1e-8) -> Any:
    return pytest.approx(np.array(expected, dtype=float).ravel(), rel=rel, abs=1e-15)


def assert_change(found: Change, expected: dict[str, Any]) -> None:
    assert [found.v1, found.v2] == near([expected["v1"], expected["v2"]])
    assert found.c12 == pytest.approx(expected["c12"], rel=1e-8, abs=1e-15)
    assert [found.value, found.se] == near([expected["value"], expected["se"]])
    assert found.df == expected["df"]
    assert [found.lower, found.upper] == near(expected["interval"])
    assert found.p == pytest.approx(expected["p"], rel=1e-8)
    assert [found.earlier.n, found.later.n] == expected["n"]


def assert_wald(found: Wald, expected: dict[str, Any]) -> None:
    assert (found.rank, found.df) == (expected["rank"], expected["df"])
    assert [found.chi2, found.f] == near([expected["chi2"], expected["f"]])
    assert found.p == pytest.approx(expected["p"], rel=1e-7)


@pytest.mark.parametrize("pair", PAIRS)
def test_change_of_overlapping_rounds(waves: pd.DataFrame, told: dict[str, Any], pair: int) -> None:
    made = distribution(stated(waves), "trust", scale=FIVE, by=("round",))
    for statistic, name in ((Statistic.MEAN, "mean"), (Statistic.TOP, "top")):
        expected = told[name][pair]
        changes = round_changes(made, earlier=expected["earlier"], later=expected["later"])
        (found,) = (change for change in changes if change.statistic is statistic)
        assert_change(found, expected)
        assert found.c12 > 0


@pytest.mark.parametrize("pair", PAIRS)
def test_change_of_independent_rounds(waves: pd.DataFrame, told: dict[str, Any], pair: int) -> None:
    expected = told["independent"][pair]
    renamed = waves.assign(cluster=waves["cluster"] + " in " + waves["round"].astype(str))
    made = mean(stated(renamed), "trust", by=("round",))
    (found,) = round_changes(made, earlier=expected["earlier"], later=expected["later"])
    assert (found.c12, found.shared_clusters) == (0, 0)
    assert_change(found, expected)


@pytest.mark.parametrize("pair", PAIRS)
def test_change_where_people_are_the_clusters(waves: pd.DataFrame, told: dict[str, Any], pair: int) -> None:
    expected = told["persons"][pair]
    design = stated_design(waves, weights="weight", clusters="person", rounds="round")
    made = mean(design, "trust", by=("round",))
    (found,) = round_changes(made, earlier=expected["earlier"], later=expected["later"])
    assert_change(found, expected)


def test_everybody_beside_those_met_twice(waves: pd.DataFrame, told: dict[str, Any]) -> None:
    both = {"units": "person", "earlier": 1, "later": 2}
    (found,) = side_by_side(stated(waves), "trust", make=mean, **both)
    assert found.panel is not None
    assert_change(found.everybody, told["mean"][0])
    assert_change(found.panel, told["panel_only"])
    areas = side_by_side(stated(waves), "trust", make=mean, **both, by=("area",))
    (north,) = (one for one in areas if one.everybody.domain == (("area", "north"),))
    assert north.panel is not None
    assert_change(north.everybody, told["north"])
    assert_change(north.panel, told["panel_only_north"])


def test_the_difference_of_two_areas_changes(waves: pd.DataFrame, told: dict[str, Any]) -> None:
    made = mean(stated(waves), "trust", by=("area", "round"))
    changes = {change.domain[0][1]: change for change in round_changes(made, earlier=1, later=2)}
    found, expected = (
        difference_of_changes(made, changes["north"], changes["west"]),
        told["difference_of_changes"],
    )
    assert [found.value, found.se, found.df] == near([expected["value"], expected["se"], expected["df"]])
    assert found.p == pytest.approx(expected["p"], rel=1e-8)
    assert found.interval(0.95) == near(expected["interval"])


@pytest.mark.parametrize("pair", PAIRS)
def test_change_of_the_whole_distribution(waves: pd.DataFrame, told: dict[str, Any], pair: int) -> None:
    expected = told["whole"][pair]
    made = distribution(stated(waves), "trust", scale=FIVE, by=("round",))
    (found,) = distribution_changes(made, earlier=expected["earlier"], later=expected["later"])
    assert_wald(found.test, expected)


def test_change_of_the_whole_distribution_in_an_area_and_in_the_panel(
    waves: pd.DataFrame, told: dict[str, Any]
) -> None:
    made = distribution(stated(waves), "trust", scale=FIVE, by=("round", "area"))
    found = {one.domain: one.test for one in distribution_changes(made, earlier=1, later=3)}
    assert_wald(found[(("area", "north"),)], told["whole_north"])
    answered = waves[waves["trust"].notna()]
    met = set.intersection(*(set(answered["person"][answered["round"] == wave]) for wave in (1, 2)))
    both = answered["person"].isin(met) & (answered["round"] < 3)
    design = stated(waves.assign(both=both.astype(object).where(both)))
    (panel,) = distribution_changes(
        distribution(design, "trust", scale=FIVE, by=("round", "both")), earlier=1, later=2
    )
    assert_wald(panel.test, told["whole_panel"])


@pytest.mark.parametrize(
    ("name", "rows", "columns", "where"),
    [
        ("trust_round", "trust", "round", {}),
        ("tenure_victim", "tenure", "victim", {"round": 1}),
        ("trust_tenure", "trust", "tenure", {}),
        ("trust_tenure_north", "trust", "tenure", {"area": "north"}),
        ("trust_safe", "trust", "safe", {}),
        ("empty_cells", "trust", "tenure", {"round": 1, "area": "north"}),
    ],
)
def test_rao_and_scotts_correction(
    waves: pd.DataFrame, told: dict[str, Any], name: str, rows: str, columns: str, where: dict[str, Any]
) -> None:
    expected = told["association"][name]
    made = association(stated(waves), rows=rows, columns=columns, by=tuple(where))
    (found,) = (one for one in made if one.domain == tuple(where.items()))
    assert found.d is not None
    assert [found.chi2, found.f, found.d, found.d * found.df] == near(
        [expected["chi2"], expected["f"], expected["d"], expected["dd"]]
    )
    assert [found.p, found.p_first_order] == near([expected["p"], expected["p_first_order"]], rel=1e-7)


@pytest.fixture(scope="module")
def moved(waves: pd.DataFrame) -> Transitions:
    return transitions(stated(waves), "trust", points=POINTS, units="person", earlier=1, later=2)


def test_transitions_and_rows_of_them(moved: Transitions, told: dict[str, Any]) -> None:
    cells, rows = told["moves"]["cells"], told["moves"]["rows"]
    for label, value, se in zip(cells["label"], cells["value"], cells["se"], strict=True):
        found = moved.cell(*(int(point) for point in label.split()))
        assert [found.value, found.se] == near([value, se])
        assert (found.n, found.df) == (told["moves"]["n"], told["moves"]["df"])
    for before, values, ses in zip(rows["from"], rows["value"], rows["se"], strict=True):
        shares = [moved.row_share(before, now) for now in POINTS]
        assert [one.value for one in shares if one] == near(values)
        assert [one.se for one in shares if one] == near(ses)


def test_gross_and_net_flows(moved: Transitions, told: dict[str, Any]) -> None:
    expected = told["moves"]
    ways = [moved.way(which) for which in ("down", "same", "up")]
    assert [one.value for one in ways] == near(expected["ways"]["value"])
    assert [one.se for one in ways] == near(expected["ways"]["se"])
    flows = (("moved", moved.gross()), ("net", moved.net()), ("net4", moved.net_of(4)))
    for name, found in flows:
        assert [found.value, found.se] == near([expected[name]["value"], expected[name]["se"]])


@pytest.mark.parametrize("name", ["everybody", "top", "north"])
def test_the_line_through_three_rounds(waves: pd.DataFrame, told: dict[str, Any], name: str) -> None:
    expected = told["trend"][name]
    by = ("round", "area") if name == "north" else ("round",)
    statistic = Statistic.TOP if name == "top" else Statistic.MEAN
    domain = (("area", "north"),) if name == "north" else ()
    made = round_trends(distribution(stated(waves), "trust", scale=FIVE, by=by), times=TIMES)
    (found,) = (one for one in made if one.statistic is statistic and one.domain == domain)
    assert found.slope is not None
    assert found.departure is not None
    assert [found.slope.value, found.slope.se] == near([expected["slope"], expected["se"]])
    assert found.slope.df == expected["df"]
    assert found.slope.p == pytest.approx(expected["p"], rel=1e-8)
    assert found.limits == near(expected["interval"])
    assert found.departure.chi2 == pytest.approx(expected["departure"], rel=1e-7)
    assert found.departure.p == pytest.approx(expected["departure_p"], rel=1e-7)


def test_those_met_twice_are_a_domain_and_not_a_file_of_their_own(
    waves: pd.DataFrame, told: dict[str, Any]
) -> None:
    answered = waves[waves["trust"].notna() & (waves["round"] < 3)]
    met_twice = answered[answered.duplicated("person", keep=False)]
    dropped = stated(met_twice[met_twice["area"] == "north"], lonely=Lonely.CERTAINTY)
    (wrong,) = round_changes(mean(dropped, "trust", by=("round",)), earlier=1, later=2)
    assert wrong.value == pytest.approx(told["panel_only_north"]["value"])
    assert wrong.se is not None
    assert abs(wrong.se / told["panel_only_north"]["se"] - 1) > 0.01


def test_rounds_that_overlap_are_not_taken_for_independent_nor_df_for_infinite(
    waves: pd.DataFrame, told: dict[str, Any]
) -> None:
    made = mean(stated(waves), "trust", by=("round",))
    (found,) = round_changes(made, earlier=1, later=3)
    assert found.se is not None
    assert found.p is not None
    assert found.value is not None
    assert (found.v1 + found.v2) ** 0.5 > 1.2 * told["mean"][1]["se"]
    normal = float(2 * ndtr(-abs(found.value / found.se)))
    assert abs(found.p / normal - 1) > 0.01


@pytest.fixture(scope="module")
def fitted(waves: pd.DataFrame) -> Design:
    started = starting_weights(waves, weights="weight", rounds="round")
    weighting = calibrated(
        started,
        margin("area", {"east": 350, "north": 300, "west": 350}),
        margin("tenure", {"other": 100, "own": 500, "rent": 400}),
    )
    return stated_design(waves, weights=weighting, strata="stratum", clusters="cluster", rounds="round")


def test_change_with_weights_fitted_to_the_population(
    waves: pd.DataFrame, fitted: Design, told: dict[str, Any]
) -> None:
    (found,) = side_by_side(fitted, "trust", make=mean, units="person", earlier=1, later=2)
    for change, name in ((found.everybody, "mean"), (found.panel, "panel_only")):
        assert change is not None
        expected = told["calibrated"][name]
        assert [change.v1, change.v2, change.c12, change.value, change.se, change.df, change.p] == near(
            [expected[key] for key in ("v1", "v2", "c12", "value", "se", "df", "p")]
        )
    (plain,) = round_changes(mean(stated(waves), "trust", by=("round",)), earlier=1, later=2)
    assert found.everybody.se != pytest.approx(plain.se, rel=1e-3)


def test_tests_with_weights_fitted_to_the_population(fitted: Design, told: dict[str, Any]) -> None:
    expected = told["calibrated"]
    made = distribution(fitted, "trust", scale=FIVE, by=("round",))
    (whole,) = distribution_changes(made, earlier=1, later=3)
    assert_wald(whole.test, expected["whole"])
    (table,) = association(fitted, rows="tenure", columns="victim")
    assert [table.f, table.d, table.p] == near([expected["tenure_victim"][key] for key in ("f", "d", "p")])
    moved = transitions(fitted, "trust", points=POINTS, units="person", earlier=1, later=2)
    assert moved.net().value == pytest.approx(expected["net"]["value"])
    assert moved.net().se == pytest.approx(expected["net"]["v"][0][0] ** 0.5, rel=1e-8)
    trends = {one.statistic: one for one in round_trends(made, times=TIMES)}
    slope, departure = trends[Statistic.MEAN].slope, trends[Statistic.MEAN].departure
    assert slope is not None
    assert departure is not None
    assert [slope.value, slope.se, slope.p, departure.chi2] == near(
        [expected["trend"][key] for key in ("slope", "se", "p", "departure")]
    )
