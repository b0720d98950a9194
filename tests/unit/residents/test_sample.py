from dataclasses import replace

import pytest

from lsp_assess.kernel.errors import Invalid, Place
from lsp_assess.residents.sample import SampleRow, check_row, check_sample, design_weight

ROW = SampleRow(reference="N-0001", address="1 High Street", area="W01", probability=0.025)


def test_the_design_weight_is_adults_over_the_probability_of_the_address() -> None:
    assert design_weight(adults=3, probability=0.025) == pytest.approx(120)
    assert design_weight(adults=1, probability=1) == 1


@pytest.mark.parametrize("probability", [0, -0.1, 1.01, float("nan")])
def test_a_probability_lies_above_nought_and_at_most_at_one(probability: float) -> None:
    with pytest.raises(Invalid):
        design_weight(adults=1, probability=probability)
    (found,) = check_row(replace(ROW, probability=probability))
    assert found.code == "sample_probability"


def test_a_row_without_address_or_area_names_its_place() -> None:
    place = Place(row=4)
    found = check_row(replace(ROW, address=" ", area=""), place=place)
    assert [(each.what.params["field"], each.place) for each in found] == [
        ("address", place),
        ("area", place),
    ]
    assert check_row(ROW) == ()


def test_a_reference_that_stands_twice_is_named_with_both_rows() -> None:
    (found,) = check_sample((ROW, replace(ROW, reference="N-0002"), ROW))
    assert (found.code, found.place.row, found.what.params["first"]) == ("sample_reference_twice", 3, 1)


def test_strata_are_stated_for_every_address_or_for_none() -> None:
    stratified = replace(ROW, reference="N-0002", stratum="priority")
    (found,) = check_sample((ROW, stratified))
    assert (found.code, found.what.params["field"]) == ("sample_design_incomplete", "stratum")
    assert check_sample((replace(ROW, stratum="other"), stratified)) == ()
