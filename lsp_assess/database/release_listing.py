"""Finding releases without reading them whole: a document is large, and never changes."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.models.publications import Release
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.stored_release import read_release
from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.partnerships.releases import ReleaseNumber

KEPT_PARSED = 16
_parsed: dict[str, ReleaseDocument] = {}


@dataclass(frozen=True, slots=True)
class Listed:
    """A release as a list shows it. `is_current`: no correction has taken its place."""

    id: UUID
    number: ReleaseNumber
    round_id: UUID
    round_name: str
    reason: str | None
    content_hash: str
    published_at: datetime
    is_current: bool


def listed(session: Session) -> list[Listed]:
    """All releases, the latest round first, and of each round its latest correction first."""
    order = (Release.number.desc(), Release.revision.desc())
    return [_listed(*row) for row in session.execute(_columns().order_by(*order))]


def listed_number(session: Session, number: ReleaseNumber) -> Listed | None:
    wanted = (Release.number == number.round, Release.revision == number.issue)
    row = session.execute(_columns().where(*wanted)).one_or_none()
    return None if row is None else _listed(*row)


def listed_ids(session: Session, ids: Sequence[UUID]) -> list[Listed]:
    """Oldest round first; those that are not the partnership's are not there."""
    rows = session.execute(_columns().where(Release.id.in_(ids)).order_by(Release.number))
    return [_listed(*row) for row in rows]


def document(session: Session, release: Listed) -> ReleaseDocument:
    """Kept parsed by its hash, which the reading verifies. Raises Invalid (release_altered)."""
    if release.content_hash not in _parsed:
        stored = session.execute(select(Release.document).where(Release.id == release.id)).scalar_one()
        parsed = read_release(stored)
        if parsed.sha256 != release.content_hash:
            raise Invalid(problem("release_altered", part="release"))
        if len(_parsed) >= KEPT_PARSED:
            _parsed.clear()
        _parsed[release.content_hash] = parsed
    return _parsed[release.content_hash]


def _columns() -> Select[UUID, int, int, UUID, str, str | None, str, datetime, UUID | None]:
    return select(
        Release.id,
        Release.number,
        Release.revision,
        Release.round_id,
        Round.name,
        Release.reason,
        Release.content_hash,
        Release.published_at,
        Release.superseded_by,
    ).join(Round, (Round.partnership_id == Release.partnership_id) & (Round.id == Release.round_id))


def _listed(
    release_id: UUID,
    number: int,
    revision: int,
    round_id: UUID,
    round_name: str,
    reason: str | None,
    content_hash: str,
    published_at: datetime,
    superseded_by: UUID | None,
) -> Listed:
    return Listed(
        release_id,
        ReleaseNumber(number, revision),
        round_id,
        round_name,
        reason,
        content_hash,
        published_at,
        superseded_by is None,
    )
