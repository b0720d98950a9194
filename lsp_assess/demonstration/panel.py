"""The sample of each round and what became of it.

Assumed: a round ends with 1 200 interviews, whatever it took. Round 1 issues 20 addresses in each of 90
clusters. Each later round goes back to those who agreed to it and interviews 800 of them (two thirds), and
draws 7 fresh addresses in each cluster, of which 400 are interviewed. So about two of three eligible
addresses answer, three of four revisited ones. One revisit in seventeen finds that the adult of the last
round has moved or that another is selected: the household stays, the resident is another.

The chance of an address is that of its cluster (drawn ÷ all clusters of the ward) times its share of the 150
addresses that the round issues there; revisited addresses are a random part of these.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from lsp_assess.database.models.residents import PanelState
from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.places import CLUSTER_ADDRESSES, WARDS, Ward
from lsp_assess.demonstration.residents import ResidentPlan, move_in
from lsp_assess.residents.outcomes import Disposition

FIRST_ISSUE = 20
REFRESHMENT = 7
INTERVIEWS = {PanelState.FRESH: 1200, PanelState.REVISIT: 800, PanelState.REFRESHMENT: 400}
PARTIAL_SHARE = 0.02
NOT_ELIGIBLE_SHARE = {PanelState.FRESH: 0.04, PanelState.REFRESHMENT: 0.04, PanelState.REVISIT: 0.01}
MOVED_SHARE = 0.06
AGREES_TO_RETURN = 0.92
AGREES_TO_LINKING = 0.95
# Of those who were not interviewed.
OTHER_ENDS = {
    Disposition.REFUSAL: 0.50,
    Disposition.NON_CONTACT: 0.30,
    Disposition.OTHER: 0.10,
    Disposition.UNKNOWN_ELIGIBILITY: 0.10,
}
ENDS = tuple(OTHER_ENDS)
INTERVIEWED = (Disposition.COMPLETE, Disposition.PARTIAL)


@dataclass(frozen=True, slots=True)
class HouseholdPlan:
    """`number` counts the addresses as they were drawn; `cluster` all clusters of the sample."""

    number: int
    ward: Ward
    cluster: int

    @property
    def cluster_code(self) -> str:
        return f"{self.ward.code}-{self.cluster:02d}"


@dataclass(frozen=True, slots=True)
class Issued:
    """A household in the sample of one round. Without an outcome work has yet to be done; `resident` is
    there when somebody was interviewed."""

    household: HouseholdPlan
    state: PanelState
    probability: float
    outcome: Disposition | None = None
    resident: ResidentPlan | None = None
    returning: bool = False

    @property
    def is_interviewed(self) -> bool:
        return self.outcome in INTERVIEWED


@dataclass
class Panel:
    """The samples of rounds 1 to 4; that of the last has no outcomes yet."""

    rounds: tuple[tuple[Issued, ...], ...]
    households: tuple[HouseholdPlan, ...]
    residents: tuple[ResidentPlan, ...]


def draw_panel(rounds: int) -> Panel:
    """The last of the rounds is the open one."""
    households: list[HouseholdPlan] = []
    residents: list[ResidentPlan] = []
    samples: list[tuple[Issued, ...]] = []
    for number in range(1, rounds + 1):
        before = samples[-1] if samples else ()
        issued = _issue(before, households)
        samples.append(issued if number == rounds else tuple(_work(number, issued, residents)))
    return Panel(tuple(samples), tuple(households), tuple(residents))


def _issue(before: Sequence[Issued], households: list[HouseholdPlan]) -> tuple[Issued, ...]:
    again = [one for one in before if one.is_interviewed and one.returning]
    revisited = [(one.household, PanelState.REVISIT, one.resident) for one in again]
    state = PanelState.REFRESHMENT if before else PanelState.FRESH
    fresh = [
        (household, state, None)
        for household in _draw(REFRESHMENT if before else FIRST_ISSUE, len(households))
    ]
    households.extend(household for household, _, _ in fresh)
    everything = (*revisited, *fresh)
    in_cluster = Counter(household.cluster for household, _, _ in everything)
    return tuple(
        Issued(
            household=household,
            state=state,
            probability=household.ward.drawn
            / household.ward.clusters
            * in_cluster[household.cluster]
            / CLUSTER_ADDRESSES,
            resident=resident,
        )
        for household, state, resident in everything
    )


def _draw(each: int, first: int) -> Iterator[HouseholdPlan]:
    """So many addresses of each cluster, numbered on from `first`."""
    number, cluster = first, 0
    for ward in WARDS:
        for _ in range(ward.drawn):
            for _ in range(each):
                yield HouseholdPlan(number, ward, cluster)
                number += 1
            cluster += 1


def _work(number: int, issued: Sequence[Issued], residents: list[ResidentPlan]) -> Iterator[Issued]:
    """Give each its outcome, and those who were interviewed their resident."""
    chance = stream("fieldwork", number)
    outcomes = _outcomes(number, issued)
    for one, outcome in zip(issued, outcomes, strict=True):
        moved, partial, returns = chance.random(3)
        if outcome is not None:
            yield replace(one, outcome=outcome, resident=None)
            continue
        resident = one.resident
        if resident is None or moved < MOVED_SHARE:
            resident = move_in(len(residents), one.household.number, since=number)
            residents.append(resident)
        ended = Disposition.PARTIAL if partial < PARTIAL_SHARE else Disposition.COMPLETE
        agrees = returns < AGREES_TO_RETURN * AGREES_TO_LINKING
        yield replace(one, outcome=ended, resident=resident, returning=agrees)


def _outcomes(number: int, issued: Sequence[Issued]) -> list[Disposition | None]:
    """None for those who are interviewed: exactly as many of each kind as the round wants."""
    chance = stream("outcomes", number)
    found: list[Disposition | None] = [None] * len(issued)
    willing = chance.normal(size=len(issued))
    for state in dict.fromkeys(one.state for one in issued):
        places = [place for place, one in enumerate(issued) if one.state is state]
        eligible = [place for place in places if chance.random() >= NOT_ELIGIBLE_SHARE[state]]
        best = set(sorted(eligible, key=lambda place: -willing[place])[: INTERVIEWS[state]])
        for place in places:
            if place not in best:
                found[place] = Disposition.NOT_ELIGIBLE
        for place in eligible:
            if place not in best:
                found[place] = ENDS[int(chance.choice(len(ENDS), p=list(OTHER_ENDS.values())))]
    return found
