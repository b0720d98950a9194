"""Short series, compared with R's answers (tests/oracles/few)."""

from datetime import date
from typing import Any

import pytest

from lsp_assess.estimation.funnel import funnel
from lsp_assess.estimation.lags import Strongest, lagged, scan
from lsp_assess.estimation.series import RankCorrelation, trend
from lsp_assess.estimation.weighted_trend import weighted_trend
from lsp_assess.estimation.xmr import xmr

CLOSED = 1e-8
EXACT = 1e-9


def same(found: RankCorrelation | Strongest | None, oracle: dict[str, float]) -> None:
    if not oracle:
        assert found is None
        return
    assert found is not None
    assert found.rho is not None
    assert abs(found.rho) == pytest.approx(abs(oracle["rho"]), rel=CLOSED)
    assert found.smallest_p == pytest.approx(oracle["smallest_p"], rel=EXACT)
    testable = oracle["smallest_p"] <= 0.05
    assert found.p == (pytest.approx(oracle["p"], rel=EXACT) if testable else None)


@pytest.mark.parametrize("case", ["seven", "tied"])
def test_slope_limits_and_mann_kendall(few: dict[str, Any], case: str) -> None:
    oracle = few["trend"][case]
    found = trend(oracle["times"], oracle["values"])
    assert found.slope == pytest.approx(oracle["slope"], rel=CLOSED)
    assert [found.lower, found.upper] == pytest.approx(oracle["limits"], rel=CLOSED)
    assert found.s == oracle["s"]
    assert found.p == pytest.approx(oracle["p"], rel=EXACT)
    assert found.smallest_p == pytest.approx(oracle["smallest_p"], rel=EXACT)


@pytest.mark.parametrize(("following", "answers"), [("following", "at"), ("tied", "at_tied")])
def test_spearman_at_declared_lags(few: dict[str, Any], following: str, answers: str) -> None:
    oracles = few["lagged"]
    for oracle in oracles[answers]:
        found = lagged(oracles["leading"], oracles[following], lag=oracle["lag"])
        same(found.levels, oracle["levels"])
        same(found.differences, oracle["differences"])


@pytest.mark.parametrize("case", ["plain", "tied"])
def test_the_largest_over_the_lags(few: dict[str, Any], case: str) -> None:
    oracle = few["scan"][case]
    found = scan(oracle["leading"], oracle["following"], lags=oracle["lags"])
    same(found.levels, oracle["levels"])
    same(found.differences, oracle["differences"])


@pytest.mark.parametrize("case", ["close", "scattered"])
def test_weighted_slopes(few: dict[str, Any], case: str) -> None:
    oracle = few["weighted_trend"][case]
    found = weighted_trend(oracle["times"], oracle["values"], oracle["errors"])
    for name in ("slope", "se", "q", "q_p", "p"):
        assert getattr(found, name) == pytest.approx(oracle[name], rel=CLOSED), name
    assert [found.lower, found.upper] == pytest.approx(oracle["limits"], rel=CLOSED)


def test_natural_limits(few: dict[str, Any]) -> None:
    oracle = few["xmr"]
    years = [(date(2000 + i, 1, 1), date(2000 + i, 12, 31)) for i in range(len(oracle["values"]))]
    found = xmr(years, oracle["values"])
    assert (found.mean, found.mean_range) == pytest.approx((oracle["mean"], oracle["mean_range"]), rel=CLOSED)
    assert [found.lower, found.upper] == pytest.approx(oracle["limits"], rel=CLOSED)


@pytest.mark.parametrize("case", ["alike", "scattered"])
def test_funnel_limits(few: dict[str, Any], case: str) -> None:
    oracle = few["funnel"][case]
    found = funnel(oracle["counts"], oracle["bases"])
    assert found.target == pytest.approx(oracle["target"], rel=CLOSED)
    assert found.dispersion == pytest.approx(oracle["dispersion"], rel=CLOSED)
    for area, warning, alarm in zip(found.areas, oracle["warning"], oracle["alarm"], strict=True):
        assert area.warning == pytest.approx(warning, rel=CLOSED)
        assert area.alarm == pytest.approx(alarm, rel=CLOSED)
