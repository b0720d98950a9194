"""How often something was tried within a window of time. A window begins with its first try."""

from datetime import datetime, timedelta

from sqlalchemy import case, delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from lsp_assess.database.models.access import RateCount


def count_up(session: Session, *, key: str, amount: int, window: timedelta, now: datetime) -> int:
    """The count with this try in it; of several at once each sees another number."""
    begun = insert(RateCount).values(key=key, count=amount, expires_at=now + window)
    over = RateCount.expires_at <= now
    statement = begun.on_conflict_do_update(
        index_elements=["key"],
        set_={
            "count": case((over, amount), else_=RateCount.count + amount),
            "expires_at": case((over, now + window), else_=RateCount.expires_at),
        },
    ).returning(RateCount.count)
    return session.execute(statement).scalar_one()


def counted(session: Session, *, key: str, now: datetime) -> int:
    statement = select(RateCount.count).where(RateCount.key == key, RateCount.expires_at > now)
    return session.execute(statement).scalar_one_or_none() or 0


def ends_at(session: Session, *, key: str) -> datetime | None:
    return session.execute(select(RateCount.expires_at).where(RateCount.key == key)).scalar_one_or_none()


def forget(session: Session, *, key: str) -> None:
    session.execute(delete(RateCount).where(RateCount.key == key))


def forget_expired(session: Session, *, now: datetime) -> None:
    session.execute(delete(RateCount).where(RateCount.expires_at <= now))
