"""Visits to the sampled addresses, and how far the open round has come.

Assumed: fieldwork goes cluster by cluster, with two visits on average; nobody counts as not met before the
fourth visit.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import count

from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.panel import HouseholdPlan, Issued, Panel
from lsp_assess.demonstration.residents import move_in
from lsp_assess.demonstration.staff import RESEARCHERS, researcher_of
from lsp_assess.demonstration.timetable import OPEN_ROUND, RoundPlan
from lsp_assess.residents.outcomes import Disposition
from lsp_assess.residents.visits import Visit, VisitOutcome, final_outcome

ENDINGS = {
    Disposition.COMPLETE: (VisitOutcome.COMPLETE,),
    Disposition.PARTIAL: (VisitOutcome.PARTIAL,),
    Disposition.REFUSAL: (VisitOutcome.REFUSED_BY_HOUSEHOLD, VisitOutcome.REFUSED_BY_PERSON),
    Disposition.OTHER: (VisitOutcome.UNABLE, VisitOutcome.NO_SHARED_LANGUAGE),
    Disposition.UNKNOWN_ELIGIBILITY: (VisitOutcome.NO_ACCESS, VisitOutcome.NOT_FOUND),
    Disposition.NOT_ELIGIBLE: (VisitOutcome.EMPTY, VisitOutcome.NOT_A_HOME, VisitOutcome.DEMOLISHED),
}
GIVEN_UP_AFTER = 4
FIRST_HOUR, LAST_HOUR = 10, 20

SIGNING_IN = RESEARCHERS[:2]
ASSIGNED = 40  # households of the open round to each of the researchers who sign in


class Standing(StrEnum):
    """How far a household of the open round is."""

    UNASSIGNED = "unassigned"
    UNTOUCHED = "untouched"
    NOBODY_THERE = "nobody_there"
    COME_BACK = "come_back"
    BROKEN_OFF = "broken_off"
    REFUSED = "refused"
    DONE = "done"


STANDINGS = (
    (Standing.DONE, 6),
    (Standing.NOBODY_THERE, 6),
    (Standing.COME_BACK, 3),
    (Standing.REFUSED, 2),
    (Standing.BROKEN_OFF, 1),
)
SO_FAR = {
    Standing.NOBODY_THERE: (VisitOutcome.NO_CONTACT,),
    Standing.COME_BACK: (VisitOutcome.NO_CONTACT, VisitOutcome.CALL_BACK),
    Standing.BROKEN_OFF: (VisitOutcome.BREAK_OFF,),
    Standing.REFUSED: (VisitOutcome.REFUSED_BY_HOUSEHOLD,),
    Standing.DONE: (VisitOutcome.COMPLETE,),
}


@dataclass(frozen=True, slots=True)
class Case:
    """A sampled household with the work done on it. `asked` is there once somebody has been selected."""

    issued: Issued
    researcher: str | None
    visits: tuple[Visit, ...]
    standing: Standing = Standing.DONE

    @property
    def household(self) -> HouseholdPlan:
        return self.issued.household


def past_cases(plan: RoundPlan, issued: Sequence[Issued]) -> Iterator[Case]:
    for one in issued:
        yield Case(one, researcher_of(one.household.ward), tuple(_visits(plan, one)))


def open_cases(plan: RoundPlan, panel: Panel) -> Iterator[Case]:
    """Some are assigned and in part worked; the rest waits for the coordinator to assign it."""
    issued = panel.rounds[OPEN_ROUND - 1]
    standings = dict(_assignments(issued))
    newcomers = count(len(panel.residents))
    for one in issued:
        number = one.household.number
        standing = standings.get(number, Standing.UNASSIGNED)
        visits = tuple(_so_far(plan, standing, number))
        resident = None
        if standing in (Standing.DONE, Standing.BROKEN_OFF):
            resident = one.resident or move_in(next(newcomers), number, since=OPEN_ROUND)
        ended = final_outcome(visits) if standing in (Standing.DONE, Standing.REFUSED) else None
        researcher = None if standing is Standing.UNASSIGNED else researcher_of(one.household.ward)
        yield Case(replace(one, outcome=ended, resident=resident), researcher, visits, standing)


def _assignments(issued: Sequence[Issued]) -> Iterator[tuple[int, Standing]]:
    """By number of the household, over all wards of each of the researchers who sign in."""
    touched = [standing for standing, n in STANDINGS for _ in range(n)]
    standings = [*touched, *[Standing.UNTOUCHED] * (ASSIGNED - len(touched))]
    for researcher in SIGNING_IN:
        own = [one.household.number for one in issued if researcher_of(one.household.ward) == researcher]
        yield from zip(map(int, stream("assigned", researcher).permutation(own)), standings, strict=False)


def _so_far(plan: RoundPlan, standing: Standing, number: int) -> Iterator[Visit]:
    for place, outcome in enumerate(SO_FAR.get(standing, ())):
        yield Visit(plan.at(plan.opens + timedelta(days=2 + 2 * place), 16, number % 60), outcome)


def _visits(plan: RoundPlan, one: Issued) -> Iterator[Visit]:
    number = one.household.number
    chance = stream("visits", plan.number, number)
    start = plan.opens + timedelta(days=int(one.household.cluster * (plan.days - 20) / 90))
    before = int(chance.choice(4, p=(0.35, 0.35, 0.2, 0.1)))
    if one.outcome is Disposition.NON_CONTACT:
        outcomes = [VisitOutcome.NO_CONTACT] * GIVEN_UP_AFTER
    else:
        assert one.outcome is not None  # noqa: S101  the round is over
        endings = ENDINGS[one.outcome]
        earlier = [
            VisitOutcome.CALL_BACK if back < 0.2 and place else VisitOutcome.NO_CONTACT
            for place, back in enumerate(chance.random(before))
        ]
        outcomes = [*earlier, endings[int(chance.integers(len(endings)))]]
    for place, outcome in enumerate(outcomes):
        day = start + timedelta(days=3 * place + int(chance.integers(0, 3)))
        hour, minute = int(chance.integers(FIRST_HOUR, LAST_HOUR)), int(chance.integers(0, 60))
        yield Visit(plan.at(min(day, plan.closes), hour, minute), outcome)


def interviewed_at(case: Case) -> datetime:
    return case.visits[-1].at
