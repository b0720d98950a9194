"""A sample of addresses from a file with fixed columns (docs/imports.md)."""

from collections.abc import Mapping
from dataclasses import dataclass

from lsp_assess.exchange.cells import check_visible, read_number, tidy
from lsp_assess.exchange.faults import Faults
from lsp_assess.exchange.sheets import Row, Sheet
from lsp_assess.kernel.errors import DomainError, Place, Problem, problem
from lsp_assess.residents.sample import SampleRow, check_row, check_sample

NEEDED = ("reference", "address", "area", "probability")
OPTIONAL = ("postcode", "telephone", "stratum", "cluster")


@dataclass(frozen=True, slots=True)
class PlannedAddress:
    row: int
    drawn: SampleRow
    telephone: str | None


@dataclass(frozen=True, slots=True)
class SamplePlan:
    file: str
    digest: str
    addresses: tuple[PlannedAddress, ...]
    blank_rows: int


def plan_sample(sheet: Sheet) -> SamplePlan:
    """Raises Invalid with every row that cannot be taken."""
    columns = _columns(sheet)
    faults = Faults()
    addresses = []
    for row in sheet.rows:
        try:
            address = _address(row, columns, sheet.file)
        except DomainError as error:
            faults.take(error)
            continue
        for one in check_row(address.drawn, place=Place(file=sheet.file, row=row.number)):
            faults.add(one)
        addresses.append(address)
    for one in check_sample(tuple(address.drawn for address in addresses)):
        faults.add(_placed(one, addresses, sheet.file))
    faults.raise_any()
    return SamplePlan(sheet.file, sheet.digest, tuple(addresses), sheet.blank_rows)


def _columns(sheet: Sheet) -> dict[str, int]:
    faults = Faults()
    found = {name: position for position, name in enumerate(sheet.header)}
    allowed = ", ".join((*NEEDED, *OPTIONAL))
    for name in NEEDED:
        if name not in found:
            faults.add(problem("import_sample_column_missing", _header(sheet, name), column=name))
    for name in found:
        if name not in (*NEEDED, *OPTIONAL):
            place = _header(sheet, name)
            faults.add(problem("import_sample_column_unknown", place, column=name, columns=allowed))
    faults.raise_any()
    return found


def _header(sheet: Sheet, name: str) -> Place:
    return Place(file=sheet.file, row=1, column=name)


def _address(row: Row, columns: Mapping[str, int], file: str) -> PlannedAddress:
    def cell(name: str) -> str:
        return tidy(row.cells[columns[name]]) if name in columns else ""

    def place(name: str) -> Place:
        return Place(file=file, row=row.number, line=row.line, column=name, value=cell(name)[:100])

    for name in ("reference", "area", "stratum", "cluster"):
        check_visible(cell(name), place(name))
    drawn = SampleRow(
        reference=cell("reference"),
        address=cell("address"),
        area=cell("area"),
        probability=read_number(cell("probability"), place("probability")),
        postcode=cell("postcode") or None,
        stratum=cell("stratum") or None,
        cluster=cell("cluster") or None,
    )
    return PlannedAddress(row.number, drawn, cell("telephone") or None)


def _placed(one: Problem, addresses: list[PlannedAddress], file: str) -> Problem:
    """`check_sample` counts addresses from 1; people count the rows of the file."""
    if one.place.row is None:
        return Problem(one.code, one.what, Place(file=file))
    place = Place(file=file, row=addresses[one.place.row - 1].row, value=one.place.value)
    first = one.what.params["first"]
    assert isinstance(first, int)  # noqa: S101  `check_sample` says which address
    reference = addresses[first - 1].drawn.reference
    return problem("sample_reference_twice", place, reference=reference, first=addresses[first - 1].row)
