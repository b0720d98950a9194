"""Who an account is in a partnership on a day."""

from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import BindParameter, ColumnElement, Date, bindparam, or_, select
from sqlalchemy.orm import Session

from lsp_assess.access.actor import Actor
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Membership, Partnership, Person, ResearcherArea
from lsp_assess.partnerships.addresses import one_address
from lsp_assess.partnerships.roles import Role


@dataclass(frozen=True, slots=True)
class Entrance:
    """A partnership as entered: its row, and the actor there."""

    partnership: Partnership
    actor: Actor

    def without(self, roles: frozenset[Role]) -> "Entrance":
        return Entrance(self.partnership, replace(self.actor, roles=self.actor.roles - roles))


def account_by_email(session: Session, email: str) -> Account | None:
    return session.execute(select(Account).where(Account.email == one_address(email))).scalar_one_or_none()


def partnerships_of(session: Session) -> list[Partnership]:
    """Those that row-level security shows this account: its own; all of them to an administrator."""
    return list(session.execute(select(Partnership).order_by(Partnership.name)).scalars())


def partnerships_entered(session: Session, *, account_id: UUID, on: date) -> list[Partnership]:
    """Those that the account has a current membership in."""
    return list(
        session.execute(
            select(Partnership)
            .where(
                Partnership.id.in_(
                    select(Membership.partnership_id)
                    .join(
                        Person,
                        (Person.partnership_id == Membership.partnership_id)
                        & (Person.id == Membership.person_id),
                    )
                    .where(Person.account_id == account_id, *_current(on))
                )
            )
            .order_by(Partnership.name)
        ).scalars()
    )


def entrance(session: Session, *, account_id: UUID, slug: str, on: date) -> Entrance | None:
    """None where the account has no current membership in the partnership, or there is no such one."""
    rows = session.execute(ENTRANCE, {"slug": slug, "account_id": account_id, "day": on}).all()
    if not rows:
        return None
    memberships = [membership for _, membership in rows]
    researcher = next((m.id for m in memberships if m.role is Role.RESEARCHER), None)
    partnership = rows[0][0]
    return Entrance(
        partnership,
        Actor(
            account_id=account_id,
            partnership_id=partnership.id,
            person_id=memberships[0].person_id,
            roles=frozenset(m.role for m in memberships),
            organisations=frozenset(m.organisation_id for m in memberships if m.organisation_id),
            researcher_id=researcher,
        ),
    )


def areas_of_researcher(session: Session, researcher_id: UUID) -> frozenset[UUID]:
    """Areas in which the researcher may work; `session` is of the partnership."""
    return frozenset(
        session.execute(
            select(ResearcherArea.area_id).where(ResearcherArea.membership_id == researcher_id)
        ).scalars()
    )


def _current(on: date | BindParameter[date]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    return Membership.valid_from <= on, or_(Membership.valid_to.is_(None), Membership.valid_to >= on)


# Asked in every request of a partnership: to put it together anew costs as much as to ask it.
ENTRANCE = (
    select(Partnership, Membership)
    .join(Person, Person.partnership_id == Partnership.id)
    .join(
        Membership,
        (Membership.partnership_id == Person.partnership_id) & (Membership.person_id == Person.id),
    )
    .where(
        Partnership.slug == bindparam("slug"),
        Person.account_id == bindparam("account_id"),
        *_current(bindparam("day", type_=Date)),
    )
)
