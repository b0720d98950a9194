"""The links that a role needs on every page of a partnership."""

from dataclasses import dataclass

from flask import current_app, g, request, url_for
from flask_babel import gettext

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.web.policy_table import POLICY_OF
from lsp_assess.web.who import current_actor

# In the order of a working day; an entry shows when its endpoint exists and its policy allows it.
ENTRIES = (
    ("Home", "partnerships.home"),
    ("Households", "residents.households"),
    ("Stories", "stories.listing"),
    ("Rounds", "coordination.rounds"),
    ("Partnership", "coordination.partnership"),
    ("Indicators", "outcomes.listing"),
    ("Results", "results.listing"),
    ("Actions", "loop.listing"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    text: str
    href: str
    here: bool


def navigation() -> list[Entry]:
    if "partnership" not in g:
        return []
    return [
        Entry(
            text=gettext(text),
            href=url_for(endpoint, partnership=g.partnership.slug),
            here=request.endpoint == endpoint,
        )
        for text, endpoint in ENTRIES
        if endpoint in current_app.view_functions and allows(POLICIES[POLICY_OF[endpoint]], current_actor())
    ]
