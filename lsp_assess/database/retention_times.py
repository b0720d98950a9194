"""From when the time of each row runs: an expression in SQL over the row `t` and what is joined to it, NULL
where it has not begun to run."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import Table

from lsp_assess.database import models  # noqa: F401  fills the metadata
from lsp_assess.database.base import Base
from lsp_assess.partnerships.retention import RetentionClass


@dataclass(frozen=True, slots=True)
class Since:
    """`parent` is the table of the row whose time it is, where it is another row's."""

    at: str
    joined: str = ""
    parent: str = ""


# When each collection closed for good so far, NULL while it is being prepared or answered; and the last one
# of each household, NULL while one of its collections is not closed.
CLOSINGS = """WITH closing AS MATERIALIZED (
    SELECT c.partnership_id, c.id, c.round_id, CASE WHEN c.status NOT IN ('draft', 'open') THEN
        coalesce(max(e.at) FILTER (WHERE e.after = 'closed'), c.closes_at, r.ends_on::timestamptz) END AS at
    FROM main.collection c JOIN main.round r ON r.partnership_id = c.partnership_id AND r.id = c.round_id
    LEFT JOIN main.collection_event e ON e.partnership_id = c.partnership_id AND e.collection_id = c.id
    GROUP BY c.partnership_id, c.id, r.partnership_id, r.id),
household_closing AS (
    SELECT s.partnership_id, s.household_id AS id,
        CASE WHEN bool_or(k.at IS NULL) THEN NULL ELSE max(k.at) END AS at
    FROM main.sample_member s
    JOIN closing k ON k.partnership_id = s.partnership_id AND k.id = s.collection_id
    GROUP BY s.partnership_id, s.household_id) """
AT_ONCE = Since("'-infinity'::timestamptz")
"""Of rows that are kept for others: they go with the last that refers to them."""


def _join(table: str, name: str, id_: str) -> str:
    return f" LEFT JOIN {table} {name} ON {name}.partnership_id = t.partnership_id AND {name}.id = {id_}"


PARTNERSHIP_ENDED = Since(
    "p.ended_on::timestamptz", " LEFT JOIN main.partnership p ON p.id = t.partnership_id"
)
CLOSED = Since("k.at", _join("closing", "k", "t.collection_id"))
HAS_LEFT = Since(
    "(SELECT CASE WHEN bool_or(m.valid_to IS NULL) THEN NULL"
    " ELSE coalesce(max(m.valid_to)::timestamptz, '-infinity') END FROM main.membership m"
    " WHERE m.partnership_id = t.partnership_id AND m.person_id = t.id)"
)


def _as(parent: str, column: str) -> Since:
    """The closing of the collection of the row of `parent` that `t` refers to by `column`."""
    return Since("k.at", _join(parent, "o", f"t.{column}") + _join("closing", "k", "o.collection_id"), parent)


SINCE: Mapping[str, Since] = {
    "access.web_session": Since("t.seen_at"),
    "access.rate_count": Since("t.expires_at"),
    "access.passkey": Since("t.lastuse_datetime"),
    "contacts.mail": Since("t.written_at"),
    "contacts.held_file": Since("t.held_at"),
    "contacts.invitation": Since("t.expires_at"),
    "publications.publication": Since("t.asked_at"),
    "publications.report_job": Since("t.asked_at"),
    "operations.import_run": Since("t.at"),
    "operations.receipt": Since("t.at"),
    "main.collection_event": Since("t.at"),
    "main.action_event": Since("t.at"),
    "main.evidence": Since("t.added_at"),
    "contacts.evidence_file": Since("o.added_at", _join("main.evidence", "o", "t.id"), "main.evidence"),
    "operations.action_reminder": Since("t.at"),
    "contacts.person_contact": HAS_LEFT,
    "contacts.household_address": Since(
        f"CASE WHEN h.id IS NULL THEN {AT_ONCE.at} ELSE h.at END", _join("household_closing", "h", "t.id")
    ),
    "main.person": HAS_LEFT,
    "main.membership": Since("t.valid_to::timestamptz"),
    "main.researcher_area": Since(
        "m.valid_to::timestamptz", _join("main.membership", "m", "t.membership_id"), "main.membership"
    ),
    "main.participant": CLOSED,
    "main.household": AT_ONCE,
    "main.resident": AT_ONCE,
    "main.respondent_key": AT_ONCE,
    "main.sample_member": CLOSED,
    "main.weight": _as("main.sample_member", "sample_member_id"),
    "main.visit": _as("main.sample_member", "sample_member_id"),
    "answers.response": CLOSED,
    "answers.cleared_remark": _as("answers.response", "response_id"),
    "answers.consent": _as("answers.response", "response_id"),
    "answers.agreed_score": CLOSED,
    "answers.dissent": _as("answers.agreed_score", "agreed_score_id"),
    "answers.relied_evidence": _as("answers.agreed_score", "agreed_score_id"),
    "answers.ballot": CLOSED,
    "answers.frozen_spread": CLOSED,
    "answers.rescoring": CLOSED,
    "answers.second_score": _as("answers.rescoring", "rescoring_id"),
    "answers.kept_body": Since("CASE WHEN t.collection_id IS NULL THEN t.at ELSE k.at END", CLOSED.joined),
    "answers.restricted_values": Since(
        "(SELECT CASE WHEN bool_or(k.at IS NULL) THEN NULL ELSE max(k.at) END FROM publications.release o"
        " JOIN closing k ON k.partnership_id = o.partnership_id AND k.round_id = o.round_id"
        " WHERE o.partnership_id = t.partnership_id AND o.id = t.id)"
    ),
    "answers.story": _as("answers.response", "id"),
    "answers.story_grade": _as("answers.response", "story_id"),
    "answers.story_link": _as("answers.response", "story_id"),
}


def expiring(*, walled: bool) -> Iterator[tuple[Table, RetentionClass, Since]]:
    """Tables whose rows expire, children before what they refer to, with the time that a row's runs from;
    those of partnerships, or those of the site. A partnership stays: its audit events name it."""
    for table in reversed(Base.metadata.sorted_tables):
        kept: RetentionClass = table.info["retention"]
        since = PARTNERSHIP_ENDED if kept is RetentionClass.CONFIGURATION else SINCE.get(table.fullname)
        if since is not None and table.name != "partnership" and ("partnership_id" in table.c) is walled:
            yield table, kept, since
