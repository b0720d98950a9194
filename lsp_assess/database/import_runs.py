"""Files that were taken in, with the account of each."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.outcomes import ImportRun


def import_runs(session: Session) -> list[ImportRun]:
    """The latest first."""
    return list(session.execute(select(ImportRun).order_by(ImportRun.at.desc())).scalars())
