"""What has been published: releases, their tables, and stories. Nothing here is computed for the reader."""

from re import fullmatch
from uuid import UUID

from flask import Blueprint, render_template
from sqlalchemy.orm import Session

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.database import release_listing
from lsp_assess.database.release_listing import Listed
from lsp_assess.database.releases import texts_of
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.kernel.errors import NotFound
from lsp_assess.partnerships.releases import ReleaseNumber
from lsp_assess.rendering.wording import languages
from lsp_assess.reports.columns import Since
from lsp_assess.reports.comparative import citation
from lsp_assess.reports.corrections import Corrected, corrected
from lsp_assess.reports.method import method_blocks
from lsp_assess.web.exhibits import page_exhibit
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.points_shown import POINTS, shown_points
from lsp_assess.web.releases_shown import shown_findings, shown_sections
from lsp_assess.web.transactions import work
from lsp_assess.web.who import current_actor

pages = Blueprint("results", __name__, url_prefix="/p/<partnership>/results")


@pages.get("/")
def listing() -> str:
    session = work().session
    releases = release_listing.listed(session)
    newest = next((one for one in releases if one.is_current), None)
    document = None if newest is None else _document(session, newest)
    return render_template(
        "pages/results/listing.html",
        releases=releases,
        newest=newest,
        languages=languages(),
        findings=() if document is None else shown_findings(document, language(), since=Since.PREVIOUS),
        before=None if document is None or len(document.rounds) < 2 else spoken(document.rounds[-2].name),
        may_download=may_download(),
        may_take_records=may_take_records(),
    )


@pages.get("/<number>/")
def release(number: str) -> str:
    session = work().session
    found = release_numbered(session, number)
    document = _document(session, found)
    texts = texts_of(session, found.id)
    return render_template(
        "pages/results/release.html",
        release=found,
        document=document,
        newest=_newest(session, found),
        findings=shown_findings(document, language()),
        sections=shown_sections(document, language()),
        stories=[(stated.story, texts.get(stated.story)) for stated in document.stories],
        changes=_changes(session, found, document),
        method=[(type(block).__name__, block) for block in method_blocks((document,))],
        cite=citation(document),
        has_points=document.table(POINTS) is not None,
        may_download=may_download(),
    )


@pages.get("/<number>/tables/<path:table_id>")
def table(number: str, table_id: str) -> str:
    session = work().session
    found = release_numbered(session, number)
    document, shown = table_of(session, found, table_id)
    return render_template(
        "pages/results/table.html",
        release=found,
        newest=_newest(session, found),
        exhibit=page_exhibit(shown, language()),
        titles={story: text.title for story, text in texts_of(session, found.id).items()},
        cite=citation(document),
        neighbours=_neighbours(document, shown),
        may_download=may_download(),
    )


@pages.get("/<number>/points")
def points(number: str) -> str:
    session = work().session
    found = release_numbered(session, number)
    document = _document(session, found)
    shown = shown_points(document, language())
    if shown is None:
        raise NotFound
    return render_template(
        "pages/results/points.html",
        release=found,
        newest=_newest(session, found),
        points=shown,
        cite=citation(document),
    )


@pages.get("/<number>/stories/<uuid:story_id>")
def story(number: str, story_id: UUID) -> str:
    """A story that was withdrawn leaves its place, and nothing else."""
    session = work().session
    found = release_numbered(session, number)
    document = _document(session, found)
    if story_id not in {stated.story for stated in document.stories}:
        raise NotFound
    return render_template(
        "pages/results/story.html",
        release=found,
        story=texts_of(session, found.id).get(story_id),
        cite=citation(document),
    )


def release_numbered(session: Session, number: str) -> Listed:
    """Raises NotFound where the partnership has published nothing under that number."""
    if not fullmatch(r"[1-9][0-9]{0,5}(\.[2-9]|\.[1-9][0-9]{1,5})?", number):
        raise NotFound
    round_, _, issue = number.partition(".")
    found = release_listing.listed_number(session, ReleaseNumber(int(round_), int(issue or 1)))
    if found is None:
        raise NotFound
    return found


def table_of(session: Session, release: Listed, table_id: str) -> tuple[ReleaseDocument, SafeTable]:
    document = _document(session, release)
    found = document.table(table_id)
    if found is None:
        raise NotFound
    return document, found


def may_download() -> bool:
    return allows(POLICIES["download"], current_actor())


def may_take_records() -> bool:
    return allows(POLICIES["take_records"], current_actor())


def _document(session: Session, release: Listed) -> ReleaseDocument:
    return release_listing.document(session, release)


def _newest(session: Session, release: Listed) -> Listed | None:
    """The correction that has taken the release's place."""
    if release.is_current:
        return None
    same_round = (one for one in release_listing.listed(session) if one.round_id == release.round_id)
    return next(one for one in same_round if one.is_current)


def _changes(session: Session, release: Listed, document: ReleaseDocument) -> Corrected | None:
    """Against the release that this one corrects; None where it corrects none."""
    if release.number.issue == 1:
        return None
    before = ReleaseNumber(release.number.round, release.number.issue - 1)
    old = release_listing.listed_number(session, before)
    return None if old is None else corrected(_document(session, old), document)


def _neighbours(document: ReleaseDocument, shown: SafeTable) -> tuple[SafeTable | None, SafeTable | None]:
    at = document.tables.index(shown)
    before = document.tables[at - 1] if at else None
    after = document.tables[at + 1] if at + 1 < len(document.tables) else None
    return before, after
