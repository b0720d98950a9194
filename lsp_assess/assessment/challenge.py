"""The challenge log: questions to whoever leads a part, an action or an indicator, each with a reply date."""

from collections.abc import Collection as Of
from datetime import date, timedelta
from enum import StrEnum

from lsp_assess.assessment.ranking import REVEALED
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus

REPLY_WITHIN = timedelta(days=28)
"""Proposed with the question; whoever asks may set another day."""

AT_THE_TABLE = frozenset({Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR})
SIGNING = (Role.SCRUTINY, Role.PARTNER, Role.FACILITATOR, Role.COORDINATOR)


class Standing(StrEnum):
    """The most urgent first."""

    OVERDUE = "overdue"
    WAITING = "waiting"
    LATE = "late"
    IN_TIME = "in_time"


UNANSWERED = frozenset({Standing.OVERDUE, Standing.WAITING})


def standing(*, reply_by: date, answered_on: date | None, today: date) -> Standing:
    """The day itself is in time."""
    if answered_on is not None:
        return Standing.IN_TIME if answered_on <= reply_by else Standing.LATE
    return Standing.WAITING if today <= reply_by else Standing.OVERDUE


def signs_as(roles: Of[Role]) -> Role | None:
    """Of several roles the one that asks most freely; None for whoever may not ask."""
    return next((role for role in SIGNING if role in roles), None)


def part_may_be_talked_of(roles: Of[Role], status: CollectionStatus, *, is_published: bool) -> bool:
    """A question about a part tells that it was worth one: at the table only once the spread is disclosed,
    outside it (scrutiny) only of what is released."""
    return status in REVEALED and (is_published or not AT_THE_TABLE.isdisjoint(roles))
