"""The stages of a weight, worked out by hand."""

from uuid import UUID, uuid4

import pytest

from lsp_assess.estimation import EstimationRefused
from lsp_assess.residents.population import Population
from lsp_assess.residents.weight_stages import WeightStage
from lsp_assess.residents.weights import TRIMMED_AT, Issued, weights_of

SEXES = Population("Census", {"sex": {"f": 60, "m": 40}})


def address(
    sex: str | None, *, adults: int = 2, probability: float = 0.1, area: str = "a", panel: str = "fresh"
) -> Issued:
    """`sex` None: nobody was interviewed."""
    met = None if sex is None else {"sex": sex}
    return Issued(id=uuid4(), probability=probability, area=area, panel=panel, adults=adults, categories=met)


def stage(made: dict[UUID, dict[WeightStage, float]], one: Issued, name: WeightStage) -> float:
    return made[one.id][name]


def test_who_answered_stands_for_the_addresses_of_the_area_that_did_not() -> None:
    here, alone, missed = address("f"), address("m", adults=1, area="b"), address(None)
    made = weights_of([here, alone, missed], None)
    assert set(made) == {here.id, alone.id}
    assert stage(made, here, WeightStage.DESIGN) == pytest.approx(20)
    assert stage(made, here, WeightStage.PANEL) == pytest.approx(40)
    assert stage(made, alone, WeightStage.PANEL) == pytest.approx(10)
    assert stage(made, here, WeightStage.FINAL) == pytest.approx(1.6)
    assert WeightStage.RAKED not in made[here.id]


def test_losses_count_by_the_chance_of_the_address_and_revisits_apart() -> None:
    likely, missed = address("f", probability=0.5), address(None, probability=0.25)
    again = address("m", panel="revisit")
    made = weights_of([likely, missed, again], None)
    assert stage(made, likely, WeightStage.PANEL) == pytest.approx(2 * 2 * (2 + 4) / 2)
    assert stage(made, again, WeightStage.PANEL) == stage(made, again, WeightStage.DESIGN)


def test_an_area_in_which_nobody_was_met_has_nobody_to_stand_for_it() -> None:
    here = address("f")
    made = weights_of([here, address("m"), address(None, area="b")], None)
    assert stage(made, here, WeightStage.PANEL) == pytest.approx(20)


def test_raked_weights_meet_the_population_and_average_one() -> None:
    issued = [address("f") for _ in range(10)] + [address("m") for _ in range(30)]
    made = weights_of(issued, SEXES)
    women = [made[one.id][WeightStage.FINAL] for one in issued[:10]]
    men = [made[one.id][WeightStage.FINAL] for one in issued[10:]]
    assert sum(women) / (sum(women) + sum(men)) == pytest.approx(0.6)
    assert (sum(women) + sum(men)) / 40 == pytest.approx(1)
    assert set(made[issued[0].id]) == set(WeightStage)


def test_whose_category_is_not_known_keeps_the_share_that_they_had() -> None:
    issued = [address(sex) for sex in ["f"] * 10 + ["m"] * 30 + ["unknown"] * 10]
    made = weights_of(issued, SEXES)
    final = [made[one.id][WeightStage.FINAL] for one in issued]
    assert sum(final[40:]) / sum(final) == pytest.approx(0.2)
    assert sum(final[:10]) / sum(final) == pytest.approx(0.8 * 0.6)


def test_no_weight_is_more_than_four_times_the_mean() -> None:
    """One address of very small chance among many."""
    rare = address("f", probability=0.001)
    made = weights_of([rare, *(address("f") for _ in range(99))], None)
    assert stage(made, rare, WeightStage.FINAL) == pytest.approx(TRIMMED_AT)
    assert stage(made, rare, WeightStage.PANEL) == pytest.approx(2000)


def test_a_population_that_nobody_of_a_category_stands_for_is_refused_by_name() -> None:
    with pytest.raises(EstimationRefused) as refused:
        weights_of([address("f"), address("f")], SEXES)
    (problem,) = refused.value.problems
    assert problem.code == "estimation.margin_without_anybody"
    assert problem.place.column == "sex"
