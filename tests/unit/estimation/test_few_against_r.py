"""A handful of partners, compared with R's answers (tests/oracles/few)."""

from typing import Any

import pytest

from lsp_assess.estimation.few import Pair, paired_change
from lsp_assess.estimation.krippendorff import Metric, krippendorff
from lsp_assess.estimation.reliability import cronbach, intraclass_correlation

CLOSED = 1e-8
EXACT = 1e-9


def changed(changes: list[float]) -> list[Pair]:
    return [Pair(f"org {i}", 0, change) for i, change in enumerate(changes)]


@pytest.mark.parametrize("case", ["plain", "tied", "zeros", "fine", "thirds"])
def test_paired_tests_with_ties_zeros_and_many_decimals(few: dict[str, Any], case: str) -> None:
    oracle = few["paired"][case]
    found = paired_change(changed(oracle["changes"]))
    assert found.wilcoxon_p == pytest.approx(oracle["wilcoxon"], rel=EXACT)
    assert found.sign_flip_p == pytest.approx(oracle["sign_flip"], rel=EXACT)


def test_wilcoxon_as_r_itself_has_it(few: dict[str, Any]) -> None:
    found = paired_change(changed(few["paired"]["plain"]["changes"]))
    assert found.wilcoxon_p == pytest.approx(few["untied_wilcoxon"], rel=EXACT)


@pytest.mark.parametrize("case", ["published", "partners", "camps"])
def test_intraclass_correlation(few: dict[str, Any], case: str) -> None:
    oracle = few["intraclass"][case]
    found = intraclass_correlation(oracle["scores"])
    assert found.single == pytest.approx(oracle["single"], rel=CLOSED)
    average = oracle["average"]
    assert found.average == (None if average is None else pytest.approx(average, rel=CLOSED))


@pytest.mark.parametrize("case", ["published", "partners", "camps"])
def test_cronbach_with_feldts_limits(few: dict[str, Any], case: str) -> None:
    oracle = few["cronbach"][case]
    found = cronbach(oracle["scores"])
    assert found.alpha == pytest.approx(oracle["alpha"], rel=CLOSED)
    assert [found.lower, found.upper] == pytest.approx(oracle["limits"], rel=CLOSED)


@pytest.mark.parametrize("case", ["published", "grades", "fives"])
@pytest.mark.parametrize("metric", list(Metric))
def test_krippendorffs_alpha(few: dict[str, Any], case: str, metric: Metric) -> None:
    oracle = few["krippendorff"][case]
    found = krippendorff(oracle["codes"], metric=metric)
    assert found.alpha == pytest.approx(oracle[metric.value], rel=CLOSED)
