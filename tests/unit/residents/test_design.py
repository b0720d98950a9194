"""What a round's estimates may take for its design."""

import pandas as pd
import pytest

from lsp_assess.estimation import Lonely, mean, stated_design
from lsp_assess.residents.design import ALL, UNSTATED, Drawn, Stated, as_estimated, stated_in


def address(weight: float | None = 2.0, stratum: str | None = "W1", cluster: str | None = "c1") -> Drawn:
    return Drawn(weight, stratum, cluster)


@pytest.mark.parametrize("astray", [None, address(weight=None)])
def test_one_interview_without_a_weight_leaves_the_round_without_a_design(astray: Drawn | None) -> None:
    stated = stated_in([address(), astray])
    assert stated == UNSTATED
    assert as_estimated(address(), stated, respondent="p1") == Drawn(None, ALL, "p1")


def test_strata_and_clusters_count_where_every_interview_has_one() -> None:
    stated = stated_in([address(), address(stratum=None)])
    assert stated == Stated(weights=True, strata=False, clusters=True)
    assert as_estimated(address(), stated, respondent="p1") == Drawn(2.0, ALL, "c1")
    without = stated_in([address(cluster=None)])
    assert as_estimated(address(), without, respondent="p1") == Drawn(2.0, "W1", "p1")


def test_who_answers_in_two_rounds_without_strata_is_one_cluster_of_one_stratum() -> None:
    """Under a stratum for each round, such a panel could not be published."""
    stated = stated_in([address(stratum=None, cluster=None)])
    rows = [
        {"round": number, "person": person, **as_row(as_estimated(address(), stated, respondent=person))}
        for number in (1, 2)
        for person in ("p1", "p2", "p3")
    ]
    design = stated_design(
        pd.DataFrame(rows),
        weights="weight",
        strata="stratum",
        clusters="cluster",
        rounds="round",
        lonely=Lonely.ADJUST,
    )
    assert mean(design, "round").estimates[0].df == 2


def as_row(placed: Drawn) -> dict[str, object]:
    return {"weight": placed.weight, "stratum": placed.stratum, "cluster": placed.cluster}
