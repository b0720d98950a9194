"""How far long work is, told while it is done."""

from uuid import UUID

from sqlalchemy import update
from sqlalchemy.orm import Session

from lsp_assess.database.models.publications import Publication, ReportJob


def tell_progress(
    session: Session, kind: type[Publication] | type[ReportJob], id_: UUID, *, done: int, of: int, step: str
) -> None:
    session.execute(
        update(kind).where(kind.id == id_, kind.status == "running").values(done=done, of=of, step=step)
    )
