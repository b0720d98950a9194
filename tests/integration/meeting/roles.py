"""One person in two roles."""

from datetime import date

from lsp_assess.database.models.partnerships import Membership
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.roles import Role
from tests.world import World


def also(world: World, who: Role, role: Role) -> None:
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.add(
            Membership(
                partnership_id=world.partnership_id,
                person_id=world.people[who],
                organisation_id=world.organisations[0],
                role=role,
                valid_from=date(2024, 1, 1),
            )
        )
