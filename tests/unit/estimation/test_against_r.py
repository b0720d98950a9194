"""The same numbers as R's survey package: closed forms to 1e-8, logit to 1e-6, p to 1e-9."""

from typing import Any

import numpy as np
import pandas as pd
import pytest

from lsp_assess.estimation import (
    Change,
    Design,
    Estimate,
    Lonely,
    Method,
    Statistic,
    distribution,
    mean,
    proportion,
    ratio,
    round_changes,
    scale,
    simple_random_sample,
    stated_design,
    total,
)

FIVE = scale([1, 2, 3, 4, 5])


def near(expected: Any, rel: float = 1e-8) -> Any:
    return pytest.approx(np.array(expected, dtype=float).ravel(), rel=rel, abs=1e-15)


def stated(panel: pd.DataFrame, **more: Any) -> Design:
    return stated_design(
        panel, weights="weight", strata="stratum", clusters="cluster", rounds="round", **more
    )


def assert_change(found: Change, expected: dict[str, Any]) -> None:
    assert [found.v1, found.v2] == near([expected["v1"], expected["v2"]])
    assert found.c12 == pytest.approx(expected["c12"], rel=1e-8, abs=1e-15)
    assert [found.value, found.se] == near([expected["value"], expected["se"][0][0]])
    assert found.df == expected["df"]
    assert [found.lower, found.upper] == near(expected["interval"])
    assert found.p == pytest.approx(expected["p"][0][0], rel=1e-9)


@pytest.mark.parametrize(
    ("fpc", "name"), [(None, "distribution_first_round"), ("population", "distribution_first_round_fpc")]
)
def test_a_distribution_and_its_whole_covariance_matrix(
    panel: pd.DataFrame, answers: dict[str, Any], fpc: str | None, name: str
) -> None:
    expected = answers[name]
    made = distribution(stated(panel, fpc=fpc), "score", scale=FIVE, by=("round",))
    # shares 1 to 5, then the mean and the top two, in R's order
    first = [i for i, e in enumerate(made.estimates) if e.where("round") == 1]
    order = [*first[:5], first[8], first[5]]
    assert [made.estimates[i].value for i in order] == near(expected["value"])
    assert made.covariance[np.ix_(order, order)].ravel() == near(expected["covariance"])
    average = made.estimates[first[8]]
    assert average.df == expected["df"]
    assert average.deff == pytest.approx(expected["deff_of_mean"], rel=1e-8)
    assert [average.lower, average.upper] == near(expected["interval_of_mean"])


def test_means_by_round_and_area(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    expected = answers["mean_by_round_and_area"]
    made = mean(stated(panel), "score", by=("area", "round"))
    labels = [(label["area"], label["round"]) for label in expected["labels"]]
    assert [(e.where("area"), e.where("round")) for e in made.estimates] == labels
    assert [e.value for e in made.estimates] == near(expected["value"])
    assert made.covariance.ravel() == near(expected["covariance"])


def test_totals_by_area(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    expected = answers["total_by_area"]
    made = total(stated(panel), "yes", by=("area",))
    assert [e.value for e in made.estimates] == near(expected["value"])
    assert [e.se for e in made.estimates] == near(expected["se"])
    assert made.covariance.ravel() == near(expected["covariance"])


def test_ratios_by_round(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    expected = answers["ratio_by_round"]
    made = ratio(stated(panel), numerator="spend", denominator="persons", by=("round",))
    assert [e.value for e in made.estimates] == near(expected["value"])
    assert made.covariance.ravel() == near(expected["covariance"])


def test_change_where_clusters_are_visited_twice(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    made = distribution(stated(panel), "score", scale=FIVE, by=("round",))
    changes = {change.statistic: change for change in round_changes(made, earlier=1, later=2)}
    assert changes[Statistic.MEAN].shared_clusters == 16
    assert_change(changes[Statistic.MEAN], answers["change_of_mean"])
    assert_change(changes[Statistic.TOP], answers["change_of_top"])


def test_change_with_a_finite_population(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    made = mean(stated(panel, fpc="population"), "score", by=("round",))
    assert_change(round_changes(made, earlier=1, later=2)[0], answers["change_of_mean_fpc"])


def test_change_of_a_ratio(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    made = ratio(stated(panel), numerator="spend", denominator="persons", by=("round",))
    assert_change(round_changes(made, earlier=1, later=2)[0], answers["change_of_ratio"])


def test_change_within_an_area(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    made = mean(stated(panel), "score", by=("area", "round"))
    (north,) = (c for c in round_changes(made, earlier=1, later=2) if c.domain == (("area", "north"),))
    assert_change(north, answers["change_in_north"])


def test_rounds_that_share_no_cluster_are_independent(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    renamed = panel.assign(cluster=panel["cluster"] + " in " + panel["round"].astype(str))
    (change,) = round_changes(mean(stated(renamed), "score", by=("round",)), earlier=1, later=2)
    assert change.c12 == 0
    assert_change(change, answers["change_of_independent_rounds"])


def test_simple_random_samples_of_two_rounds(panel: pd.DataFrame, answers: dict[str, Any]) -> None:
    design = simple_random_sample(panel, rounds="round")
    (change,) = round_changes(mean(design, "score", by=("round",)), earlier=1, later=2)
    assert_change(change, answers["change_of_simple_samples"])
    expected = answers["simple_first_round"]
    assert change.earlier.value == pytest.approx(expected["value"][5], rel=1e-8)
    assert change.earlier.deff == pytest.approx(expected["deff_of_mean"], rel=1e-8)
    assert [change.earlier.lower, change.earlier.upper] == near(expected["interval_of_mean"])


def _first_round(panel: pd.DataFrame, column: str, kind: str) -> Estimate:
    design = simple_random_sample(panel, rounds="round") if kind == "simple" else stated(panel)
    return proportion(design, column, by=("round",)).estimates[0]


@pytest.mark.parametrize(("kind", "name"), [("stated", "logit"), ("simple", "logit_simple")])
def test_logit_interval(panel: pd.DataFrame, answers: dict[str, Any], kind: str, name: str) -> None:
    found, expected = _first_round(panel, "yes", kind), answers[name]
    assert found.method is Method.LOGIT
    assert [found.value, found.se] == near([expected["value"], expected["se"][0][0]])
    assert [found.lower, found.upper] == near(expected["xlogit"])
    assert [found.lower, found.upper] == near(expected["logit"], rel=1e-6)


@pytest.mark.parametrize(("kind", "name"), [("stated", "korn_graubard"), ("simple", "korn_graubard_simple")])
def test_korn_graubard_interval(panel: pd.DataFrame, answers: dict[str, Any], kind: str, name: str) -> None:
    found, expected = _first_round(panel, "rare", kind), answers[name]
    assert found.method is Method.KORN_GRAUBARD
    assert found.df == expected["df"]
    assert [found.lower, found.upper] == near(expected["beta"])


@pytest.mark.parametrize("rule", list(Lonely))
def test_rules_for_a_lonely_cluster(lonely: pd.DataFrame, answers: dict[str, Any], rule: Lonely) -> None:
    expected = answers["lonely"][rule.value]
    design = stated_design(lonely, weights="weight", strata="stratum", clusters="cluster", lonely=rule)
    (average,), (summed,) = mean(design, "value").estimates, total(design, "value").estimates
    north = mean(design, "value", by=("area",)).pick(Statistic.MEAN, area="north")
    assert [average.value, average.se] == near([expected["mean"]["value"], expected["mean"]["se"][0][0]])
    assert [summed.value, summed.se] == near([expected["total"]["value"], expected["total"]["se"][0][0]])
    assert [north.value, north.se] == near([expected["north"]["value"], expected["north"]["se"][0][0]])
    assert (average.df, north.df) == (expected["mean"]["df"], expected["north"]["df"])
