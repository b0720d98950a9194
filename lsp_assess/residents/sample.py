"""A row of the sample file, and the weight that its design gives."""

from dataclasses import dataclass

from lsp_assess.kernel.errors import Invalid, Place, Problem, problem
from lsp_assess.residents.selection import check_adults


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleRow:
    """One address drawn. `reference` is the sample's own number, printed on the form; `probability` is the
    chance with which the address was drawn; a stratum and a cluster are there or the design has none."""

    reference: str
    address: str
    area: str
    probability: float
    postcode: str | None = None
    stratum: str | None = None
    cluster: str | None = None


def check_row(row: SampleRow, *, place: Place = Place()) -> tuple[Problem, ...]:
    """Every problem of a row; none where it can be taken."""
    found = []
    for name, value in (("reference", row.reference), ("address", row.address), ("area", row.area)):
        if not value.strip():
            found.append(problem("sample_field_empty", place, field=name))
    if not 0 < row.probability <= 1:
        found.append(problem("sample_probability", place, probability=str(row.probability)))
    return tuple(found)


def check_sample(rows: tuple[SampleRow, ...]) -> tuple[Problem, ...]:
    """Across rows: a reference twice, and strata or clusters that only some rows have."""
    found = []
    seen: dict[str, int] = {}
    for number, row in enumerate(rows, start=1):
        first = seen.setdefault(row.reference, number)
        if first != number:
            place = Place(row=number, value=row.reference)
            found.append(problem("sample_reference_twice", place, reference=row.reference, first=first))
    for name, values in (("stratum", [r.stratum for r in rows]), ("cluster", [r.cluster for r in rows])):
        empty = sum(value is None for value in values)
        if 0 < empty < len(rows):
            found.append(problem("sample_design_incomplete", field=name, empty=empty))
    return tuple(found)


def design_weight(*, adults: int, probability: float) -> float:
    """Adults in the household ÷ probability of the address: one adult of each household is interviewed, by
    a rule that gives each the same chance. Raises `Invalid` on a probability outside 0 to 1."""
    check_adults(adults)
    if not 0 < probability <= 1:
        raise Invalid(problem("sample_probability", probability=str(probability)))
    return adults / probability
