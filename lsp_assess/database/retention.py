"""What has outlived its period is deleted: by a role of its own that may do nothing else, one transaction a
partnership, each leaving an audit event that says how much of what went.

A row goes once its time is over *and* nothing that stays refers to it, so that no key is ever broken."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Engine, Table, text
from sqlalchemy.orm import Session

from lsp_assess.database.audit import record
from lsp_assess.database.base import Base
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.database.retention_times import AT_ONCE, CLOSINGS, SINCE, Since, expiring
from lsp_assess.database.session import SET_SCOPE, Scope
from lsp_assess.database.tenancy import RETENTION as ROLE
from lsp_assess.partnerships.retention import RetentionClass, periods_of

EVENT = "expired_records_deleted"
ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext('lsp_assess.retention'))")

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


def next_due(
    session: Session, kept: Mapping[RetentionClass, int | None], *, after: datetime
) -> dict[RetentionClass, date]:
    """The first day on which a record of a class will be deleted, for the partnership of the session."""
    oldest = " UNION ALL ".join(
        f"SELECT '{class_.value}', min(since) FROM (SELECT {since.at} AS since FROM {table.fullname} t"
        f"{since.joined}) q WHERE since > '-infinity'"
        for table, class_, since in expiring(walled=True)
        if kept[class_] is not None and since != AT_ONCE and not _goes_with_its_parent(since, class_)
    )
    found: dict[RetentionClass, date] = {}
    for name, since in session.execute(text(CLOSINGS + oldest)):
        class_ = RetentionClass(name)
        days = kept[class_]
        if since is not None and days is not None:
            due = max((since + timedelta(days=days)).date(), after.date())
            found[class_] = min(due, found.get(class_, due))
    return found


def _goes_with_its_parent(since: Since, class_: RetentionClass) -> bool:
    return bool(since.parent) and Base.metadata.tables[since.parent].info["retention"] is class_


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


def _delete(session: Session, table: Table, since: Since, before: datetime) -> int:
    """Again while anything goes: a row may have waited for another of the same table."""
    statement = text(
        f"{CLOSINGS}, gone AS (DELETE FROM {table.fullname} t WHERE t.ctid IN"
        f" (SELECT t.ctid FROM {table.fullname} t{since.joined} WHERE ({since.at}) < :before)"
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
