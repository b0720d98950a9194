"""What an estimate carries, and what it refuses to say."""

import numpy as np
import pandas as pd
import pytest

from lsp_assess.estimation import (
    EstimationRefused,
    Flag,
    Lonely,
    Method,
    Reference,
    Statistic,
    distribution,
    mean,
    proportion,
    ratio,
    scale,
    shares,
    simple_random_sample,
    stated_design,
)

FIVE = scale([1, 2, 3, 4, 5])


def sample(answers: list[object]) -> pd.DataFrame:
    return pd.DataFrame({"answer": answers})


def test_the_distribution_of_a_question_with_its_ends_and_balance() -> None:
    answers = [1] * 10 + [2] * 20 + [3] * 30 + [4] * 25 + [5] * 15 + [None] * 7
    made = distribution(simple_random_sample(sample(answers)), "answer", scale=FIVE)
    told = [made.pick(Statistic.SHARE, category=point).value for point in FIVE.points]
    assert told == pytest.approx([0.10, 0.20, 0.30, 0.25, 0.15])
    assert made.pick(Statistic.TOP).value == pytest.approx(0.40)
    assert made.pick(Statistic.BOTTOM).value == pytest.approx(0.30)
    assert made.pick(Statistic.NET).value == pytest.approx(0.10)
    assert made.pick(Statistic.MEAN).value == pytest.approx(3.15)
    assert {e.n for e in made.estimates} == {100}


def test_shares_of_one_question_are_bound_to_each_other() -> None:
    answers = [1, 2, 3, 4, 5] * 9 + [3] * 5
    made = distribution(simple_random_sample(sample(answers)), "answer", scale=FIVE)
    assert np.abs(made.covariance[:5, :5].sum()) < 1e-15


def test_a_scale_scored_otherwise() -> None:
    wide = scale(["never", "sometimes", "often"], scores=[0, 50, 100], ends=1)
    made = distribution(simple_random_sample(sample(["never", "often", "often", None])), "answer", scale=wide)
    assert made.pick(Statistic.MEAN).value == pytest.approx(200 / 3)
    assert made.pick(Statistic.TOP).value == pytest.approx(2 / 3)
    assert made.pick(Statistic.SHARE, category="sometimes").value == 0


def test_an_answer_off_the_scale_is_refused_not_lost() -> None:
    with pytest.raises(EstimationRefused) as refused:
        distribution(simple_random_sample(sample([1, 2, 4.5, 4.5])), "answer", scale=FIVE)
    (wrong,) = refused.value.problems
    assert (wrong.code, wrong.what.params["value"], wrong.what.params["rows"]) == (
        "estimation.off_the_scale",
        "4.5",
        2,
    )


def test_shares_of_an_unordered_question() -> None:
    made = shares(
        simple_random_sample(sample(["rent", "own", "own", "other"])),
        "answer",
        categories=["own", "rent", "other"],
    )
    assert [e.value for e in made.estimates] == [0.5, 0.25, 0.25]


def test_a_scale_repeats_no_point_and_its_ends_do_not_meet() -> None:
    for points, ends, code in (([1, 1, 2], 1, "scale_points"), ([1, 2, 3], 2, "scale_ends")):
        with pytest.raises(EstimationRefused) as refused:
            scale(points, ends=ends)
        assert refused.value.problems[0].code == f"estimation.{code}"


def test_nobody_of_forty_leaves_an_interval_above_zero() -> None:
    # Clopper–Pearson for 0 of 40: the upper limit is 1 − 0.025^(1/40).
    (found,) = proportion(simple_random_sample(sample([0] * 40)), "answer").estimates
    assert (found.value, found.se, found.lower) == (0, 0, 0)
    assert found.upper == pytest.approx(1 - 0.025 ** (1 / 40), rel=1e-10)
    assert found.method is Method.KORN_GRAUBARD


def test_all_of_forty_leave_an_interval_below_one() -> None:
    (found,) = proportion(simple_random_sample(sample([1] * 40)), "answer").estimates
    assert found.lower == pytest.approx(0.025 ** (1 / 40), rel=1e-10)
    assert (found.value, found.upper) == (1, 1)


def test_unequal_weights_widen_the_interval_of_nobody() -> None:
    # Kish: weights 1 and 3 in equal parts, 1 + cv² = 40·(20·1 + 20·9)/80² = 5/4, so 32 of 40 count.
    frame = sample([0] * 40).assign(w=[1, 3] * 20)
    (found,) = proportion(stated_design(frame, weights="w"), "answer").estimates
    assert found.effective_n == pytest.approx(32)
    assert found.upper == pytest.approx(1 - 0.025 ** (1 / 32), rel=1e-10)
    assert found.deff_reference is Reference.WEIGHTS_ONLY


def test_clusters_that_all_say_the_same_do_not_close_the_interval() -> None:
    frame = pd.DataFrame({"cluster": np.repeat(np.arange(20), 4), "answer": [1, 0, 1, 0] * 20})
    (found,) = proportion(stated_design(frame, clusters="cluster"), "answer").estimates
    assert found.se == 0
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < 0.45 < 0.55 < found.upper


def test_a_domain_in_one_cluster_has_a_value_and_no_interval() -> None:
    frame = pd.DataFrame(
        {"cluster": [1] * 40 + [2] * 40, "area": ["n"] * 40 + ["s"] * 40, "answer": [0, 1] * 40}
    )
    north = proportion(stated_design(frame, clusters="cluster"), "answer", by=("area",)).estimates[0]
    assert (north.value, north.df, north.se, north.lower, north.upper) == (0.5, 0, None, None, None)
    assert north.method is Method.NONE
    assert Flag.NO_DF in north.flags
    assert north.suppressed


def test_only_lonely_strata_leave_the_average_nothing_to_go_by() -> None:
    frame = pd.DataFrame({"s": [1, 1, 2, 2], "c": [1, 1, 2, 2], "answer": [1, 2, 3, 4]})
    design = stated_design(frame, strata="s", clusters="c", lonely=Lonely.AVERAGE)
    (found,) = mean(design, "answer").estimates
    assert (found.value, found.se, found.lower) == (2.5, None, None)


def test_a_domain_where_nobody_answered_is_there_and_empty() -> None:
    frame = pd.DataFrame({"area": ["n", "n", "s", "s"], "answer": [1, 0, None, None]})
    south = proportion(simple_random_sample(frame), "answer", by=("area",)).estimates[1]
    assert (south.value, south.se, south.n, south.effective_n) == (None, None, 0, 0)
    assert south.flags == (Flag.NOBODY,)


def test_a_row_without_an_area_is_in_none() -> None:
    frame = pd.DataFrame({"area": ["n", "n", None], "answer": [1, 0, 1]})
    made = proportion(simple_random_sample(frame), "answer", by=("area",))
    assert [(e.domain, e.n) for e in made.estimates] == [((("area", "n"),), 2)]


def test_a_ratio_of_nothing_has_no_value() -> None:
    frame = pd.DataFrame({"spent": [1.0, 2.0], "people": [0.0, 0.0]})
    (found,) = ratio(simple_random_sample(frame), numerator="spent", denominator="people").estimates
    assert (found.value, found.lower) == (None, None)


@pytest.mark.parametrize(
    ("n", "expected"),
    [(29, Flag.SMALL_N), (30, Flag.CAUTION_N), (99, Flag.CAUTION_N), (100, None)],
)
def test_few_answers_are_suppressed_or_flagged(n: int, expected: Flag | None) -> None:
    answers: list[object] = [*range(n)]
    (found,) = mean(simple_random_sample(sample(answers)), "answer").estimates
    sized = {Flag.SMALL_N, Flag.CAUTION_N} & set(found.flags)
    assert sized == ({expected} if expected else set())
    assert found.suppressed == (n < 30)


def test_many_answers_that_are_worth_few_are_suppressed() -> None:
    # 60 answers of 6 clusters that each speak with one voice: Σ(g − 3.5)² = 17.5, so
    # V = 6/5 · 17.5/36 = 17.5/30; simple random 17.5/6/59; deff = 59/5, and 60 are worth 300/59.
    frame = pd.DataFrame(
        {"cluster": np.repeat(np.arange(6), 10), "answer": np.repeat([1, 2, 3, 4, 5, 6], 10)}
    )
    (found,) = mean(stated_design(frame, clusters="cluster"), "answer").estimates
    assert found.flags == (Flag.SMALL_EFFECTIVE_N, Flag.CAUTION_N, Flag.LOW_DF)
    assert found.effective_n == pytest.approx(300 / 59)


@pytest.mark.parametrize(
    ("yes", "n", "fails"),
    [
        (21, 42, True),  # 50 % of 42: 0.31 wide
        (60, 120, False),  # 50 % of 120: 0.18 wide, 37 % of the figure
        (6, 120, True),  # 5 % of 120: 0.087 wide, 174 % of the figure
        (5, 500, False),  # 1 % of 500: 230 % of the figure, but under 0.05 wide
    ],
)
def test_a_proportion_is_held_to_the_width_rule(yes: int, n: int, fails: bool) -> None:
    answers: list[object] = [1] * yes + [0] * (n - yes)
    (found,) = proportion(simple_random_sample(sample(answers)), "answer").estimates
    assert (Flag.WIDE_INTERVAL in found.flags) is fails


def test_an_interval_can_be_asked_for_at_another_level() -> None:
    answers: list[object] = [1] * 50 + [0] * 70
    design = simple_random_sample(sample(answers))
    (usual,), (strict,) = (proportion(design, "answer", level=x).estimates for x in (0.95, 0.99))
    assert usual.interval(0.99) == pytest.approx((strict.lower, strict.upper), rel=1e-12)
    (average,), (narrow,) = (mean(design, "answer", level=x).estimates for x in (0.95, 0.5))
    assert average.interval(0.5) == pytest.approx((narrow.lower, narrow.upper), rel=1e-12)


def test_only_a_yes_or_no_column_is_a_proportion() -> None:
    with pytest.raises(EstimationRefused) as refused:
        proportion(simple_random_sample(sample([0, 1, 2])), "answer")
    assert refused.value.problems[0].code == "estimation.not_yes_or_no"


@pytest.mark.parametrize("wrong", ["many", float("inf")])
def test_what_is_no_number_has_no_mean(wrong: object) -> None:
    with pytest.raises(EstimationRefused) as refused:
        mean(simple_random_sample(sample([1, 2, wrong])), "answer")
    assert refused.value.problems[0].code == "estimation.not_a_number"


def test_a_question_that_does_not_exist_is_refused() -> None:
    design = simple_random_sample(sample([1, 2]))
    for wrong in (lambda: mean(design, "nothing"), lambda: mean(design, "answer", by=("nothing",))):
        with pytest.raises(EstimationRefused) as refused:
            wrong()
        assert refused.value.problems[0].code == "estimation.column_missing"


def test_many_small_areas_of_one_simple_random_sample() -> None:
    # z = (y − ȳ)/n_a in the area and 0 elsewhere: V = N/(N − 1) · Σ(y − ȳ)²/n_a².
    rng = np.random.default_rng(30)
    frame = pd.DataFrame({"area": np.tile(np.arange(40), 8), "answer": rng.normal(size=320)})
    made = mean(simple_random_sample(frame), "answer", by=("area",))
    for one, (_, own) in zip(made.estimates, frame.groupby("area")["answer"], strict=True):
        variance = 320 / 319 * ((own - own.mean()) ** 2).sum() / 8**2
        assert (one.value, one.se) == pytest.approx((own.mean(), variance**0.5), rel=1e-10)
    apart = made.covariance - np.diag(np.diag(made.covariance))
    assert np.abs(apart).max() < 1e-17
