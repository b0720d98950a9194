"""People as a partnership knows them: by the e-mail address, which is also their sign-in."""

from secrets import token_urlsafe

from lsp_assess.actions.work import Work
from lsp_assess.database import membership as stored
from lsp_assess.database.access import account_by_email
from lsp_assess.database.models.access import Account
from lsp_assess.database.models.partnerships import Membership, Person
from lsp_assess.database.models.residents import PersonContact
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.addresses import one_address


def person_known_by(work: Work, *, name: str, email: str) -> Person:
    """Made, with an account, where nobody of the partnership has that address."""
    account = account_known_by(work, email)
    person = stored.person_of_account(work.session, account.id)
    if person is None:
        person = Person(
            partnership_id=work.actor.partnership_id, id=new_id(), account_id=account.id, name=name
        )
        work.session.add(person)
        work.session.flush()
        keep_contact(work, person, None, email)
    return person


def account_known_by(work: Work, email: str) -> Account:
    account = account_by_email(work.session, email)
    if account is None:
        account = Account(id=new_id(), email=one_address(email), fs_uniquifier=token_urlsafe(32))
        work.session.add(account)
        work.session.flush()
        work.record("account_made", object_kind="account", object_id=account.id)
    return account


def keep_contact(work: Work, person: Person, contact: PersonContact | None, email: str) -> None:
    if contact is None:
        contact = PersonContact(partnership_id=person.partnership_id, id=person.id)
        work.session.add(contact)
    contact.email = one_address(email)
    work.session.flush()


def check_new(work: Work, joining: Membership) -> None:
    """Raises Invalid where the person holds that role for that organisation already."""
    for held in stored.memberships_of_person(work.session, joining.person_id):
        same = held.role is joining.role and held.organisation_id == joining.organisation_id
        if same and (held.valid_to is None or held.valid_to >= joining.valid_from):
            raise Invalid(problem("member_already", Place(question="email"), since=held.valid_from))
