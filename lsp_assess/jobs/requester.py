"""Who asked for a job, as they stand today: a job is done only for who may still ask for it."""

from datetime import date

from sqlalchemy import Engine

from lsp_assess.access.actor import Actor
from lsp_assess.database.access import entrance, partnerships_of
from lsp_assess.database.session import Scope, transaction


def requester(engine: Engine, scope: Scope, *, on: date) -> Actor:
    """As whom the account stands in the partnership: nobody, where it was never or is no longer in."""
    assert scope.account_id is not None  # noqa: S101  every job names who asked
    with transaction(engine, Scope(account_id=scope.account_id)) as outside:
        slugs = [one.slug for one in partnerships_of(outside) if one.id == scope.partnership_id]
        found = [entrance(outside, account_id=scope.account_id, slug=slug, on=on) for slug in slugs]
    standing = next((one.actor for one in found if one is not None), None)
    return standing or Actor(account_id=scope.account_id, partnership_id=scope.partnership_id)
