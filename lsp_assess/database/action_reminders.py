"""Whom an action that is due concerns, and when they were last written to."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.action_progress import ActionReminder
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Membership, Partnership, Person
from lsp_assess.database.models.residents import PersonContact
from lsp_assess.database.session import scope_of
from lsp_assess.partnerships.roles import Role
from lsp_assess.reports.tables_actions import OPEN


@dataclass(frozen=True, slots=True)
class Owed:
    """An action that is due, and a partner of its owner; `reminders` were sent to them about it."""

    action_id: UUID
    title: str
    due_on: date
    person_id: UUID
    name: str
    email: str
    reminders: int
    person_mailed_at: datetime | None


def held_partnership(session: Session) -> Partnership:
    """Locked until this transaction ends: of two that remind at once, the second finds it done."""
    statement = select(Partnership).where(Partnership.id == scope_of(session).partnership_id)
    return session.execute(statement.with_for_update().execution_options(populate_existing=True)).scalar_one()


def owed(session: Session, day: date) -> list[Owed]:
    """Of every action that is due on the day or before, the partners who answer for its owner."""
    of_action = (
        select(func.count())
        .where(ActionReminder.action_id == Action.id, ActionReminder.person_id == Person.id)
        .scalar_subquery()
    )
    of_person = (
        select(func.max(ActionReminder.at)).where(ActionReminder.person_id == Person.id).scalar_subquery()
    )
    rows = session.execute(
        select(Action.id, Action.title, Action.due_on, Person.id, Person.name, PersonContact.email)
        .add_columns(of_action, of_person)
        .join(Membership, Membership.organisation_id == Action.owner_id)
        .join(Person, Person.id == Membership.person_id)
        .join(PersonContact, PersonContact.id == Person.id)
        .where(
            Action.due_on <= day,
            Action.status.in_([status.value for status in OPEN]),
            Membership.role == Role.PARTNER,
            Membership.valid_from <= day,
            or_(Membership.valid_to.is_(None), Membership.valid_to >= day),
        )
        .order_by(Person.name, Person.id, Action.due_on, Action.title, Action.id)
        .distinct()
    )
    return [Owed(*row) for row in rows]
