"""What an administrator does: partnerships come to be, and somebody coordinates them. Each is done in a
session of the one partnership that it is about; nothing that its people answer or tell is read."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from lsp_assess.actions.people import account_known_by, check_new, person_known_by
from lsp_assess.actions.settings import partnership, today
from lsp_assess.actions.welcome import tell_how_to_sign_in
from lsp_assess.actions.work import Work
from lsp_assess.database import slugs
from lsp_assess.database.access import account_by_email
from lsp_assess.database.membership import Member, members
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Membership, Partnership
from lsp_assess.database.web_sessions import end_all_of
from lsp_assess.kernel.errors import Invalid, NotFound, Place, Problem, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Matching, Role
from lsp_assess.partnerships.short_names import LONGEST, SHORTEST, is_short_name


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPartnership:
    """`slug` is its short name in addresses."""

    slug: str
    name: str
    matching: Matching


@dataclass(frozen=True, slots=True, kw_only=True)
class NewCoordinator:
    name: str
    email: str


def make_partnership(work: Work, new: NewPartnership, coordinator: NewCoordinator, *, base_url: str) -> None:
    """With its first coordinator; its id is that of the actor's partnership. Raises Invalid (slug_unfit,
    slug_taken)."""
    work.check("administer")
    _check_slug(work, new.slug)
    row = Partnership(id=work.actor.partnership_id, slug=new.slug, name=new.name, matching=new.matching)
    try:
        with work.session.begin_nested():
            work.session.add(row)
    except IntegrityError as taken:  # by somebody else at this moment
        raise Invalid(_slug_taken(new.slug)) from taken
    work.record("partnership_made", object_kind="partnership", object_id=row.id, slug=new.slug)
    appoint_coordinator(work, coordinator, base_url=base_url)


def appoint_coordinator(work: Work, new: NewCoordinator, *, base_url: str) -> UUID:
    """From today; they are told by mail how to sign in. Raises Invalid (member_already)."""
    work.check("administer")
    row, day = partnership(work), today(work)
    person = person_known_by(work, name=new.name, email=new.email)
    membership = Membership(
        partnership_id=row.id, id=new_id(), person_id=person.id, role=Role.COORDINATOR, valid_from=day
    )
    check_new(work, membership)
    work.session.add(membership)
    work.session.flush()
    work.record("coordinator_appointed", object_kind="membership", object_id=membership.id)
    tell_how_to_sign_in(work, membership.id, base_url=base_url)
    return membership.id


def coordinators(work: Work) -> list[Member]:
    """Who coordinates the partnership today."""
    work.check("administer")
    day = today(work)
    return [
        one
        for one in members(work.session)
        if one.membership.role is Role.COORDINATOR and one.current_on(day)
    ]


def make_administrator(work: Work, *, email: str) -> Account:
    """The account may administer from now on; made where there is none."""
    work.check("administer")
    account = account_known_by(work, email)
    account.administrator = True
    work.session.flush()
    work.record("administrator_made", object_kind="account", object_id=account.id)
    return account


def end_administrator(work: Work, *, email: str) -> None:
    """Whoever is signed in with it is signed out. Raises NotFound (account_unknown)."""
    work.check("administer")
    account = account_by_email(work.session, email)
    if account is None:
        raise NotFound(problem("account_unknown", email=email))
    account.administrator = False
    end_all_of(work.session, account)
    work.record("administrator_ended", object_kind="account", object_id=account.id)


def _check_slug(work: Work, slug: str) -> None:
    if not is_short_name(slug):
        place = Place(question="slug")
        raise Invalid(problem("slug_unfit", place, shortest=SHORTEST, longest=LONGEST))
    if slugs.partnership_id(work.session, slug) is not None:
        raise Invalid(_slug_taken(slug))


def _slug_taken(slug: str) -> Problem:
    return problem("slug_taken", Place(question="slug"), slug=slug)
