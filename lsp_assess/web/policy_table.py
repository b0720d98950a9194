"""Endpoint → policy. What stands in neither table does not exist for anybody."""

from collections.abc import Mapping
from types import MappingProxyType

PUBLIC = frozenset(
    {
        "static",
        "public.home",
        "public.accessibility",
        "public.privacy",
        "public.health",
        "invitations.show",
        "invitations.redeem",
        "invitations.ask_for_link",
        "invitations.link_asked",
        "mail.catcher",
        "mail.caught",
        "security.login",
        "security.logout",
        "security.verify",
        "security.forgot_password",
        "security.reset_password",
        "security.two_factor_token_validation",
        "security.two_factor_rescue",
    }
)

POLICY_OF: Mapping[str, str] = MappingProxyType(
    {
        "security.change_password": "signed_in",
        "security.two_factor_setup": "signed_in",
        "security.two_factor_setup_validate": "signed_in",
        "security.mf_recovery_codes": "signed_in",
        "partnerships.home": "member",
        "answering.tasks": "answer",
        "answering.section": "answer",
        "answering.save": "answer",
        "answering.check": "answer",
        "answering.send": "answer",
        "answering.receipt": "answer",
        "answering.open_again": "answer",
    }
)
