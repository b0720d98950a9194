"""A design is stated, never guessed."""

import numpy as np
import pandas as pd
import pytest

from lsp_assess.estimation import (
    EstimationRefused,
    Flag,
    Lonely,
    Method,
    Nesting,
    mean,
    proportion,
    simple_random_sample,
    stated_design,
)


def frame() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "w": [1.0, 2.0, 1.0, 2.0, 1.0, 1.0],
            "stratum": ["A", "A", "A", "A", "B", "B"],
            "cluster": [1, 1, 2, 2, 3, 4],
            "answer": [1, 0, 1, 1, 0, 1],
        }
    )


def code_of(refused: pytest.ExceptionInfo[EstimationRefused]) -> str:
    return refused.value.problems[0].code


def test_a_design_of_nothing_is_not_taken_for_a_simple_random_sample() -> None:
    with pytest.raises(EstimationRefused) as refused:
        stated_design(frame())
    assert code_of(refused) == "estimation.nothing_stated"


def test_a_simple_random_sample_says_so_in_a_footnote() -> None:
    assert [c.code for c in simple_random_sample(frame()).caveats] == [
        "estimation.caveat.simple_random_sample"
    ]
    assert stated_design(frame(), weights="w").caveats == ()


@pytest.mark.parametrize("part", ["weights", "strata", "clusters", "fpc", "rounds"])
def test_a_missing_column_is_refused_by_name(part: str) -> None:
    with pytest.raises(EstimationRefused) as refused:
        stated_design(frame(), **{"weights": "w", part: "elsewhere"})
    assert code_of(refused) == "estimation.column_missing"
    assert refused.value.problems[0].place.column == "elsewhere"


@pytest.mark.parametrize("column", ["w", "stratum", "cluster"])
def test_a_gap_in_the_design_is_refused(column: str) -> None:
    holed = frame()
    holed[column] = holed[column].astype(object)
    holed.loc[2, column] = None
    with pytest.raises(EstimationRefused) as refused:
        stated_design(holed, weights="w", strata="stratum", clusters="cluster")
    assert code_of(refused) == "estimation.design_value_missing"
    assert refused.value.problems[0].what.params["rows"] == 1


@pytest.mark.parametrize(
    ("weights", "code"),
    [
        ([1, 1, 1, 1, 1, -1], "estimation.weight_impossible"),
        ([1, 1, 1, 1, 1, np.inf], "estimation.weight_impossible"),
        ([0] * 6, "estimation.weights_all_zero"),
        (["1", "1", "1", "1", "1", "heavy"], "estimation.not_a_number"),
    ],
)
def test_impossible_weights_are_refused(weights: list[object], code: str) -> None:
    with pytest.raises(EstimationRefused) as refused:
        stated_design(frame().assign(w=weights), weights="w")
    assert code_of(refused) == code


def test_no_rows_are_refused() -> None:
    with pytest.raises(EstimationRefused) as refused:
        simple_random_sample(frame().iloc[:0])
    assert code_of(refused) == "estimation.no_rows"


def test_one_row_is_no_sample() -> None:
    with pytest.raises(EstimationRefused) as refused:
        simple_random_sample(frame().iloc[:1])
    assert code_of(refused) == "estimation.single_row"


def test_a_lonely_cluster_is_refused_unless_a_rule_is_chosen() -> None:
    one = frame().iloc[:5]
    with pytest.raises(EstimationRefused) as refused:
        stated_design(one, strata="stratum", clusters="cluster")
    assert code_of(refused) == "estimation.lonely_cluster"
    assert refused.value.problems[0].what.params["strata"] == "B"
    assert stated_design(one, strata="stratum", clusters="cluster", lonely=Lonely.ADJUST)


def test_a_lonely_cluster_that_is_all_there_is_needs_no_rule() -> None:
    one = frame().iloc[:5].assign(population=[4, 4, 4, 4, 1])
    assert stated_design(one, strata="stratum", clusters="cluster", fpc="population")


def test_a_cluster_in_two_strata_is_refused_unless_names_start_afresh() -> None:
    reused = frame().assign(cluster=[1, 1, 2, 2, 1, 2])
    with pytest.raises(EstimationRefused) as refused:
        stated_design(reused, strata="stratum", clusters="cluster")
    assert code_of(refused) == "estimation.cluster_in_two_strata"
    nested = stated_design(reused, strata="stratum", clusters="cluster", nesting=Nesting.WITHIN_STRATUM)
    named = stated_design(frame(), strata="stratum", clusters="cluster")
    assert mean(nested, "answer").estimates == mean(named, "answer").estimates


def test_a_population_must_be_one_figure_a_stratum_and_hold_the_sample() -> None:
    for population, code in (
        ([4, 4, 4, 5, 2, 2], "estimation.population_varies_in_stratum"),
        ([4, 4, 4, 4, 1, 1], "estimation.population_below_sample"),
    ):
        with pytest.raises(EstimationRefused) as refused:
            stated_design(frame().assign(n=population), strata="stratum", clusters="cluster", fpc="n")
        assert code_of(refused) == code


def staged(**more: object) -> pd.DataFrame:
    made = pd.DataFrame(
        {
            "town": ["A", "A", "A", "A", "B", "B"],
            "street": [1, 1, 2, 2, 1, 2],
            "towns": [5] * 6,
            "streets": [9, 9, 9, 9, 7, 7],
            "side": ["odd", "odd", "even", "even", "odd", "odd"],
            "answer": [1, 0, 1, 1, 0, 1],
        }
    )
    return made.assign(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("more", "code", "says"),
    [
        ({"streets": [9, 9, 9, None, 7, 7]}, "population_missing", {"column": "streets", "stratum": "A"}),
        ({"streets": [9, 9, 9, 8, 7, 7]}, "population_varies_in_stratum", {"stratum": "A"}),
        (
            {"streets": [9, 9, 9, 9, 1, 1]},
            "population_below_sample",
            {"stratum": "B", "population": "1", "drawn": 2},
        ),
        ({"towns": 0}, "population_below_sample", {"column": "towns", "population": "0"}),
        ({"streets": "many"}, "not_a_number", {"column": "streets"}),
        ({"street": [1, None, 2, 2, 1, 2]}, "design_value_missing", {"column": "street", "rows": 1}),
    ],
)
def test_a_wrong_stage_is_refused_with_its_column_and_stratum(
    more: dict[str, object], code: str, says: dict[str, object]
) -> None:
    with pytest.raises(EstimationRefused) as refused:
        stated_design(staged(**more), clusters=("town", "street"), fpc=("towns", "streets"))
    assert code_of(refused) == f"estimation.{code}"
    assert says.items() <= refused.value.problems[0].what.params.items()


def test_a_lonely_street_is_refused_with_its_town() -> None:
    stated = {"strata": ("town", "side"), "clusters": ("town", "street"), "fpc": ("towns", "streets")}
    with pytest.raises(EstimationRefused) as refused:
        stated_design(staged(towns=1), **stated)  # type: ignore[arg-type]
    assert refused.value.problems[0].what.params == {"count": 2, "strata": "A / odd, A / even"}


def test_a_street_on_two_sides_is_refused_unless_numbers_start_afresh_on_each() -> None:
    both = staged(street=[1, 1, 1, 2, 1, 2], side=["odd", "odd", "even", "even", "odd", "odd"])
    stated = {"strata": ("town", "side"), "clusters": ("town", "street"), "fpc": ("towns", "streets")}
    with pytest.raises(EstimationRefused) as refused:
        stated_design(both, lonely=Lonely.ADJUST, **stated)  # type: ignore[arg-type]
    assert code_of(refused) == "estimation.cluster_in_two_strata"
    assert refused.value.problems[0].place.column == "street"
    nested = stated_design(both, lonely=Lonely.ADJUST, nesting=Nesting.WITHIN_STRATUM, **stated)  # type: ignore[arg-type]
    assert nested.structure.stages[1].units_in.tolist() == [1, 2, 2]


def test_only_the_last_stage_may_be_rows() -> None:
    with pytest.raises(EstimationRefused) as refused:
        stated_design(staged(), clusters="town", fpc=("towns", "streets", "streets"))
    assert code_of(refused) == "estimation.stage_without_clusters"


def test_a_census_in_two_stages_has_no_sampling_error_and_a_sampled_stage_has_some() -> None:
    stated = {"clusters": ("town", "street"), "fpc": ("towns", "streets")}
    everybody = stated_design(staged(towns=2, streets=2), **stated)  # type: ignore[arg-type]
    streets = stated_design(staged(towns=2), **stated)  # type: ignore[arg-type]
    assert proportion(everybody, "answer").estimates[0].method is Method.CENSUS
    (found,) = proportion(streets, "answer").estimates
    assert found.method is not Method.CENSUS
    assert found.se is not None
    assert found.se > 0


def test_a_census_has_no_sampling_error() -> None:
    everyone = frame().assign(n=[2, 2, 2, 2, 2, 2])
    design = stated_design(everyone, strata="stratum", clusters="cluster", fpc="n")
    (found,) = proportion(design, "answer").estimates
    assert (found.se, found.lower, found.upper) == (0, found.value, found.value)
    assert found.method is Method.CENSUS
    assert Flag.NO_DF not in found.flags


def test_rounds_linked_through_a_third_belong_together() -> None:
    # Rounds 1 and 3 share no cluster, but both share one with round 2: one stratum of four clusters.
    linked = pd.DataFrame({"round": [1, 1, 2, 2, 3, 3], "cluster": list("abbccd")})
    assert stated_design(linked, clusters="cluster", rounds="round").structure.clusters.units_in.tolist() == [
        4
    ]
    apart = linked.assign(cluster=list("abcdef"))
    made = stated_design(apart, clusters="cluster", rounds="round").structure
    assert made.clusters.units_in.tolist() == [2, 2, 2]


def test_the_frame_may_change_afterwards() -> None:
    given = frame()
    design = simple_random_sample(given)
    given["answer"] = 0
    assert mean(design, "answer").estimates[0].value == pytest.approx(4 / 6)
