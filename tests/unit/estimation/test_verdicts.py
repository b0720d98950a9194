"""What may be said to have changed."""

from dataclasses import replace

import pandas as pd
import pytest

from lsp_assess.estimation import (
    Change,
    EstimationRefused,
    Method,
    Verdict,
    distribution,
    explored,
    headlines,
    mean,
    proportion,
    round_changes,
    scale,
    simple_random_sample,
    stated_design,
    verdict,
)
from lsp_assess.estimation.multiple import benjamini_hochberg, holm
from lsp_assess.rendering.wording import say, speak


def change_of(before: list[int], after: list[int]) -> Change:
    frame = pd.DataFrame({"round": [1] * len(before) + [2] * len(after), "answer": before + after})
    design = simple_random_sample(frame, rounds="round")
    (change,) = round_changes(proportion(design, "answer", by=("round",)), earlier=1, later=2)
    return change


def answers(yes: int, n: int) -> list[int]:
    return [1] * yes + [0] * (n - yes)


@pytest.mark.parametrize(
    ("lower", "upper", "expected"),
    [
        (-0.02, 0.03, Verdict.NO_MATERIAL_CHANGE),
        (0.01, 0.04, Verdict.NO_MATERIAL_CHANGE),  # real, but surely too small to matter
        (0.05, 0.12, Verdict.MATERIAL_CHANGE),  # starts on δ, and δ matters
        (-0.12, -0.05, Verdict.MATERIAL_CHANGE),
        (0.01, 0.05, Verdict.REAL_MAY_BE_SMALL),
        (-0.09, -0.01, Verdict.REAL_MAY_BE_SMALL),
        (-0.01, 0.09, Verdict.INCONCLUSIVE),
        (0.0, 0.09, Verdict.INCONCLUSIVE),
        (-0.20, 0.20, Verdict.INCONCLUSIVE),
    ],
)
def test_the_verdict_reads_the_interval_against_what_matters(
    lower: float, upper: float, expected: Verdict
) -> None:
    assert verdict(lower, upper, smallest=0.05) is expected


def test_holm_by_hand() -> None:
    # 0.01·4, 0.02·3, 0.04·2 = 0.08, and 0.03·2: sorted 0.01, 0.02, 0.03, 0.04
    # → 0.04, 0.06, 0.06, max(0.06, 0.04) = 0.06
    assert holm([0.04, 0.01, 0.03, 0.02]) == pytest.approx((0.06, 0.04, 0.06, 0.06))


def test_holm_counts_a_test_that_could_not_be_made() -> None:
    assert holm([0.02, None, 0.6]) == (pytest.approx(0.06), None, 1.0)


def test_benjamini_hochberg_by_hand() -> None:
    # 0.01·4/1 = 0.04, 0.02·4/2 = 0.04, 0.03·4/3 = 0.04, 0.5
    assert benjamini_hochberg([0.5, 0.03, 0.01, 0.02]) == pytest.approx((0.5, 0.04, 0.04, 0.04))


def test_headlines_are_read_at_the_level_of_their_number() -> None:
    rise, nothing = (
        change_of(answers(80, 400), answers(160, 400)),
        change_of(answers(80, 400), answers(80, 400)),
    )
    first, second = headlines([(rise, 0.05), (nothing, 0.05)])
    assert first.level == 0.975
    assert (first.lower, first.upper) == rise.interval(0.975)
    assert rise.lower is not None
    assert first.lower is not None
    assert first.lower < rise.lower
    assert first.verdict is Verdict.MATERIAL_CHANGE
    assert second.verdict is Verdict.INCONCLUSIVE
    assert first.p_adjusted == pytest.approx(2 * rise.p)
    assert second.p_adjusted == 1
    assert second.minimum_detectable == pytest.approx(2.8 * nothing.se)


def test_a_change_that_may_not_be_shown_gets_no_verdict() -> None:
    (few,) = headlines([(change_of(answers(2, 20), answers(18, 20)), 0.05)])
    assert few.change.suppressed
    assert few.verdict is None


@pytest.mark.parametrize("smallest", [0.0, -0.1, float("nan")])
def test_what_matters_has_to_be_declared(smallest: float) -> None:
    with pytest.raises(EstimationRefused):
        headlines([(change_of(answers(10, 40), answers(20, 40)), smallest)])


def test_a_grid_finds_at_a_tenth() -> None:
    made = [replace_p(change_of(answers(10, 40), answers(20, 40)), p) for p in (0.04, 0.2, 0.06, None)]
    # 0.04·4 = 0.16, 0.06·4/2 = 0.12 → 0.12 and 0.12; nothing is found at 0.10
    assert [one.found for one in explored(made)] == [False] * 4
    made[2] = replace_p(made[2], 0.05)
    # 0.05·4/2 = 0.10: both are
    assert [one.found for one in explored(made)] == [True, False, True, False]


def replace_p(change: Change, p: float | None) -> Change:
    return replace(change, delta=replace(change.delta, p=p))


def test_nobody_in_both_rounds_does_not_prove_that_nothing_changed() -> None:
    change = change_of(answers(0, 400), answers(0, 400))
    assert (change.value, change.se, change.p, change.method) == (0, 0, None, Method.COMBINED)
    limit = 1 - 0.025 ** (1 / 400)  # Clopper–Pearson for 0 of 400
    assert (change.lower, change.upper) == pytest.approx((-limit, limit), rel=1e-9)
    (told,) = headlines([(change, 0.005)])
    assert (told.verdict, told.minimum_detectable) == (Verdict.INCONCLUSIVE, None)


def test_a_rare_answer_changes_within_the_reach_of_its_two_intervals() -> None:
    # a = ȳ₂ − l₂ and b = u₁ − ȳ₁ below, a' = u₂ − ȳ₂ and b' = ȳ₁ − l₁ above, ρ = 0.
    change = change_of(answers(2, 100), answers(30, 100))
    first, second = change.earlier, change.later
    assert change.method is Method.COMBINED
    assert None not in (first.lower, first.upper, second.lower, second.upper)
    below = ((0.30 - second.lower) ** 2 + (first.upper - 0.02) ** 2) ** 0.5  # type: ignore[operator]
    above = ((second.upper - 0.30) ** 2 + (0.02 - first.lower) ** 2) ** 0.5  # type: ignore[operator]
    assert (change.lower, change.upper) == pytest.approx((0.28 - below, 0.28 + above), rel=1e-12)


def test_an_area_that_is_not_in_both_rounds_has_no_change() -> None:
    frame = pd.DataFrame({"round": [1, 1, 2, 2, 2, 2], "area": list("nnnnss"), "answer": [1, 2, 2, 3, 1, 2]})
    made = mean(simple_random_sample(frame, rounds="round"), "answer", by=("area", "round"))
    assert [change.domain for change in round_changes(made, earlier=1, later=2)] == [(("area", "n"),)]
    with pytest.raises(EstimationRefused) as refused:
        round_changes(made, earlier=1, later=3)
    assert refused.value.problems[0].code == "estimation.rounds_share_nothing"


def test_every_number_of_a_question_has_its_change() -> None:
    frame = pd.DataFrame({"round": [1, 2] * 20, "answer": [1, 2, 3, 4, 5] * 8})
    made = distribution(
        simple_random_sample(frame, rounds="round"), "answer", scale=scale([1, 2, 3, 4, 5]), by=("round",)
    )
    changes = round_changes(made, earlier=1, later=2)
    assert len(changes) == len(made.estimates) / 2 == 9


def test_a_census_of_both_rounds_changed_by_exactly_what_it_shows() -> None:
    frame = pd.DataFrame(
        {"round": [1, 1, 2, 2], "cluster": list("abab"), "all": [2] * 4, "answer": [0, 1, 1, 1]}
    )
    design = stated_design(frame, clusters="cluster", fpc="all", rounds="round")
    (change,) = round_changes(mean(design, "answer", by=("round",)), earlier=1, later=2)
    assert (change.value, change.se, change.lower, change.upper) == (0.5, 0, 0.5, 0.5)
    assert change.method is Method.CENSUS


def test_a_verdict_is_told_in_a_sentence_with_what_could_have_been_found() -> None:
    rise, nothing = (
        change_of(answers(80, 400), answers(160, 400)),
        change_of(answers(80, 400), answers(80, 400)),
    )
    first, second = headlines([(rise, 0.05), (nothing, 0.05)])
    assert say(first.told) == "Material change: even the least that it can have been matters."
    # 2.8 · √(2 · 0.2 · 0.8 / 399) = 7.93 points
    assert say(second.told).startswith("Inconclusive: a change smaller than 7.93 percentage points")
    assert speak(second.told, "cy").startswith("Amhendant: ni ellid dibynnu ar weld newid llai na 7.93")
    (average,) = headlines([(mean_change([1, 2, 3, 4] * 25, [4, 3, 2, 1] * 25), 0.1)])
    assert say(average.told).startswith("Inconclusive: a change smaller than 0.44 could")
    (few,) = headlines([(change_of(answers(2, 20), answers(18, 20)), 0.05)])
    assert say(few.told).startswith("Not judged: there are too few answers")
    assert say(replace(few, change=rise).told).startswith("Not testable")
    (still,) = headlines([(change_of(answers(0, 400), answers(0, 400)), 0.005)])
    assert say(still.told) == "Inconclusive: this survey cannot tell whether anything changed."


def mean_change(before: list[int], after: list[int]) -> Change:
    frame = pd.DataFrame({"round": [1] * len(before) + [2] * len(after), "answer": before + after})
    design = simple_random_sample(frame, rounds="round")
    (change,) = round_changes(mean(design, "answer", by=("round",)), earlier=1, later=2)
    return change
