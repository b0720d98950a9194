"""What every change of a row shares: it is the partnership's own, and nobody changed it meanwhile."""

from collections.abc import Mapping
from typing import Any, Protocol, TypeVar
from uuid import UUID

from lsp_assess.actions.work import Work
from lsp_assess.database.base import Base
from lsp_assess.database.own_rows import own_row
from lsp_assess.exchange.cells import identity
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem

Row = TypeVar("Row", bound=Base)


class Edited(Protocol):
    version: Any


def found(work: Work, kind: type[Row], id_: UUID) -> Row:
    """Raises NotFound where the partnership has no such row."""
    row = own_row(work.session, kind, id_)
    if row is None:
        raise NotFound
    return row


def check_version(row: Edited, seen: int) -> None:
    """Raises Conflict where the row has changed since the page was made."""
    if row.version != seen:
        raise Conflict(problem("changed_meanwhile"))


def check_free(field: str, value: str, taken: Mapping[str, UUID], *, but: UUID | None = None) -> None:
    """Raises Invalid where another row bears the name already, in capitals or full-width."""
    holder = {identity(name): id_ for name, id_ in taken.items()}.get(identity(value))
    if holder is not None and holder != but:
        raise Invalid(problem("name_taken", Place(question=field), name=value))
