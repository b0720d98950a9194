"""Krippendorff's α: rows are units, columns coders."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.estimation import EstimationRefused
from lsp_assess.estimation.krippendorff import Metric, krippendorff

N = None
# Four observers, twelve units: Krippendorff (2011), who gives .743, .815 and .849.
OBSERVERS = [
    [1, 2, 3, 3, 2, 1, 4, 1, 2, N, N, N],
    [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, N, 3],
    [N, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, N],
    [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, N],
]
PUBLISHED: list[list[float | None]] = [list(unit) for unit in zip(*OBSERVERS, strict=True)]

CODES = st.integers(2, 4).flatmap(
    lambda coders: st.lists(
        st.lists(st.one_of(st.none(), st.integers(0, 4)), min_size=coders, max_size=coders),
        min_size=2,
        max_size=6,
    )
)


@pytest.mark.parametrize(
    ("metric", "alpha"), [(Metric.NOMINAL, 0.743), (Metric.ORDINAL, 0.815), (Metric.INTERVAL, 0.849)]
)
def test_the_published_example(metric: Metric, alpha: float) -> None:
    found = krippendorff(PUBLISHED, metric=metric)
    # Unit 12 was coded once, and pairs with nothing: 40 of the 41 codes take part.
    assert (found.units, found.values) == (11, 40)
    assert found.alpha == pytest.approx(alpha, abs=0.0005)


def test_two_coders_three_units_by_hand() -> None:
    # 1 1 / 2 2 / 1 2: of 6 values, 3 ones and 3 twos; one unit of three disagrees.
    # D_o = 2/6, D_e = 2·9/(6·5): α = 1 − (1/3)/(3/5) = 4/9, whatever the metric of two values.
    for metric in Metric:
        assert krippendorff([[1, 1], [2, 2], [1, 2]], metric=metric).alpha == pytest.approx(4 / 9)


def test_ordinal_distance_counts_the_values_between() -> None:
    # Values 1 1 2 2 2 9: halves of the ends and all between. 1–9: 2/2 + 3 + 1/2 = 4.5; 1–2: 2.5; 2–9: 2.
    # Units 1 2 / 2 2 / 1 9: D_o·6 = 2·(6.25 + 20.25) = 53.
    # D_e·30 = 2·(2·3·6.25 + 2·1·20.25 + 3·1·4) = 180. α = 1 − 5·53/180.
    found = krippendorff([[1, 2], [2, 2], [1, 9]], metric=Metric.ORDINAL)
    assert found.alpha == pytest.approx(1 - 5 * 53 / 180)


def test_only_the_order_of_codes_counts_in_the_ordinal_metric() -> None:
    stretched = [[None if c is None else float(c) ** 3 for c in unit] for unit in PUBLISHED]
    one, other = (krippendorff(codes, metric=Metric.ORDINAL).alpha for codes in (PUBLISHED, stretched))
    assert one == pytest.approx(other)


@pytest.mark.parametrize("codes", [[], [[1, 2]], [[1, 2], [1, None]], [[None, None]], [[3, 3], [3, 3]]])
def test_one_unit_or_one_code_tells_nothing(codes: list[list[float | None]]) -> None:
    assert krippendorff(codes, metric=Metric.INTERVAL).alpha is None


def test_codes_apart_by_rounding_error_are_the_same_code() -> None:
    codes = [[0.3, 0.1 + 0.2], [1.0, 1.0], [0.3, 1.0]]
    assert krippendorff(codes, metric=Metric.NOMINAL).alpha == pytest.approx(4 / 9)


def test_rows_of_different_lengths_are_refused() -> None:
    with pytest.raises(EstimationRefused):
        krippendorff([[1, 2], [1]], metric=Metric.NOMINAL)


def told(codes: list[list[float | None]], metric: Metric) -> float | None:
    alpha = krippendorff(codes, metric=metric).alpha
    return None if alpha is None else round(alpha, 9)


@given(CODES, st.sampled_from(list(Metric)), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_relabelling_coders_and_reordering_units_changes_nothing(
    codes: list[list[float | None]], metric: Metric, chance: object
) -> None:
    columns = list(range(len(codes[0])))
    chance.shuffle(columns)  # type: ignore[attr-defined]
    turned = [[unit[c] for c in columns] for unit in reversed(codes)]
    assert told(codes, metric) == told(turned, metric)


@given(CODES, st.sampled_from(list(Metric)))
@settings(max_examples=30, deadline=None)
def test_shifting_and_scaling_the_codes_changes_nothing(
    codes: list[list[float | None]], metric: Metric
) -> None:
    moved = [[None if c is None else 2.5 * c - 7 for c in unit] for unit in codes]
    one, other = told(codes, metric), told(moved, metric)
    assert one == (None if other is None else pytest.approx(other, abs=1e-8))


@given(CODES, st.sampled_from(list(Metric)))
@settings(max_examples=30, deadline=None)
def test_alpha_is_one_only_where_all_agree(codes: list[list[float | None]], metric: Metric) -> None:
    alpha = krippendorff(codes, metric=metric).alpha
    agreed = all(len({c for c in unit if c is not None}) <= 1 for unit in codes)
    assert alpha is None or (alpha > 1 - 1e-12) == agreed
