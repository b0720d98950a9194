"""What has outlived its period is deleted: by a role of its own that may do nothing else, one transaction a
partnership, each leaving an audit event that says how much of what went.

A row goes once its time is over *and* nothing that stays refers to it, so that no key is ever broken. The
time of a row is an expression in SQL over the row `t`; NULL where it has not begun to run."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Engine, Table, text
from sqlalchemy.orm import Session

from lsp_assess.database import models  # noqa: F401  fills the metadata
from lsp_assess.database.audit import record
from lsp_assess.database.base import Base
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.session import SET_SCOPE, Scope
from lsp_assess.database.tenancy import RETENTION as ROLE
from lsp_assess.partnerships.retention import RetentionClass, periods_of

EVENT = "expired_records_deleted"
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('lsp_assess.retention'))")

# When each collection closed for good so far; NULL while it is being prepared or answered.
CLOSINGS = """WITH closing AS MATERIALIZED (
    SELECT c.id, CASE WHEN c.status NOT IN ('draft', 'open') THEN
        coalesce(max(e.at) FILTER (WHERE e.after = 'closed'), c.closes_at, r.ends_on::timestamptz) END AS at
    FROM main.collection c JOIN main.round r ON r.partnership_id = c.partnership_id AND r.id = c.round_id
    LEFT JOIN main.collection_event e ON e.partnership_id = c.partnership_id AND e.collection_id = c.id
    GROUP BY c.partnership_id, c.id, r.partnership_id, r.id) """
AT_ONCE = "'-infinity'::timestamptz"
"""Of rows that are kept for others: they go with the last that refers to them."""

PARTNERSHIP_ENDED = "(SELECT p.ended_on::timestamptz FROM main.partnership p WHERE p.id = t.partnership_id)"
HAS_LEFT = (
    "(SELECT CASE WHEN bool_or(m.valid_to IS NULL) THEN NULL"
    f" ELSE coalesce(max(m.valid_to)::timestamptz, {AT_ONCE}) END FROM main.membership m"
    " WHERE m.partnership_id = t.partnership_id AND m.person_id = t.id)"
)


def _closed(collections: str) -> str:
    """The last closing of these collections; NULL while one of them is not closed."""
    return (
        "(SELECT CASE WHEN bool_or(k.at IS NULL) THEN NULL ELSE max(k.at) END"
        f" FROM closing k WHERE k.id IN ({collections}))"
    )


def _by(table: str, column: str, *, key: str = "id") -> str:
    """The collection of the row of `table` that `t` refers to by `column`."""
    return _closed(
        f"SELECT o.collection_id FROM {table} o"
        f" WHERE o.partnership_id = t.partnership_id AND o.{key} = t.{column}"
    )


SINCE: Mapping[str, str] = {
    "access.web_session": "t.seen_at",
    "access.rate_count": "t.expires_at",
    "access.passkey": "t.lastuse_datetime",
    "contacts.mail": "t.written_at",
    "contacts.held_file": "t.held_at",
    "contacts.invitation": "t.expires_at",
    "publications.publication": "t.asked_at",
    "publications.report_job": "t.asked_at",
    "operations.import_run": "t.at",
    "operations.receipt": "t.at",
    "main.collection_event": "t.at",
    "contacts.person_contact": HAS_LEFT,
    "contacts.household_address": "CASE WHEN EXISTS (SELECT FROM main.sample_member s"
    " WHERE s.partnership_id = t.partnership_id AND s.household_id = t.id)"
    f" THEN {_by('main.sample_member', 'id', key='household_id')} ELSE {AT_ONCE} END",
    "main.person": HAS_LEFT,
    "main.membership": "t.valid_to::timestamptz",
    "main.researcher_area": "(SELECT m.valid_to::timestamptz FROM main.membership m"
    " WHERE m.partnership_id = t.partnership_id AND m.id = t.membership_id)",
    "main.participant": _closed("t.collection_id"),
    "main.household": AT_ONCE,
    "main.resident": AT_ONCE,
    "main.respondent_key": AT_ONCE,
    "main.sample_member": _closed("t.collection_id"),
    "main.weight": _by("main.sample_member", "sample_member_id"),
    "main.visit": _by("main.sample_member", "sample_member_id"),
    "answers.response": _closed("t.collection_id"),
    "answers.consent": _by("answers.response", "response_id"),
    "answers.agreed_score": _closed("t.collection_id"),
    "answers.kept_body": f"CASE WHEN t.collection_id IS NULL THEN t.at ELSE {_closed('t.collection_id')} END",
    "answers.restricted_values": _closed(
        "SELECT c.id FROM publications.release o JOIN main.collection c"
        " ON c.partnership_id = o.partnership_id AND c.round_id = o.round_id"
        " WHERE o.partnership_id = t.partnership_id AND o.id = t.id"
    ),
    "answers.story": _by("answers.response", "id"),
    "answers.story_grade": _by("answers.response", "story_id"),
    "answers.story_link": _by("answers.response", "story_id"),
}

# Read past the walls: an account may be in many partnerships.
UNUSED_ACCOUNTS = text(
    "SELECT a.id FROM access.account a WHERE NOT a.administrator"
    " AND NOT EXISTS (SELECT FROM main.person p WHERE p.account_id = a.id)"
    " AND coalesce(greatest((SELECT max(e.at) FROM operations.audit_event e WHERE e.account_id = a.id),"
    " (SELECT max(s.seen_at) FROM access.web_session s WHERE s.account_id = a.id)), '-infinity') < :before"
)


def run_out(engine: Engine, *, at: datetime) -> dict[UUID | None, dict[str, int]]:
    """Delete what has expired in every partnership, then what belongs to none; `engine` is the migrator's.
    How many rows of which table went, by partnership."""
    with Session(engine) as session:
        partnerships = session.query(Partnership.id, Partnership.kept_days).all()
    gone: dict[UUID | None, dict[str, int]] = {
        partnership_id: _run_out(engine, partnership_id, periods_of(kept), at=at)
        for partnership_id, kept in partnerships
    }
    with Session(engine) as session:  # whose last person went just now, too
        before = _cutoff(at, periods_of({}), RetentionClass.ACCOUNT)
        unused = list(session.execute(UNUSED_ACCOUNTS, {"before": before}).scalars()) if before else []
    gone[None] = _run_out(engine, None, periods_of({}), at=at, accounts=unused)
    return gone


def expiring(*, walled: bool) -> Iterator[tuple[Table, RetentionClass, str]]:
    """Tables whose rows expire, children before what they refer to, with the time that a row's runs from;
    those of partnerships, or those of the site. A partnership stays: its audit events name it."""
    for table in reversed(Base.metadata.sorted_tables):
        kept: RetentionClass = table.info["retention"]
        since = PARTNERSHIP_ENDED if kept is RetentionClass.CONFIGURATION else SINCE.get(table.fullname)
        if since is not None and table.name != "partnership" and ("partnership_id" in table.c) is walled:
            yield table, kept, since


def next_due(
    session: Session, kept: Mapping[RetentionClass, int | None], *, after: datetime
) -> dict[RetentionClass, date]:
    """The first day on which a record of a class will be deleted, for the partnership of the session."""
    found: dict[RetentionClass, date] = {}
    for table, class_, since in expiring(walled=True):
        days = kept[class_]
        if days is None or since == AT_ONCE:
            continue
        oldest = session.execute(
            text(
                f"{CLOSINGS} SELECT min(s) FROM (SELECT {since} AS s FROM {table.fullname} t) q"
                " WHERE s > '-infinity'"
            )
        ).scalar_one()
        if oldest is not None:
            due = max((oldest + timedelta(days=days)).date(), after.date())
            found[class_] = min(due, found.get(class_, due))
    return found


def _run_out(
    engine: Engine,
    partnership_id: UUID | None,
    kept: Mapping[RetentionClass, int | None],
    *,
    at: datetime,
    accounts: list[UUID] | None = None,
) -> dict[str, int]:
    gone: dict[str, int] = {}
    with Session(engine, info={"scope": Scope(partnership_id=partnership_id)}) as session, session.begin():
        session.execute(ONE_AT_A_TIME)
        session.execute(SET_SCOPE, {"partnership": str(partnership_id or ""), "account": ""})
        session.execute(text(f"SET LOCAL ROLE {ROLE}"))
        for table, class_, since in expiring(walled=partnership_id is not None):
            before = _cutoff(at, kept, class_)
            if before is not None and (n := _delete(session, table, since, before)):
                gone[table.fullname] = n
        if partnership_id is None:
            gone |= _of_none(session, accounts or [], at, kept)
        record(session, event=EVENT, at=at, account_id=None, deleted=gone)
    return gone


def _of_none(
    session: Session, accounts: list[UUID], at: datetime, kept: Mapping[RetentionClass, int | None]
) -> dict[str, int]:
    """Mail that belongs to no partnership, and accounts that nobody uses any more."""
    before = _cutoff(at, kept, RetentionClass.TRANSIENT)
    mail, account = Base.metadata.tables["contacts.mail"], Base.metadata.tables["access.account"]
    gone = {
        mail.fullname: _delete(session, mail, SINCE[mail.fullname], before) if before else 0,
        account.fullname: len(
            session.execute(account.delete().where(account.c.id.in_(accounts)).returning(account.c.id)).all()
        ),
    }
    return {name: n for name, n in gone.items() if n}


def _delete(session: Session, table: Table, since: str, before: datetime) -> int:
    """Again while anything goes: a row may have waited for another of the same table."""
    statement = text(
        f"{CLOSINGS} , gone AS (DELETE FROM {table.fullname} t WHERE ({since}) < :before"
        f"{''.join(_unless_referred_to(table))} RETURNING 1) SELECT count(*) FROM gone"
    )
    total = 0
    while n := session.execute(statement, {"before": before}).scalar_one():
        total += n
    return total


def _unless_referred_to(table: Table) -> Iterator[str]:
    for other in Base.metadata.sorted_tables:
        for key in other.foreign_key_constraints:
            if key.referred_table is table and key.ondelete is None:
                same = " AND ".join(f"o.{one.parent.name} = t.{one.column.name}" for one in key.elements)
                yield f" AND NOT EXISTS (SELECT FROM {other.fullname} o WHERE {same})"


def _cutoff(
    at: datetime, kept: Mapping[RetentionClass, int | None], class_: RetentionClass
) -> datetime | None:
    """The end of the last day whose records are over; None where they stay."""
    days = kept[class_]
    return None if days is None else datetime.combine(at.date(), time(), at.tzinfo) - timedelta(days=days - 1)
