"""Designs of twelve rows that can be worked on paper; the workings are in the comments."""

from math import sqrt

import pandas as pd
import pytest

from lsp_assess.estimation import (
    Method,
    Reference,
    Statistic,
    difference_of_changes,
    mean,
    proportion,
    round_changes,
    simple_random_sample,
    stated_design,
    total,
)


def twelve() -> pd.DataFrame:
    """Two strata of two clusters of three people; those of stratum B stand for two each."""
    return pd.DataFrame(
        {
            "stratum": ["A"] * 6 + ["B"] * 6,
            "cluster": ["a1"] * 3 + ["a2"] * 3 + ["b1"] * 3 + ["b2"] * 3,
            "weight": [1.0] * 6 + [2.0] * 6,
            "yes": [1, 1, 0, 1, 0, 0, 1, 1, 1, 0, 1, 0],
            "area": ["north", "south", "south"] * 4,
        }
    )


def test_a_percentage_with_its_standard_error() -> None:
    # Σwy = 1·(2 + 1) + 2·(3 + 1) = 11, Σw = 6 + 12 = 18, so p = 11/18 = 61.1 %.
    # Linearised cluster totals Σ w(y − p)/18, in 108ths:
    #   a1: (2 − 3·11/18)/18 = 1     a2: (1 − 33/18)/18 = −5
    #   b1: 2(3 − 33/18)/18 = 14     b2: 2(1 − 33/18)/18 = −10
    # Two clusters a stratum, so each adds 2/1 · 2 · (half the difference)² = difference²:
    #   V = (6² + 24²)/108² = 612/108² = 17/18², se = √17/18 = 22.9 points. df = 4 − 2.
    # Simple random: p(1 − p)/(n − 1) = (11/18)(7/18)/11 = 7/18², so deff = 17/7 and n/deff = 84/17.
    design = stated_design(twelve(), weights="weight", strata="stratum", clusters="cluster")
    (found,) = proportion(design, "yes").estimates
    assert found.value == pytest.approx(11 / 18, rel=1e-14)
    assert found.se == pytest.approx(sqrt(17) / 18, rel=1e-13)
    assert (found.n, found.df) == (12, 2)
    assert found.deff == pytest.approx(17 / 7, rel=1e-13)
    assert found.deff_reference is Reference.SIMPLE_RANDOM
    assert found.effective_n == pytest.approx(84 / 17, rel=1e-13)


def test_a_mean_with_its_t_interval() -> None:
    # The same working; t of 97.5 % on 2 df is √(2·0.95²/(1 − 0.95²)) = 4.3027.
    design = stated_design(twelve(), weights="weight", strata="stratum", clusters="cluster")
    (found,) = mean(design, "yes").estimates
    half = sqrt(2 * 0.95**2 / (1 - 0.95**2)) * sqrt(17) / 18
    assert found.method is Method.T
    assert (found.lower, found.upper) == pytest.approx((11 / 18 - half, 11 / 18 + half), rel=1e-10)


def test_a_total_with_its_standard_error() -> None:
    # Cluster totals 2, 1 and 6, 2: V = (2 − 1)² + (6 − 2)² = 17.
    design = stated_design(twelve(), weights="weight", strata="stratum", clusters="cluster")
    (found,) = total(design, "yes").estimates
    assert (found.value, found.se) == pytest.approx((11.0, sqrt(17)), rel=1e-13)


def test_a_finite_population_takes_off_the_share_that_was_drawn() -> None:
    # Two of four clusters were drawn in A, two of two in B: V = (1 − ½)·6²/108² + 0.
    frame = twelve().assign(population=[4] * 6 + [2] * 6)
    design = stated_design(frame, weights="weight", strata="stratum", clusters="cluster", fpc="population")
    (found,) = proportion(design, "yes").estimates
    assert found.se == pytest.approx(sqrt(18) / 108, rel=1e-13)


def test_a_cluster_without_members_in_the_domain_still_counts_as_drawn() -> None:
    # One stratum, three clusters; northerners live in two: answers 1, 0 and 1, 1, so ȳ = 3/4.
    # z = Σ(y − ¾)/4 per cluster: −1/8, 1/8, and 0 for the third, which stays.
    # V = 3/2 · (1/64 + 1/64 + 0) = 3/64. With the third cluster dropped it would be 2 · 2/64 = 4/64.
    # df are counted in the domain: 2 − 1.
    frame = pd.DataFrame(
        {
            "cluster": [1, 1, 2, 2, 3, 3],
            "answer": [1, 0, 1, 1, 5, 7],
            "area": ["north"] * 4 + ["south"] * 2,
        }
    )
    made = mean(stated_design(frame, clusters="cluster"), "answer", by=("area",))
    north = made.pick(Statistic.MEAN, area="north")
    assert (north.value, north.df) == (0.75, 1)
    assert north.se == pytest.approx(sqrt(3 / 64), rel=1e-13)


def villages() -> pd.DataFrame:
    """Two of four villages, in each of them two of its households."""
    return pd.DataFrame(
        {
            "village": ["u", "u", "v", "v"],
            "household": [1, 2, 1, 2],
            "villages": [4] * 4,
            "households": [4, 4, 8, 8],
            "weight": [4.0, 4.0, 8.0, 8.0],
            "people": [1, 3, 2, 4],
        }
    )


def test_a_total_in_two_stages() -> None:
    # Totals of the villages, weighted: u 4·4 = 16, v 8·6 = 48. First stage, half drawn:
    #   (1 − ½) · 2/1 · 2 · 16² = 512.
    # Second stage, within u: scores 4 and 12, half drawn: (1 − ½) · 2 · 2 · 4² = 32;
    # within v: 16 and 32, a quarter drawn: ¾ · 2 · 2 · 8² = 192. Both count half, the share of villages:
    #   V = 512 + ½(32 + 192) = 624.
    design = stated_design(
        villages(),
        weights="weight",
        clusters=("village", "household"),
        fpc=("villages", "households"),
    )
    (found,) = total(design, "people").estimates
    assert (found.value, found.df) == (64, 1)
    assert found.se == pytest.approx(sqrt(624), rel=1e-13)
    # The textbook's form: N²(1 − n/N)s²/n of the villages' estimated totals 8 and 24, plus N/n times
    # M²(1 − m/M)s²/m of the households in each village.
    between = 4**2 * (1 - 2 / 4) * 128 / 2
    within = 4 / 2 * (4**2 * (1 - 2 / 4) * 2 / 2 + 8**2 * (1 - 2 / 8) * 2 / 2)
    assert found.se == pytest.approx(sqrt(between + within), rel=1e-13)


def test_without_a_correction_only_the_villages_count() -> None:
    # 2 · 2 · 16² = 1024; counting the households too would add to it, taking rows as clusters would give
    # 4/3 · (144 + 16 + 0 + 256).
    design = stated_design(villages(), weights="weight", clusters=("village", "household"))
    (found,) = total(design, "people").estimates
    assert found.se == pytest.approx(32, rel=1e-13)


def test_where_all_villages_are_taken_each_is_a_stratum() -> None:
    # All of two villages: only their households vary, 32 + 192, and a village is no more than a stratum.
    every = villages().assign(villages=2)
    stages = stated_design(
        every, weights="weight", clusters=("village", "household"), fpc=("villages", "households")
    )
    strata = stated_design(every, weights="weight", strata="village", fpc="households")
    assert total(stages, "people").estimates[0].se == pytest.approx(sqrt(224), rel=1e-13)
    assert total(strata, "people").estimates[0].se == pytest.approx(sqrt(224), rel=1e-13)


def test_a_stage_that_is_complete_adds_nothing() -> None:
    drawn = {"weights": "weight", "clusters": ("village", "household")}
    one = stated_design(villages(), fpc="villages", **drawn)  # type: ignore[arg-type]
    two = stated_design(villages().assign(households=2), fpc=("villages", "households"), **drawn)  # type: ignore[arg-type]
    assert total(one, "people").estimates[0].se == pytest.approx(sqrt(512), rel=1e-13)
    assert total(two, "people").estimates[0].se == pytest.approx(sqrt(512), rel=1e-13)


def test_a_fraction_says_the_same_as_a_population() -> None:
    drawn = {"weights": "weight", "clusters": ("village", "household")}
    fractions = villages().assign(villages=0.5, households=[0.5, 0.5, 0.25, 0.25])
    sizes = stated_design(villages(), fpc=("villages", "households"), **drawn)  # type: ignore[arg-type]
    shares = stated_design(fractions, fpc=("villages", "households"), **drawn)  # type: ignore[arg-type]
    assert total(sizes, "people").estimates == total(shares, "people").estimates


def twice_visited() -> pd.DataFrame:
    """Three clusters of two people each, in two rounds."""
    return pd.DataFrame(
        {
            "round": [1] * 6 + [2] * 6,
            "cluster": ["c1", "c1", "c2", "c2", "c3", "c3"] * 2,
            "yes": [1, 1, 1, 0, 0, 0, 1, 1, 1, 1, 1, 0],
        }
    )


def test_a_change_with_its_covariance() -> None:
    # Round 1: ȳ₁ = 3/6. z₁ = Σ(y − ½)/6: c1 3/18, c2 0, c3 −3/18.
    # Round 2: ȳ₂ = 5/6. z₂ = Σ(y − ⅚)/6: c1 1/18, c2 1/18, c3 −2/18.
    # One stratum of three clusters: factor 3/2.
    #   v₁ = 3/2 · (9 + 0 + 9)/324 = 1/12      v₂ = 3/2 · (1 + 1 + 4)/324 = 1/36
    #   c₁₂ = 3/2 · (3·1 + 0·1 + 3·2)/324 = 1/24
    # Δ = 1/3, V = 1/12 + 1/36 − 2/24 = 1/36, se = 1/6 (1/3 without c₁₂). df = 3 − 1.
    # t = 2; on 2 df two-sided p = 1 − t/√(2 + t²) = 1 − 2/√6.
    design = stated_design(twice_visited(), clusters="cluster", rounds="round")
    (found,) = round_changes(mean(design, "yes", by=("round",)), earlier=1, later=2)
    assert (found.v1, found.v2, found.c12) == pytest.approx((1 / 12, 1 / 36, 1 / 24), rel=1e-13)
    assert (found.value, found.se) == pytest.approx((1 / 3, 1 / 6), rel=1e-13)
    assert (found.df, found.shared_clusters) == (2, 3)
    assert found.p == pytest.approx(1 - 2 / sqrt(6), rel=1e-9)
    half = sqrt(2 * 0.95**2 / (1 - 0.95**2)) / 6
    assert (found.lower, found.upper) == pytest.approx((1 / 3 - half, 1 / 3 + half), rel=1e-10)


def test_the_same_answers_from_other_clusters_have_no_covariance() -> None:
    # Three clusters in each round: v₁ and v₂ as before, c₁₂ = 0, V = 1/9, df = 6 − 2.
    frame = twice_visited()
    frame["cluster"] = frame["cluster"] + " of " + frame["round"].astype(str)
    design = stated_design(frame, clusters="cluster", rounds="round")
    (found,) = round_changes(mean(design, "yes", by=("round",)), earlier=1, later=2)
    assert (found.v1, found.v2, found.c12) == pytest.approx((1 / 12, 1 / 36, 0), rel=1e-13)
    assert (found.se, found.df, found.shared_clusters) == (pytest.approx(1 / 3, rel=1e-13), 4, 0)


def test_people_asked_twice_are_compared_with_themselves() -> None:
    # Four people, answers 1, 2, 3, 4 and then 2, 3, 4, 7: differences 1, 1, 1, 3.
    # Their mean is 1.5, s² = (3·0.25 + 2.25)/3 = 1, so se = √(1/4) and df = 3.
    frame = pd.DataFrame(
        {"round": [1] * 4 + [2] * 4, "person": list("abcd") * 2, "score": [1, 2, 3, 4, 2, 3, 4, 7]}
    )
    design = simple_random_sample(frame, rounds="round", units="person")
    (found,) = round_changes(mean(design, "score", by=("round",)), earlier=1, later=2)
    assert (found.value, found.se, found.df) == (1.5, pytest.approx(0.5, rel=1e-13), 3)


def test_people_not_known_to_be_the_same_are_two_samples() -> None:
    # s₁² = 5/3, s₂² = (4 + 1 + 0 + 9)/3 = 14/3: V = (5/3 + 14/3)/4 = 19/12, df = 8 − 2.
    frame = pd.DataFrame({"round": [1] * 4 + [2] * 4, "score": [1, 2, 3, 4, 2, 3, 4, 7]})
    design = simple_random_sample(frame, rounds="round")
    (found,) = round_changes(mean(design, "score", by=("round",)), earlier=1, later=2)
    assert (found.c12, found.df) == (0, 6)
    assert found.se == pytest.approx(sqrt(19 / 12), rel=1e-13)


def test_two_areas_are_compared_by_the_difference_of_their_changes() -> None:
    # North rises by 2 (1, 3 → 3, 5), south by 1 (2, 4 → 3, 5), all different people: Δ = 1.
    # In a round of four one-person clusters, an area's z are ∓½, ±½ and two zeros: v = 4/3 · ½ = 2/3.
    # Areas of one round are uncorrelated (no cluster holds both, and z sums to 0): V = 4 · 2/3.
    frame = pd.DataFrame(
        {
            "round": [1] * 4 + [2] * 4,
            "area": ["north", "north", "south", "south"] * 2,
            "score": [1, 3, 2, 4, 3, 5, 3, 5],
        }
    )
    made = mean(simple_random_sample(frame, rounds="round"), "score", by=("area", "round"))
    north, south = round_changes(made, earlier=1, later=2)
    found = difference_of_changes(made, north, south)
    assert (north.value, south.value, found.value) == (2, 1, 1)
    assert (found.se, found.df) == (pytest.approx(sqrt(8 / 3), rel=1e-13), 6)
