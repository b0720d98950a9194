"""Weights, estimates and standard errors as R's survey package makes them: post-stratification and linear
calibration to 1e-8, what is iterated to 1e-6."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lsp_assess.estimation import (
    Design,
    Distance,
    Estimates,
    Lonely,
    Margin,
    Statistic,
    Weighting,
    address_weights,
    already_raked,
    attrition,
    calibrated,
    margin,
    mean,
    population_total,
    post_stratified,
    raked,
    ratio,
    round_changes,
    starting_weights,
    stated_design,
    total,
    trimmed,
    trimmed_and_raked,
)

ORACLES = Path(__file__).parents[2] / "oracles" / "weights"
SCHOOLS = ("schools_in_districts", "schools_by_type")
TYPES = margin("stype", {"E": 4421, "H": 755, "M": 1018})
AWARDS = margin("sch.wide", {"No": 1072, "Yes": 5122})
EARLIER = population_total("api99", 3914069)
BOUNDS = {"schools_in_districts": (0.5, 1.8), "schools_by_type": (0.97, 1.03)}
CLOSED = {"post_stratified", "linear", "linear_with_total"}


def near(expected: Any, rel: float) -> Any:
    return pytest.approx(np.array(expected, dtype=float).ravel(), rel=rel, abs=1e-12)


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return json.loads((ORACLES / "answers.json").read_text(encoding="utf-8"))


# Schools: a sample of districts with a finite population, and one stratified by type


def fitted(schools: str, how: str) -> Weighting:
    start = starting_weights(pd.read_csv(ORACLES / f"{schools}.csv"), weights="pw")
    bounds = BOUNDS[schools]
    match how:
        case "post_stratified":
            return post_stratified(start, TYPES)
        case "raked":
            return raked(start, TYPES, AWARDS)
        case "linear":
            return calibrated(start, TYPES, AWARDS)
        case "raking":
            return calibrated(start, TYPES, AWARDS, distance=Distance.RAKING)
        case "linear_with_total":
            return calibrated(start, TYPES, EARLIER)
        case "bounded_linear":
            return calibrated(start, TYPES, EARLIER, bounds=bounds)
        case "bounded_raking":
            return calibrated(start, TYPES, EARLIER, distance=Distance.RAKING, bounds=bounds)
        case _:
            return calibrated(start, TYPES, EARLIER, distance=Distance.LOGIT, bounds=bounds)


HOWS = (
    "post_stratified",
    "raked",
    "linear",
    "raking",
    "linear_with_total",
    "bounded_linear",
    "bounded_raking",
    "logit",
)


def school_design(schools: str, weights: str | Weighting, frame: pd.DataFrame | None = None) -> Design:
    read = pd.read_csv(ORACLES / f"{schools}.csv") if frame is None else frame
    stated = {"clusters": "dnum"} if schools == "schools_in_districts" else {"strata": "stype"}
    return stated_design(read, weights=weights, fpc="fpc", **stated)


def school_estimates(design: Design) -> dict[str, Estimates]:
    return {
        "mean": mean(design, "api00"),
        "total": total(design, "enroll"),
        "means_by_type": mean(design, "api00", by=("stype",)),
        "totals_by_award": total(design, "enroll", by=("sch.wide",)),
        "ratio": ratio(design, numerator="api00", denominator="api99"),
    }


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("schools", SCHOOLS)
def test_weights_of_schools(answers: dict[str, Any], schools: str, how: str) -> None:
    expected = answers[schools][how]["weights"]
    assert fitted(schools, how).weights == near(expected, 1e-8 if how in CLOSED else 1e-6)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("schools", SCHOOLS)
def test_estimates_and_standard_errors_of_schools(answers: dict[str, Any], schools: str, how: str) -> None:
    # R's `rake` regresses without the weights, which is another number where they differ (see below).
    theirs = answers[schools]["raking" if (schools, how) == ("schools_by_type", "raked") else how]
    rel = 1e-8 if how in CLOSED else 1e-6
    for name, made in school_estimates(school_design(schools, fitted(schools, how))).items():
        assert [e.value for e in made.estimates] == near(theirs[name]["value"], rel)
        assert [e.se for e in made.estimates] == near(theirs[name]["se"], rel)


# Without the post-strata that are the strata, whose sizes the design knows already.
@pytest.mark.parametrize(
    ("schools", "how"),
    [(s, how) for s in SCHOOLS for how in HOWS if (s, how) != ("schools_by_type", "post_stratified")],
)
def test_standard_errors_are_not_those_of_weights_that_were_given(schools: str, how: str) -> None:
    made = fitted(schools, how)
    given = made.frame.assign(made=made.weights)
    (told,) = mean(school_design(schools, made), "api00").estimates
    (wrong,) = mean(school_design(schools, "made", given), "api00").estimates
    assert wrong.value == pytest.approx(told.value, rel=1e-12)
    assert told.se is not None
    assert wrong.se is not None
    assert abs(wrong.se / told.se - 1) > 1e-4


def test_r_rakes_with_residuals_that_leave_the_weights_out(answers: dict[str, Any]) -> None:
    """R's standard error after `rake` is had from the unweighted regression; after `calibrate`, which makes
    the same weights, from the weighted one, as here."""
    made = fitted("schools_by_type", "raked")
    frame, w = made.frame, made.weights
    y = frame["api00"].to_numpy(dtype=float)
    u = (y - w @ y / w.sum()) / w.sum()
    x = pd.get_dummies(frame[["stype", "sch.wide"]]).to_numpy(dtype=float)
    z = w * (u - x @ np.linalg.lstsq(x, u, rcond=None)[0])
    variance = 0.0
    for _, rows in frame.groupby("stype").indices.items():
        n, size = len(rows), frame["fpc"].iloc[rows[0]]
        variance += (1 - n / size) * n / (n - 1) * ((z[rows] - z[rows].mean()) ** 2).sum()
    theirs = answers["schools_by_type"]
    assert np.sqrt(variance) == pytest.approx(theirs["raked"]["mean"]["se"], rel=1e-6)
    assert theirs["raked"]["mean"]["se"] != pytest.approx(theirs["raking"]["mean"]["se"], rel=1e-4)


@pytest.mark.parametrize("distance", [Distance.LINEAR, Distance.RAKING])
def test_schools_drawn_within_districts(answers: dict[str, Any], distance: Distance) -> None:
    theirs = answers["schools_in_two_stages"][distance.value]
    rel = 1e-8 if distance is Distance.LINEAR else 1e-6
    frame = pd.read_csv(ORACLES / "schools_in_two_stages.csv")
    made = calibrated(starting_weights(frame, weights="pw"), TYPES, AWARDS, distance=distance)
    assert made.weights == near(theirs["weights"], rel)
    design = stated_design(frame, weights=made, clusters=("dnum", "snum"), fpc=("fpc1", "fpc2"))
    for name, found in (
        ("mean", mean(design, "api00")),
        ("means_by_type", mean(design, "api00", by=("stype",))),
    ):
        assert [e.value for e in found.estimates] == near(theirs[name]["value"], rel)
        assert [e.se for e in found.estimates] == near(theirs[name]["se"], rel)


# The panel: three stacked rounds, each with margins of its own


def panel() -> pd.DataFrame:
    return pd.read_csv(ORACLES / "panel.csv")


def margins_of(answers: dict[str, Any], *columns: str) -> list[Margin]:
    categories = {"sex": ["f", "m"], "age": ["16-34", "35-64", "65+"], "area": ["east", "north", "west"]}
    return [
        margin(column, dict(zip(categories[column], targets, strict=True)), round=round_)
        for column in columns
        for round_, targets in enumerate(_rounds(answers["targets"][column]), start=1)
    ]


def _rounds(targets: Any) -> list[list[float]]:
    return [list(one.values()) if isinstance(one, Mapping) else one for one in targets]


@pytest.fixture(scope="module")
def start() -> Weighting:
    made = address_weights(panel(), probability="probability", adults="adults", rounds="round")
    return attrition(made, stayed="stayed", classes=("stratum", "age"))


def test_attrition_of_the_panel(answers: dict[str, Any], start: Weighting) -> None:
    assert start.weights == near(answers["attrition"], 1e-12)


def panel_fit(start: Weighting, answers: dict[str, Any], how: str) -> Weighting:
    every = margins_of(answers, "sex", "age", "area")
    match how:
        case "post_stratified":
            return post_stratified(start, *margins_of(answers, "age"))
        case "raked" | "raking":
            return raked(start, *every)
        case "already":
            frame = panel().assign(start=0.0)
            frame.loc[frame["stayed"] == 1, "start"] = answers["panel"]["stated"]["weights"]
            stated = starting_weights(frame, weights="start", rounds="round")
            return already_raked(stated, "sex", "age", "area")
        case "linear":
            return calibrated(start, *every)
        case "bounded_linear":
            return calibrated(start, *every, bounds=(0.6, 1.7))
        case _:
            return calibrated(start, *every, distance=Distance.LOGIT, bounds=(0.5, 2.2))


PANEL_HOWS = ("post_stratified", "raked", "linear", "raking", "already", "bounded_linear", "logit")


@pytest.mark.parametrize("how", PANEL_HOWS)
def test_weights_of_the_panel(answers: dict[str, Any], start: Weighting, how: str) -> None:
    made = panel_fit(start, answers, how)
    stayed = made.frame["stayed"].to_numpy() == 1
    assert made.weights[stayed] == near(answers["panel"][how]["weights"], 1e-8 if how in CLOSED else 1e-6)
    assert (made.weights[~stayed] == 0).all()


@pytest.mark.parametrize("how", [how for how in PANEL_HOWS if how != "raked"])
def test_estimates_of_the_panel_with_the_covariance_of_its_rounds(
    answers: dict[str, Any], start: Weighting, how: str
) -> None:
    theirs, rel = answers["panel"][how], 1e-8 if how in CLOSED else 1e-6
    frame = panel().assign(top=lambda f: (f["score"] >= 4).astype(float).where(f["score"].notna()))
    design = stated_design(
        frame, weights=panel_fit(start, answers, how), strata="stratum", clusters="cluster", rounds="round"
    )
    by_round = mean(design, "score", by=("round",))
    by_area = mean(design, "score", by=("area", "round"))
    means = theirs["means"]
    assert [e.value for e in (*by_round.estimates, *by_area.estimates)] == near(means["value"], rel)
    covariance = np.array(means["covariance"])
    assert by_round.covariance.ravel() == near(covariance[:3, :3], rel)
    assert by_area.covariance.ravel() == near(covariance[3:, 3:], rel)
    assert [e.se for e in mean(design, "top", by=("round",)).estimates] == near(
        theirs["top_by_round"]["se"], rel
    )
    spend = total(design, "spend", by=("age", "round"))
    assert [e.value for e in spend.estimates] == near(theirs["spend_by_round_and_age"]["value"], rel)
    assert [e.se for e in spend.estimates] == near(theirs["spend_by_round_and_age"]["se"], rel)
    (change,) = round_changes(by_round, earlier=1, later=3)
    assert [change.value, change.se] == near([theirs["change"]["value"], theirs["change"]["se"]], rel)


@pytest.mark.parametrize("rule", Lonely)
def test_a_stratum_of_a_single_cluster(answers: dict[str, Any], start: Weighting, rule: Lonely) -> None:
    theirs = answers["lonely"][rule.value]
    own, _ = own_round(start, 1)
    alone = own[(own["stratum"] != "s1") | (own["cluster"] == "1-1")].reset_index(drop=True)
    made = post_stratified(starting_weights(alone, weights="weight"), margin("sex", {"f": 5150, "m": 4850}))
    design = stated_design(alone, weights=made, strata="stratum", clusters="cluster", lonely=rule)
    for name, found in (
        ("mean", mean(design, "score")),
        ("spend", total(design, "spend")),
        ("spend_by_area", total(design, "spend", by=("area",))),
    ):
        assert [e.value for e in found.estimates] == near(theirs[name]["value"], 1e-8)
        assert [e.se for e in found.estimates] == near(theirs[name]["se"], 1e-8)


# Trimming


def own_round(start: Weighting, number: int) -> tuple[pd.DataFrame, Weighting]:
    """One round of those who stayed, at the weights that R starts from."""
    frame = start.frame.assign(weight=start.weights)
    own = frame[(frame["round"] == number) & (frame["weight"] > 0)].reset_index(drop=True)
    return own, starting_weights(own, weights="weight")


@pytest.mark.parametrize("number", [1, 2, 3])
def test_trimmed_weights_raked_again(answers: dict[str, Any], start: Weighting, number: int) -> None:
    theirs = answers["trimmed"][number - 1]
    own, alone = own_round(start, number)
    margins = [
        margin(one.columns, one.targets)
        for one in margins_of(answers, "sex", "age", "area")
        if one.round == number
    ]
    cut = trimmed(alone, lower=0.4, upper=2.2)
    scale = sum(margins[0].targets.values()) / alone.weights.sum()
    assert cut.weights * scale == near(theirs["trimmed"], 1e-6)
    again = raked(cut, *margins)
    assert again.weights == near(theirs["raked"], 1e-6)
    assert trimmed_and_raked(alone, *margins, lower=0.4, upper=2.2).weights == near(theirs["by_turns"], 1e-5)
    design = stated_design(own, weights=again, strata="stratum", clusters="cluster")
    for name, made in (("mean", mean(design, "score")), ("spend", total(design, "spend"))):
        (found,) = made.estimates
        assert [found.value, found.se] == near([theirs[name]["value"], theirs[name]["se"]], 1e-6)


def test_a_stacked_design_needs_no_covariance_of_its_own(answers: dict[str, Any], start: Weighting) -> None:
    """The rounds' residuals share clusters: leaving that out would give another standard error of change."""
    frame = panel()
    made = raked(start, *margins_of(answers, "sex", "age", "area"))
    apart = frame.assign(cluster=frame["cluster"] + " " + frame["round"].astype(str))
    changes = [
        round_changes(
            mean(
                stated_design(f, weights=made, strata="stratum", clusters="cluster", rounds="round"),
                "score",
                by=("round",),
            ),
            earlier=1,
            later=3,
        )[0]
        for f in (frame, apart)
    ]
    assert changes[0].earlier.statistic is Statistic.MEAN
    assert changes[0].se != pytest.approx(changes[1].se, rel=0.05)
