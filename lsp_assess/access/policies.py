"""Policies: `check_x` raises the reason as `Denied`, `can_x` asks. An endpoint names one of `POLICIES`."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from lsp_assess.access.actor import Actor
from lsp_assess.kernel.errors import Denied, DomainError, problem
from lsp_assess.partnerships.roles import Role

Check = Callable[[Actor], None]


def holds(*roles: Role) -> Check:
    """The actor holds one of `roles` in the partnership."""

    def check(actor: Actor) -> None:
        if not actor.roles.intersection(roles):
            raise Denied(problem("role_needed", roles=", ".join(sorted(roles))))

    return check


def check_signed_in(actor: Actor) -> None:
    if actor.account_id is None:
        raise Denied(problem("sign_in_needed"))


def check_member(actor: Actor) -> None:
    if actor.person_id is None or not actor.roles:
        raise Denied(problem("membership_needed"))


POLICIES: Mapping[str, Check] = MappingProxyType(
    {
        "signed_in": check_signed_in,
        "member": check_member,
        "answer": holds(Role.PARTNER),
        "read_stories": holds(Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR),
        "grade_stories": holds(Role.PARTNER),
        "interview": holds(Role.RESEARCHER),
        "see_spread": holds(Role.PARTNER),
        "score_again": holds(Role.PARTNER),
        "follow_rescoring": holds(Role.PARTNER, Role.FACILITATOR),
        "gather_findings": holds(Role.FACILITATOR, Role.COORDINATOR),
        "rank_findings": holds(Role.PARTNER),
        "read_findings": holds(Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR),
        "challenge": holds(Role.SCRUTINY, Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR),
        "read_evidence": holds(Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR),
        "coordinate": holds(Role.COORDINATOR),
        "facilitate": holds(Role.FACILITATOR),
        "read_releases": holds(
            Role.EVALUATOR, Role.SCRUTINY, Role.COORDINATOR, Role.PARTNER, Role.FACILITATOR
        ),
        "download": holds(Role.EVALUATOR, Role.SCRUTINY, Role.COORDINATOR),
        "take_records": holds(Role.EVALUATOR, Role.COORDINATOR),
        "read_indicators": check_member,
        "administer": holds(Role.ADMINISTRATOR),
    }
)


def allows(check: Check, actor: Actor) -> bool:
    try:
        check(actor)
    except DomainError:
        return False
    return True
