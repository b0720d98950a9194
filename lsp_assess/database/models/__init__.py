"""Every table, by the domain name it belongs to; importing this package fills `Base.metadata`."""

from lsp_assess.database.models import (
    access,
    action_progress,
    challenge,
    evidence,
    findings,
    operations,
    outcomes,
    partnerships,
    publications,
    rescoring,
    residents,
    responses,
    stories,
)

__all__ = [
    "access",
    "action_progress",
    "challenge",
    "evidence",
    "findings",
    "operations",
    "outcomes",
    "partnerships",
    "publications",
    "rescoring",
    "residents",
    "responses",
    "stories",
]
