"""Sharing agreements as they are stored."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.outcomes import SharingAgreement
from lsp_assess.partnerships.agreements import Allows


def agreements(session: Session) -> Sequence[SharingAgreement]:
    """By source, the latest first."""
    by_source = (func.lower(SharingAgreement.source), SharingAgreement.valid_from.desc())
    return session.execute(select(SharingAgreement).order_by(*by_source)).scalars().all()


def for_research(session: Session, *, on: date) -> Sequence[SharingAgreement]:
    return (
        session.execute(
            select(SharingAgreement)
            .where(SharingAgreement.allows == Allows.RESEARCH, *_in_force(on))
            .order_by(func.lower(SharingAgreement.source), SharingAgreement.valid_from)
        )
        .scalars()
        .all()
    )


def in_force_for(session: Session, names: Collection[str], *, on: date) -> SharingAgreement | None:
    """Of a source that goes by one of these names, in capitals or not."""
    return (
        session.execute(
            select(SharingAgreement)
            .where(
                SharingAgreement.allows == Allows.TAKING_IN,
                func.lower(SharingAgreement.source).in_([name.lower() for name in names]),
                *_in_force(on),
            )
            .order_by(SharingAgreement.valid_from.desc())
            .limit(1)
        )
        .scalars()
        .one_or_none()
    )


def _in_force(on: date) -> tuple[ColumnElement[bool], ...]:
    running = or_(SharingAgreement.valid_to.is_(None), SharingAgreement.valid_to >= on)
    return SharingAgreement.valid_from <= on, running
