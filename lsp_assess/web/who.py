"""Who is asking: the account of the session, and the actor that the gate found for this address."""

from typing import cast
from uuid import UUID

from flask import g
from flask_security import current_user

from lsp_assess.access.actor import Actor

NOBODY = Actor(account_id=None)


def current_account_id() -> UUID | None:
    return cast("UUID", current_user.id) if current_user.is_authenticated else None


def current_actor() -> Actor:
    return cast("Actor", g.get("actor", NOBODY))
