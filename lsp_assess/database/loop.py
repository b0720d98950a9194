"""What came of each round's findings."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from lsp_assess.database.membership import organisations
from lsp_assess.database.models.action_progress import ActionContributor, ActionEvent, Milestone
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Organisation, Person

Owned = tuple[Action, str | None]


def actions_by_round(session: Session) -> dict[UUID, list[Owned]]:
    """By the round's id; each with its owner's name, the earliest due first."""
    rows = session.execute(
        select(Action, Organisation.name)
        .outerjoin(Organisation, Organisation.id == Action.owner_id)
        .order_by(Action.due_on.nulls_last(), Action.title, Action.id)
    )
    found: dict[UUID, list[Owned]] = {}
    for action, owner in rows:
        found.setdefault(action.round_id, []).append((action, owner))
    return found


def actions_recorded(session: Session, round_id: UUID) -> int:
    statement = select(func.count()).select_from(Action).where(Action.round_id == round_id)
    return session.execute(statement).scalar_one()


def possible_owners(session: Session, day: date, *, held: Collection[UUID | None]) -> list[Organisation]:
    """Whoever is in the partnership on a day, and those that stand there already."""
    return [
        one for one in organisations(session) if one.valid_to is None or one.valid_to >= day or one.id in held
    ]


def actions_of_findings(session: Session, findings: Collection[UUID]) -> dict[UUID, list[Action]]:
    rows = session.execute(
        select(Action).where(Action.finding_id.in_(findings)).order_by(Action.title, Action.id)
    ).scalars()
    found: dict[UUID, list[Action]] = {}
    for row in rows:
        if row.finding_id is not None:
            found.setdefault(row.finding_id, []).append(row)
    return found


def contributors_of(session: Session, action_id: UUID) -> Sequence[ActionContributor]:
    statement = select(ActionContributor).where(ActionContributor.action_id == action_id)
    return session.execute(statement).scalars().all()


def contributors(session: Session) -> dict[UUID, list[str]]:
    """The names of who helps, by the action."""
    rows = session.execute(
        select(ActionContributor.action_id, Organisation.name)
        .join(Organisation, Organisation.id == ActionContributor.organisation_id)
        .order_by(Organisation.name)
    )
    found: dict[UUID, list[str]] = {}
    for action_id, name in rows:
        found.setdefault(action_id, []).append(name)
    return found


def helping(session: Session) -> dict[UUID, set[UUID]]:
    """The organisations that help, by the action."""
    found: dict[UUID, set[UUID]] = {}
    for row in session.execute(select(ActionContributor)).scalars():
        found.setdefault(row.action_id, set()).add(row.organisation_id)
    return found


def milestones(session: Session) -> dict[UUID, list[Milestone]]:
    """By the action, in the order of their days."""
    found: dict[UUID, list[Milestone]] = {}
    order = (Milestone.due_on, Milestone.words, Milestone.id)
    for row in session.execute(select(Milestone).order_by(*order)).scalars():
        found.setdefault(row.action_id, []).append(row)
    return found


Told = tuple[ActionEvent, str | None]


def history(session: Session, action_id: UUID) -> list[Told]:
    """The latest first; each with the name of whoever it was, where they are still known."""
    statement = _told().where(ActionEvent.action_id == action_id)
    return [(event, name) for event, name in session.execute(statement)]


def last_notes(session: Session) -> dict[UUID, Told]:
    """By the action, what was said of it last."""
    rows = session.execute(_told().where(ActionEvent.note.is_not(None)))
    found: dict[UUID, Told] = {}
    for event, name in rows:
        found.setdefault(event.action_id, (event, name))
    return found


def _told() -> Select[*tuple[ActionEvent, str]]:
    return (
        select(ActionEvent, Person.name)
        .outerjoin(Person, Person.account_id == ActionEvent.account_id)
        .order_by(ActionEvent.at.desc(), ActionEvent.id)
    )
