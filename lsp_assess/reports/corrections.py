"""What a correction changed: the tables of two releases of one round, told apart by their hashes."""

from dataclasses import dataclass

from lsp_assess.disclosure.release import ReleaseDocument, table_hash
from lsp_assess.disclosure.tables import SafeTable


@dataclass(frozen=True, slots=True)
class Corrected:
    """`removed` are tables of the old release, the others those of the new one."""

    added: tuple[SafeTable, ...]
    altered: tuple[SafeTable, ...]
    removed: tuple[SafeTable, ...]


def corrected(old: ReleaseDocument, new: ReleaseDocument) -> Corrected:
    before = {table.id: table for table in old.tables}
    after = {table.id for table in new.tables}
    kept = [table for table in new.tables if table.id in before]
    return Corrected(
        added=tuple(table for table in new.tables if table.id not in before),
        altered=tuple(table for table in kept if table_hash(table) != table_hash(before[table.id])),
        removed=tuple(table for table in old.tables if table.id not in after),
    )
