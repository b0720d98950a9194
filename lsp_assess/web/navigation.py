"""The links that a role needs on every page of a partnership."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flask import current_app, g, request, url_for
from flask_babel import gettext

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.web.policy_table import POLICY_OF
from lsp_assess.web.who import current_actor

# In the order of a working day; an entry shows when its endpoint exists and its policy allows it. The folders
# of addresses that belong to it come last: on their pages it is where one is.
ENTRIES = (
    ("Home", "partnerships.home", ()),
    ("Households", "residents.households", ("households", "keying")),
    ("Stories", "stories.listing", ("stories",)),
    ("Meeting", "meeting.listing", ("meeting",)),
    ("Evidence", "evidence.listing", ("evidence",)),
    ("Rounds", "coordination.rounds", ("rounds", "collections")),
    ("Partnership", "coordination.partnership", ("partnership", "questionnaires", "files")),
    ("Indicators", "outcomes.listing", ("indicators",)),
    ("Results", "results.listing", ("results", "reports", "research")),
    ("Actions", "loop.listing", ("actions", "findings")),
    ("Challenge", "challenge.listing", ("challenge",)),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """`here` as `aria-current` says it: the page itself, one below it ("true"), or another ("")."""

    text: str
    href: str
    here: Literal["page", "true", ""]


def navigation() -> list[Entry]:
    if "partnership" not in g:
        return []
    return [
        Entry(
            text=gettext(text),
            href=url_for(endpoint, partnership=g.partnership.slug),
            here=_here(endpoint, folders),
        )
        for text, endpoint, folders in ENTRIES
        if endpoint in current_app.view_functions and allows(POLICIES[POLICY_OF[endpoint]], current_actor())
    ]


def _here(endpoint: str, folders: Sequence[str]) -> Literal["page", "true", ""]:
    if request.endpoint == endpoint:
        return "page"
    below = request.path.removeprefix(f"/p/{g.partnership.slug}/")
    return "true" if below.split("/")[0] in folders else ""
