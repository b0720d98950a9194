"""Hand-worked: the checks of the domain, and what becomes of missing parts."""

from collections.abc import Callable
from fractions import Fraction

import pytest

from lsp_assess.assessment.reckoning import reckon
from lsp_assess.assessment.scores import scoring_of
from lsp_assess.instruments.instrument import Instrument


def items(instrument: Instrument, criterion: int) -> list[str]:
    found = next(c for c in scoring_of(instrument).criteria if c.number == criterion)
    return [part.item for part in found.parts]


def test_6a_40_and_6b_60_are_45_per_cent_and_90_of_200(driver: Instrument) -> None:
    a, b = items(driver, 6)
    result = reckon(scoring_of(driver), {a: Fraction(40), b: Fraction(60)}).criterion("resident_results")
    assert (result.percentage, result.points, result.possible) == (45, 90, 200)


def test_8a_20_and_8b_60_are_50_per_cent_and_30_of_60(driver: Instrument) -> None:
    a, b = items(driver, 8)
    result = reckon(scoring_of(driver), {a: Fraction(20), b: Fraction(60)}).criterion("society_results")
    assert (result.percentage, result.points, result.possible) == (50, 30, 60)


def test_the_parts_of_an_enabler_weigh_equally(driver: Instrument) -> None:
    scores = dict(zip(items(driver, 1), map(Fraction, (10, 20, 30, 40, 100)), strict=True))
    result = reckon(scoring_of(driver), scores).criterion("leadership")
    assert (result.percentage, result.points) == (40, 40)


@pytest.mark.parametrize(
    ("file", "criteria", "points"),
    [
        ("lsp_driver.yaml", 9, [100, 80, 90, 90, 140, 200, 90, 60, 150]),
        ("lsp_driver_2010.yaml", 9, [100, 100, 100, 100, 100, 150, 100, 100, 150]),
        ("lsp_driver_2020.yaml", 7, [100, 100, 100, 200, 100, 200, 200]),
    ],
)
def test_all_50_is_500_of_1000_in_every_edition(
    edition: Callable[[str], Instrument], file: str, criteria: int, points: list[int]
) -> None:
    model = scoring_of(edition(file))
    result = reckon(model, {part.item: Fraction(50) for c in model.criteria for part in c.parts})
    assert (len(result.criteria), [c.possible for c in result.criteria]) == (criteria, points)
    assert (result.total, result.possible, result.coverage) == (500, 1000, 1)


def test_the_2010_edition_splits_its_eighth_criterion_in_halves(
    edition: Callable[[str], Instrument],
) -> None:
    instrument = edition("lsp_driver_2010.yaml")
    a, b = items(instrument, 8)
    result = reckon(scoring_of(instrument), {a: Fraction(20), b: Fraction(60)})
    eighth = next(c for c in result.criteria if c.percentage is not None)
    assert (eighth.percentage, eighth.points, eighth.possible) == (40, 40, 100)


def test_a_missing_part_leaves_the_others_renormalised_and_the_coverage_told(driver: Instrument) -> None:
    model = scoring_of(driver)
    a, _ = items(driver, 6)
    result = reckon(model, {a: Fraction(40)}).criterion("resident_results")
    assert (result.percentage, result.points, result.coverage) == (40, 80, Fraction(3, 4))


def test_a_criterion_without_any_score_is_stood_for_by_the_others(driver: Instrument) -> None:
    model = scoring_of(driver)
    without_sixth = [p.item for c in model.criteria if c.number != 6 for p in c.parts]
    result = reckon(model, {item: Fraction(60) for item in without_sixth})
    assert result.criterion("resident_results").points is None
    assert (result.total, result.coverage) == (600, Fraction(4, 5))


def test_two_thirds_of_the_weight_give_a_total_and_less_gives_none(
    edition: Callable[[str], Instrument],
) -> None:
    # in 2020, criteria 1 to 4 carry 500 points, two of three parts of the fifth 200/3; half the sixth, 100
    instrument = edition("lsp_driver_2020.yaml")
    model = scoring_of(instrument)
    first_four = [p.item for c in model.criteria if c.number <= 4 for p in c.parts]
    items_then = [*first_four, *items(instrument, 5)[:2]]
    half_of_sixth = items(instrument, 6)[0]
    short = reckon(model, {item: Fraction(50) for item in items_then})
    enough = reckon(model, {item: Fraction(50) for item in (*items_then, half_of_sixth)})
    assert (short.coverage, short.total) == (Fraction(17, 30), None)
    assert (enough.coverage, enough.total) == (Fraction(2, 3), 500)


def test_nothing_scored_has_no_points_and_no_total(driver: Instrument) -> None:
    result = reckon(scoring_of(driver), {})
    assert (result.total, result.coverage) == (None, 0)
    assert {c.points for c in result.criteria} == {None}
