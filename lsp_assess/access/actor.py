"""Who acts: an account, and as whom in one partnership on one day."""

from dataclasses import dataclass
from uuid import UUID

from lsp_assess.partnerships.roles import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """`partnership_id` and `person_id` are None before a partnership is entered. `organisations` are those
    the person answers for; `areas` those in which a researcher may work; `researcher_id` the membership
    that households are assigned to."""

    account_id: UUID | None
    partnership_id: UUID | None = None
    person_id: UUID | None = None
    roles: frozenset[Role] = frozenset()
    organisations: frozenset[UUID] = frozenset()
    areas: frozenset[UUID] = frozenset()
    researcher_id: UUID | None = None


SYSTEM = Actor(account_id=None, roles=frozenset(Role))
"""The command line and the demonstration, run by whoever holds the machine itself."""
