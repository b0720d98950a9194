"""The same numbers as R's survey package on its own data: every estimator, design and rule for a lonely
cluster to 1e-8, with the covariance of items and domains."""

import json
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from lsp_assess.estimation import (
    Design,
    Estimates,
    Lonely,
    Nesting,
    Statistic,
    distribution,
    mean,
    ratio,
    scale,
    shares,
    stated_design,
    total,
)

CORE = Path(__file__).parents[2] / "oracles" / "core"
INNER = Nesting.WITHIN_STRATUM


@cache
def answers() -> dict[str, Any]:
    return json.loads((CORE / "answers.json").read_text(encoding="utf-8"))


@cache
def data(name: str) -> pd.DataFrame:
    return pd.read_csv(CORE / f"{name}.csv")


def near(expected: Any, rel: float = 1e-8) -> Any:
    numbers = np.array(expected, dtype=float)
    return pytest.approx(numbers.ravel(), rel=rel, abs=1e-14 * float(np.abs(numbers).max(initial=1e-300)))


def assert_found(made: Estimates, expected: dict[str, Any], rel: float = 1e-8) -> None:
    assert [one.value for one in made.estimates] == near(expected["value"], rel)
    assert made.covariance.ravel() == near(expected["covariance"], rel)
    spread = np.sqrt(np.diag(np.atleast_2d(np.array(expected["covariance"], dtype=float))))
    told = [i for i, one in enumerate(made.estimates) if one.se is not None]
    assert [made.estimates[i].se for i in told] == near(spread[told], rel)


def assert_answered(
    design: Design,
    expected: dict[str, Any],
    *,
    items: tuple[str, str],
    by: tuple[str, ...],
    above: str = "",
    below: str = "",
) -> None:
    """Domains are given in R's order: the first dimension varies fastest."""
    over, under = above or items[0], below or items[1]
    dimensions = tuple(reversed(by))
    averages, sums = mean(design, items), total(design, items)
    assert_found(averages, expected["mean"])
    assert_found(sums, expected["total"])
    for made, name in ((averages, "mean"), (sums, "total")):
        assert [one.deff for one in made.estimates] == near(expected[name]["deff"])
        assert {one.df for one in made.estimates} == {expected["df"]}
    assert_found(ratio(design, numerator=over, denominator=under), expected["ratio"])
    assert_found(mean(design, items, by=dimensions), expected["mean_by"])
    assert_found(total(design, items[0], by=dimensions), expected["total_by"])
    assert_found(ratio(design, numerator=over, denominator=under, by=dimensions), expected["ratio_by"])


def apistrat() -> pd.DataFrame:
    frame = data("apistrat")
    return frame.assign(fraction=frame.groupby("stype")["pw"].transform("size") / frame["fpc"])


def apiclus2() -> pd.DataFrame:
    """Rows without an answer to `enroll` stay, outside every base."""
    frame = data("apiclus2")
    missing = frame["enroll"].isna()
    grade = pd.cut(frame["api00"], [0, 500, 600, 700, 800, 1000], labels=False) + 1.0
    hidden = {name: frame[name].astype(float).mask(missing) for name in ("api00", "api99")}
    return frame.assign(**hidden, grade=grade.mask(missing))


API = {
    "apistrat": lambda: stated_design(apistrat(), weights="pw", strata="stype", fpc="fpc"),
    "apistrat_no_fpc": lambda: stated_design(apistrat(), weights="pw", strata="stype"),
    "apistrat_fraction": lambda: stated_design(apistrat(), weights="pw", strata="stype", fpc="fraction"),
    "apiclus1": lambda: stated_design(data("apiclus1"), weights="pw", clusters="dnum", fpc="fpc"),
    "apiclus1_no_fpc": lambda: stated_design(data("apiclus1"), weights="pw", clusters="dnum"),
    "apiclus2": lambda: stated_design(
        apiclus2(), weights="pw", clusters=("dnum", "snum"), fpc=("fpc1", "fpc2")
    ),
    "apiclus2_no_fpc": lambda: stated_design(apiclus2(), weights="pw", clusters=("dnum", "snum")),
}


@pytest.mark.parametrize("name", list(API))
def test_schools_of_california(name: str) -> None:
    assert_answered(
        API[name](),
        answers()["api"][name],
        items=("api00", "enroll"),
        by=("sch.wide", "awards"),
        below="api99",
    )


def test_a_whole_distribution_in_two_stages_with_top_bottom_net_and_mean() -> None:
    expected = answers()["api"]["apiclus2"]["shares"]
    made = distribution(API["apiclus2"](), "grade", scale=scale([1, 2, 3, 4, 5]))
    assert [one.value for one in made.estimates[:5]] == near(expected["value"])
    covariance = np.array(expected["covariance"])
    assert made.covariance[:5, :5].ravel() == near(covariance)
    counted = {Statistic.TOP: [0, 0, 0, 1, 1], Statistic.BOTTOM: [1, 1, 0, 0, 0]}
    counted |= {Statistic.NET: [-1, -1, 0, 1, 1], Statistic.MEAN: [1, 2, 3, 4, 5]}
    for statistic, as_number in counted.items():
        found, a = made.pick(statistic), np.array(as_number)
        assert [found.value, found.se] == near([a @ expected["value"], np.sqrt(a @ covariance @ a)])


SMALL = {
    "mu284": lambda: stated_design(
        data("mu284").assign(area=lambda f: f["id2"] % 2, w=lambda f: f["n1"] / 5 * f["n2"] / 3),
        weights="w",
        clusters=("id1", "id2"),
        fpc=("n1", "n2"),
    ),
    "fpc": lambda: _fpc(fpc="Nh"),
    "fpc_no_correction": lambda: _fpc(fpc=None),
    "scd": lambda: stated_design(
        data("scd").assign(area=data("scd")["ambulance"]), strata="ESA", clusters="ambulance", nesting=INNER
    ),
    "hospital": lambda: stated_design(
        data("hospital").assign(large=lambda f: f["births"] > 700, area=lambda f: f["hospno"] % 2),
        weights="weighta",
        strata="oblevel",
        clusters="hospno",
        fpc="tothosp",
    ),
    "nhanes": lambda: stated_design(
        data("nhanes").assign(RIAGENDR=lambda f: f["RIAGENDR"].where(f["HI_CHOL"].notna())),
        weights="WTMEC2YR",
        strata="SDMVSTRA",
        clusters="SDMVPSU",
        nesting=INNER,
    ),
}
ITEMS = {"mu284": ("y1", "id2"), "scd": ("alive", "arrests"), "hospital": ("births", "large")}


def _fpc(fpc: str | None) -> Design:
    frame = data("fpc").assign(twice=lambda f: f["x"] ** 2, area=lambda f: f["psuid"] % 2)
    return stated_design(frame, weights="weight", strata="stratid", clusters="psuid", fpc=fpc, nesting=INNER)


@pytest.mark.parametrize("name", [name for name in SMALL if name != "nhanes"])
def test_small_samples_of_the_textbooks(name: str) -> None:
    items = ITEMS.get(name, ("x", "twice"))
    assert_answered(SMALL[name](), answers()["small"][name], items=items, by=("area",))


def test_a_national_health_survey_with_missing_answers() -> None:
    design, expected = SMALL["nhanes"](), answers()["small"]["nhanes"]
    frame = design.frame.assign(sex=data("nhanes")["RIAGENDR"])
    stated = stated_design(frame, weights="WTMEC2YR", strata="SDMVSTRA", clusters="SDMVPSU", nesting=INNER)
    assert_found(mean(design, ["HI_CHOL", "RIAGENDR"]), expected["mean"])
    assert_found(mean(stated, ["HI_CHOL", "RIAGENDR"], by=("sex", "race")), expected["mean_by"])
    assert_found(total(stated, "HI_CHOL", by=("sex", "race")), expected["total_by"])
    assert {one.df for one in mean(design, "HI_CHOL").estimates} == {expected["df"]}
    race = data("nhanes")["race"].where(data("nhanes")["HI_CHOL"].notna())
    answered = stated_design(
        frame.assign(race=race), weights="WTMEC2YR", strata="SDMVSTRA", clusters="SDMVPSU", nesting=INNER
    )
    assert_found(shares(answered, "race", categories=[1, 2, 3, 4]), expected["shares"])


STAGES: dict[str, dict[str, Any]] = {
    "one": {"strata": "region", "clusters": "district"},
    "one_fpc": {"strata": "region", "clusters": "district", "fpc": "districts"},
    "two": {
        "strata": ("region", "half"),
        "clusters": ("district", "street"),
        "fpc": ("districts", "streets"),
    },
    "three": {
        "strata": ("region", "half"),
        "clusters": ("district", "street", "person"),
        "fpc": ("districts", "streets", "people"),
    },
}


@pytest.mark.parametrize("stages", list(STAGES))
@pytest.mark.parametrize("rule", list(Lonely))
def test_rules_for_lonely_clusters_at_every_stage(rule: Lonely, stages: str) -> None:
    design = stated_design(data("stages"), weights="weight", lonely=rule, **STAGES[stages])
    expected = answers()["lonely"][rule.value][stages]
    assert_answered(design, expected, items=("value", "score"), by=("area",))


def test_rows_of_the_last_stage_need_no_names() -> None:
    named = stated_design(data("stages"), weights="weight", lonely=Lonely.ADJUST, **STAGES["three"])
    unnamed = {**STAGES["three"], "clusters": ("district", "street")}
    rows = stated_design(data("stages"), weights="weight", lonely=Lonely.ADJUST, **unnamed)
    assert mean(rows, "value").estimates == mean(named, "value").estimates
