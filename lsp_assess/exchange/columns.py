"""Which columns of a file a mapping uses: every column is used or named as left out."""

from collections.abc import Iterable, Mapping

from lsp_assess.exchange.faults import Faults
from lsp_assess.exchange.sheets import Sheet
from lsp_assess.kernel.errors import Place, problem


def column_positions(sheet: Sheet, used: Iterable[str], ignored: Mapping[str, str]) -> dict[str, int]:
    """Raises Invalid for a column that is declared and not there, or there and not declared."""
    positions = {name: position for position, name in enumerate(sheet.header)}
    wanted = dict.fromkeys(used)
    faults = Faults()
    for name in wanted:
        if name not in positions:
            faults.add(problem("import_column_not_there", _header(sheet, name), column=name))
    for name in positions:
        if name not in wanted and name not in ignored:
            faults.add(problem("import_column_not_declared", _header(sheet, name), column=name))
    faults.raise_any()
    return {name: positions[name] for name in wanted}


def _header(sheet: Sheet, name: str) -> Place:
    return Place(file=sheet.file, row=1, column=name)
