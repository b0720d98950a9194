"""How the scores lie, for partners: from when the meeting has begun, on their own phones and afterwards."""

from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from flask import Blueprint, render_template

from lsp_assess.actions import meeting as actions
from lsp_assess.actions.meeting import Meeting
from lsp_assess.web.meeting_second import ShownSecond, shown_second
from lsp_assess.web.meeting_shown import ShownPart, shown_part
from lsp_assess.web.transactions import work

pages = Blueprint("spread", __name__, url_prefix="/p/<partnership>/spread")


@dataclass(frozen=True, slots=True)
class ShownBoth:
    """A part with its first scores, and its second, where they are revealed."""

    part: ShownPart
    second: ShownSecond | None


@pages.get("/<uuid:collection_id>")
def parts(collection_id: UUID) -> str:
    """In the order of the questionnaire, by criterion; those to talk about are named at the top."""
    doing = work()
    found = actions.meeting_of_partners(doing, collection_id)
    shown = [ShownBoth(shown_part(found, name), _revealed(found, name)) for name in found.held.parts]
    criteria = [(title, list(group)) for title, group in groupby(shown, key=lambda one: one.part.criterion)]
    return render_template(
        "pages/meeting/spread.html",
        held=found.held,
        criteria=criteria,
        flagged=[one.part for one in shown if one.part.spread and one.part.spread.is_flagged],
    )


def _revealed(found: Meeting, name: str) -> ShownSecond | None:
    second = shown_second(work(), found, name)
    return second if second and second.is_revealed else None
