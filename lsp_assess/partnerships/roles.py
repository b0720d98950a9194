"""Who is in the partnership, as what, from when to when; and under which key answers are matched."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from uuid import UUID

from lsp_assess.kernel.errors import Invalid, problem


class Role(StrEnum):
    PARTNER = "partner"
    FACILITATOR = "facilitator"
    RESEARCHER = "researcher"
    COORDINATOR = "coordinator"
    EVALUATOR = "evaluator"
    SCRUTINY = "scrutiny"
    ADMINISTRATOR = "administrator"


SECOND_FACTOR = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


class Matching(StrEnum):
    """Whose answers are set beside each other from round to round; stated once per partnership."""

    PERSON = "person"
    SEAT = "seat"


@dataclass(frozen=True, slots=True)
class Seat:
    """A place at the table that outlives whoever fills it."""

    id: UUID
    organisation: UUID
    title: str


@dataclass(frozen=True, slots=True)
class Membership:
    """`ends` is the last day; None while it lasts."""

    person: UUID
    organisation: UUID
    role: Role
    starts: date
    ends: date | None = None
    seat: UUID | None = None

    def __post_init__(self) -> None:
        if self.ends is not None and self.ends < self.starts:
            raise Invalid(
                problem(
                    "membership_ends_before_it_begins",
                    starts=self.starts,
                    ends=self.ends,
                )
            )

    def current_on(self, day: date) -> bool:
        return self.starts <= day and (self.ends is None or day <= self.ends)


@dataclass(frozen=True, slots=True)
class Succession:
    seat: UUID
    predecessor: UUID
    successor: UUID
    since: date


def current(memberships: Iterable[Membership], on: date) -> tuple[Membership, ...]:
    return tuple(m for m in memberships if m.current_on(on))


def roles_of(person: UUID, memberships: Iterable[Membership], on: date) -> frozenset[Role]:
    return frozenset(m.role for m in current(memberships, on) if m.person == person)


def respondent_key(membership: Membership, matching: Matching) -> UUID:
    """Raises `Invalid` (membership_without_seat) where seats are matched and the person fills none:
    falling back to the person would join two series that nobody declared to be one."""
    if matching is Matching.PERSON:
        return membership.person
    if membership.seat is None:
        raise Invalid(problem("membership_without_seat"))
    return membership.seat


def successions(memberships: Iterable[Membership]) -> tuple[Succession, ...]:
    """Each change of person in a seat, in order of time."""
    by_seat: dict[UUID, list[Membership]] = {}
    for membership in sorted(memberships, key=lambda m: m.starts):
        if membership.seat is not None:
            by_seat.setdefault(membership.seat, []).append(membership)
    found = [
        Succession(seat, before.person, after.person, after.starts)
        for seat, holders in by_seat.items()
        for before, after in pairwise(holders)
        if before.person != after.person
    ]
    return tuple(sorted(found, key=lambda s: s.since))


def check_seat_free(memberships: Iterable[Membership], joining: Membership) -> None:
    """Raises `Invalid` (seat_taken) where two people would fill one seat on the same day."""
    for held in memberships:
        if held.seat is None or held.seat != joining.seat or held.person == joining.person:
            continue
        begins_later = joining.ends is not None and held.starts > joining.ends
        ended_before = held.ends is not None and held.ends < joining.starts
        if not (begins_later or ended_before):
            raise Invalid(problem("seat_taken", since=held.starts))
