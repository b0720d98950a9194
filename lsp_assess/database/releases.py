"""Releases as they are stored: added and superseded, never changed."""

import json
from collections.abc import Collection as Of
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.orm import Session

from lsp_assess.database.models.publications import Release, ReleasedText, RestrictedValues
from lsp_assess.database.report_jobs import discard_files
from lsp_assess.database.session import scope_of
from lsp_assess.disclosure.published import Published
from lsp_assess.disclosure.release import ReleaseDocument, StoryText, story_hash
from lsp_assess.disclosure.stored_release import (
    read_published,
    read_release,
    read_story,
    write_release,
    write_story,
)
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.releases import ReleaseNumber

HOLD_PUBLISHING = text("SELECT pg_advisory_xact_lock(hashtextextended(:name, 1))")


def hold_publishing(session: Session) -> None:
    """One publication of a partnership at a time: the second sees the number of the first."""
    session.execute(HOLD_PUBLISHING, {"name": f"publishing {scope_of(session).partnership_id}"})


def numbers_issued(session: Session) -> list[ReleaseNumber]:
    rows = session.execute(
        select(Release.number, Release.revision).order_by(Release.number, Release.revision)
    )
    return [ReleaseNumber(number, revision) for number, revision in rows]


def number_of_round(session: Session, round_id: UUID) -> int | None:
    """Under which number the round was first published."""
    return session.execute(
        select(Release.number).where(Release.round_id == round_id).limit(1)
    ).scalar_one_or_none()


def add_release(
    session: Session,
    *,
    round_id: UUID,
    document: ReleaseDocument,
    reason: str | None,
    stories: Sequence[StoryText],
    restricted: str,
    published_at: datetime,
    published_by: UUID | None,
) -> UUID:
    """Store a release, supersede the one it corrects, keep the texts and the full precision apart."""
    partnership_id, release_id = scope_of(session).partnership_id, new_id()
    old = session.execute(
        select(Release.id).where(Release.round_id == round_id, Release.superseded_by.is_(None))
    ).scalar_one_or_none()
    release = Release(
        partnership_id=partnership_id,
        id=release_id,
        round_id=round_id,
        number=document.number.round,
        revision=document.number.issue,
        reason=reason,
        document=json.loads(write_release(document)),
        content_hash=document.sha256,
        published_at=published_at,
        published_by=published_by,
        superseded_by=release_id if old is not None else None,
    )
    session.add(release)
    session.flush()
    if old is not None:
        # A round has one release that stands: the new one waits until the old one is superseded.
        session.execute(update(Release).where(Release.id == old).values(superseded_by=release_id))
        session.execute(update(Release).where(Release.id == release_id).values(superseded_by=None))
    session.add_all(
        ReleasedText(
            partnership_id=partnership_id,
            release_id=release_id,
            story_id=story.story,
            content=json.loads(write_story(story)),
            content_hash=story_hash(story),
        )
        for story in stories
    )
    session.add(
        RestrictedValues(partnership_id=partnership_id, id=release_id, content=json.loads(restricted))
    )
    session.flush()
    return release_id


def standing_releases(session: Session) -> Sequence[Release]:
    """The current release of every published round, oldest round first."""
    return (
        session.execute(select(Release).where(Release.superseded_by.is_(None)).order_by(Release.number))
        .scalars()
        .all()
    )


def all_releases(session: Session) -> Sequence[Release]:
    return session.execute(select(Release).order_by(Release.number, Release.revision)).scalars().all()


def everything_published(session: Session) -> list[Published]:
    """All releases ever issued: whoever has read one keeps it. Raises Invalid (release_altered)."""
    rows = session.execute(
        select(Release, RestrictedValues.content)
        .join(
            RestrictedValues,
            (RestrictedValues.partnership_id == Release.partnership_id) & (RestrictedValues.id == Release.id),
        )
        .order_by(Release.number, Release.revision)
    )
    return [read_published(document_of(release), restricted) for release, restricted in rows]


def releases_by_id(session: Session, ids: Of[UUID]) -> dict[UUID, Release]:
    rows = session.execute(select(Release).where(Release.id.in_(ids))).scalars()
    return {row.id: row for row in rows}


def document_of(release: Release) -> ReleaseDocument:
    """Verified by its hashes. Raises Invalid (release_altered)."""
    return read_release(release.document)


def texts_of(session: Session, release_id: UUID) -> dict[UUID, StoryText]:
    """The stories of a release that may still be told."""
    rows = session.execute(
        select(ReleasedText).where(ReleasedText.release_id == release_id, ReleasedText.content.is_not(None))
    ).scalars()
    return {row.story_id: read_story(row.content) for row in rows if row.content is not None}


def redact(session: Session, story_id: UUID, *, at: datetime) -> int:
    """Empty the story's text in every release, and discard the reports made from those; the hash stays.
    The number of releases it stood in."""
    rows = session.execute(
        update(ReleasedText)
        .where(ReleasedText.story_id == story_id, ReleasedText.content.is_not(None))
        .values(content=None, redacted_at=at)
        .returning(ReleasedText.release_id)
    )
    stood_in = rows.scalars().all()
    discard_files(session, stood_in)
    return len(stood_in)
