"""Every request passes here: deny unless the table names a policy and the actor satisfies it."""

from dataclasses import replace
from typing import Any

from flask import Flask, abort, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_security import current_user

from lsp_assess.access.actor import Actor
from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.database.access import Entrance, areas_of_researcher, entrance
from lsp_assess.database.session import Scope
from lsp_assess.kernel.errors import Denied, NotFound, problem
from lsp_assess.partnerships.roles import SECOND_FACTOR, Role
from lsp_assess.web.policy_table import POLICY_OF, PROVED_ONLY, PUBLIC, SETTING_UP
from lsp_assess.web.sign_in_record import INVITATION, SIGNED_IN_BY
from lsp_assess.web.transactions import SAFE_METHODS, clock, outside_partnerships, session_of


def install(app: Flask) -> None:
    app.url_value_preprocessor(take_partnership)
    app.url_defaults(add_partnership)
    app.before_request(admit)


def take_partnership(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """The address names the partnership; views find it in `g.partnership`, once the gate let them in."""
    g.slug = values.pop("partnership", None) if values else None


def add_partnership(endpoint: str, values: dict[str, Any]) -> None:
    """Links stay in the partnership of the page that they stand on."""
    if g.get("slug") and current_app.url_map.is_endpoint_expecting(endpoint, "partnership"):
        values.setdefault("partnership", g.slug)


def admit() -> ResponseReturnValue | None:
    endpoint = request.endpoint
    if endpoint is None or endpoint in PUBLIC:
        return None  # without an endpoint Flask itself answers 404 or 405
    policy = POLICY_OF.get(endpoint)
    if policy is None:
        abort(404)
    if not current_user.is_authenticated:
        return _sign_in_first()
    full = _actor()
    g.actor = replace(full, roles=full.roles - SECOND_FACTOR) if came_by_link() else full
    if came_by_link() and (endpoint in PROVED_ONLY or _would_allow(policy, full)):
        raise Denied(problem("stronger_sign_in_needed"))
    if SECOND_FACTOR & g.actor.roles and not current_user.tf_primary_method and endpoint not in SETTING_UP:
        return redirect(url_for("security.two_factor_setup"))
    POLICIES[policy](g.actor)
    return None


def came_by_link() -> bool:
    """A link in an e-mail proves less than a pass phrase and a second factor."""
    return session.get(SIGNED_IN_BY) == INVITATION


def _would_allow(policy: str, full: Actor) -> bool:
    return allows(POLICIES[policy], full) and not allows(POLICIES[policy], g.actor)


def _sign_in_first() -> ResponseReturnValue:
    if request.method not in SAFE_METHODS:
        abort(401)
    return redirect(url_for("security.login", next=request.full_path.rstrip("?")))


def _actor() -> Actor:
    if g.slug is None:
        roles = frozenset({Role.ADMINISTRATOR}) if current_user.administrator else frozenset()
        return Actor(account_id=current_user.id, roles=roles)
    found = entrance(outside_partnerships(), account_id=current_user.id, slug=g.slug, on=clock().now().date())
    if found is None:
        raise NotFound
    g.partnership = found.partnership
    return _with_areas(found)


def _with_areas(found: Entrance) -> Actor:
    actor = found.actor
    if actor.researcher_id is None:
        return actor
    inside = session_of(Scope(partnership_id=actor.partnership_id, account_id=actor.account_id))
    return replace(actor, areas=areas_of_researcher(inside, actor.researcher_id))
