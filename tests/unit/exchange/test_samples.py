"""The sample of a household survey, row by row."""

import pytest

from lsp_assess.exchange.reading import read_file
from lsp_assess.exchange.samples import SamplePlan, plan_sample
from lsp_assess.kernel.errors import Invalid
from lsp_assess.rendering.wording import say

HEADER = "reference,address,postcode,area,stratum,cluster,probability"


def plan(*rows: str, header: str = HEADER) -> SamplePlan:
    return plan_sample(read_file("\n".join((header, *rows)).encode(), file="sample.csv"))


def test_a_row_is_an_address_with_its_chance() -> None:
    (found,) = plan("S1,1 High Street,M1 1AA,W01,priority,c1,0.025").addresses
    assert (found.drawn.probability, found.drawn.stratum, found.telephone) == (0.025, "priority", None)


@pytest.mark.parametrize(
    ("row", "code"),
    [
        ("S1,2 High Street,,W01,s,c,0.1", "sample_reference_twice"),
        ("S2,2 High Street,,W01,s,c,0", "sample_probability"),
        ("S2,2 High Street,,W01,s,c,1.1", "sample_probability"),
        ("S2,2 High Street,,W01,s,c,one in ten", "import_not_a_number"),
        ("S2,,,W01,s,c,0.1", "sample_field_empty"),
        ("S2\u200b,2 High Street,,W01,s,c,0.1", "import_invisible_character"),
    ],
)
def test_what_is_wrong_with_an_address_is_said_with_its_row(row: str, code: str) -> None:
    with pytest.raises(Invalid) as refused:
        plan("S1,1 High Street,,W01,s,c,0.1", row)
    (found,) = refused.value.problems
    assert (found.code, found.place.row) == (code, 3)
    assert say(found.what)


def test_a_stratum_stands_in_every_row_or_in_none() -> None:
    with pytest.raises(Invalid) as refused:
        plan("S1,1 High Street,,W01,s,,0.1", "S2,2 High Street,,W01,,,0.1")
    assert [one.code for one in refused.value.problems] == ["sample_design_incomplete"]


def test_nothing_personal_comes_in_that_is_not_needed() -> None:
    with pytest.raises(Invalid) as refused:
        plan("S1,1 High Street,,W01,s,c,0.1,Jo", header=HEADER + ",name")
    assert [one.code for one in refused.value.problems] == ["import_sample_column_unknown"]
