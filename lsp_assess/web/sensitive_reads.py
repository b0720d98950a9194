"""Reads that are written down like a write: records and contacts of people, what is known of a household,
stories before their release, the spread of scores at a meeting, codes that sign somebody in.

A file that is taken away is recorded by its action, with what it was; a page here, once it was shown whole.
One's own answers are one's own, and of indicators and figures of a release nothing can be told of anybody."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from flask import Response, request

from lsp_assess.database import audit
from lsp_assess.web import transactions
from lsp_assess.web.transactions import clock, outside_partnerships, work
from lsp_assess.web.who import current_account_id


@dataclass(frozen=True, slots=True)
class Sight:
    """`argument`: the part of the address that names what was looked at."""

    event: str
    object_kind: str
    argument: str | None = None


TAKEN: Mapping[str, str] = MappingProxyType(
    {
        "own_data.file": "own_data_taken",
        "coordination.household_file": "household_data_taken",
        "reports.file": "report_downloaded",
        "research.file": "records_handed_over",
        "meeting.minutes": "minutes_taken",
        "evidence.file": "evidence_taken",
        "result_files.csv": "release_exported",
        "result_files.workbook": "release_exported",
        "result_files.drawing": "release_exported",
    }
)

_PERSON = Sight("person_data_seen", "membership", "membership_id")
_HOUSEHOLD = Sight("household_data_seen", "household", "household_id")
_DOORSTEP = Sight("household_seen", "sample_member", "member_id")
_SPREAD = Sight("spread_seen", "collection", "collection_id")
_STORY = Sight("story_seen", "story", "story_id")

SEEN: Mapping[str, Sight] = MappingProxyType(
    {
        "residents.households": Sight("assigned_addresses_seen", "account"),
        "residents.household": _DOORSTEP,
        "residents.interview": _DOORSTEP,
        "residents.check": _DOORSTEP,
        "coordination.sample_area": Sight("sampled_addresses_seen", "area", "area_id"),
        "coordination.preview_file": Sight("held_file_seen", "held_file", "held_id"),
        "coordination.person_data": _PERSON,
        "coordination.withdraw_person": _PERSON,
        "coordination.erase_person": _PERSON,
        "coordination.household_data": _HOUSEHOLD,
        "coordination.withdraw_household": _HOUSEHOLD,
        "coordination.erase_household": _HOUSEHOLD,
        "stories.listing": Sight("stories_seen", "partnership"),
        "stories.story": _STORY,
        "stories.decide": _STORY,
        "stories.withdraw": _STORY,
        "evidence.item": Sight("evidence_seen", "evidence", "evidence_id"),
        "meeting.agenda": _SPREAD,
        "meeting.part": _SPREAD,
        "spread.parts": _SPREAD,
        "meeting.words": Sight("remarks_seen", "collection", "collection_id"),
        "security.mf_recovery_codes": Sight("recovery_codes_seen", "account"),
    }
)


def write_down(response: Response) -> None:
    """In the transaction of what was read, before the answer leaves."""
    endpoint = request.endpoint or ""
    if response.status_code != 200 or endpoint not in SEEN.keys() | TAKEN.keys():
        return
    if endpoint in SEEN:
        _record(SEEN[endpoint])
    transactions.commit()


def _record(sight: Sight) -> None:
    inside = "partnership" in (request.url_rule.arguments if request.url_rule else ())
    audit.record(
        work().session if inside else outside_partnerships(),
        event=sight.event,
        at=clock().now(),
        account_id=current_account_id(),
        object_kind=sight.object_kind,
        object_id=(request.view_args or {}).get(sight.argument) if sight.argument else None,
    )
