"""A second scoring of a part, as the facilitator runs it, and how far it is for every page that waits."""

from uuid import UUID

from flask import Blueprint, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import rescoring as actions
from lsp_assess.assessment.rescoring import Step
from lsp_assess.kernel.errors import Conflict
from lsp_assess.kernel.messages import message
from lsp_assess.web.formatting import explained
from lsp_assess.web.languages import spoken
from lsp_assess.web.meeting_second import in_words
from lsp_assess.web.transactions import work

pages = Blueprint(
    "rescoring", __name__, url_prefix="/p/<partnership>/meeting/<uuid:collection_id>/parts/<part>/again"
)


@pages.post("/open")
def open_(collection_id: UUID, part: str) -> ResponseReturnValue:
    return _step(collection_id, part, Step.OPEN)


@pages.post("/take-back")
def take_back(collection_id: UUID, part: str) -> ResponseReturnValue:
    return _step(collection_id, part, Step.TAKE_BACK)


@pages.post("/reveal")
def reveal(collection_id: UUID, part: str) -> ResponseReturnValue:
    return _step(collection_id, part, Step.REVEAL)


@pages.get("/counted")
def counted(collection_id: UUID, part: str) -> ResponseReturnValue:
    """What pages ask for while they wait: how many, and nothing else that changes."""
    found = actions.counted(work(), collection_id, part)
    return {"state": found.status.value, "words": in_words(found)}


def _step(collection_id: UUID, part: str, step: Step) -> ResponseReturnValue:
    """Back to the part; where it could not be taken, with the reason."""
    try:
        actions.take_step(work(), collection_id, part, step)
        flash(spoken(message(f"rescoring_moved.{step.value}")))
    except Conflict as refused:
        flash(explained(refused.problems[0]), "error")
    return redirect(url_for("meeting.part", collection_id=collection_id, part=part, _anchor="again"))
