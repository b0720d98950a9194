"""Who sits at the table: nine organisations and 25 seats, of which 23 were filled in round 1 and 24 since.

Assumed: about a quarter of the seats change hands between two rounds. The traders joined after round 1, when
the council gave up one of its seats. Answers are matched by person, so that a successor does not carry on the
answers of a predecessor; who followed whom is kept with the seat.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from lsp_assess.demonstration.timetable import PARTNERSHIP_BEGAN, turnover
from lsp_assess.partnerships.organisations import Sector

EVER = 99


@dataclass(frozen=True, slots=True)
class OrganisationPlan:
    key: str
    name: str
    sector: Sector
    first_round: int = 1


@dataclass(frozen=True, slots=True)
class Holder:
    """Answers in the rounds from `first` to `last`."""

    name: str
    first: int
    last: int

    def answers_in(self, round_number: int) -> bool:
        return self.first <= round_number <= self.last

    @property
    def begins(self) -> date:
        return PARTNERSHIP_BEGAN if self.first == 1 else turnover(self.first)

    @property
    def ends(self) -> date | None:
        return None if self.last == EVER else turnover(self.last + 1) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class SeatPlan:
    organisation: str
    title: str
    holders: tuple[Holder, ...]

    def holder_in(self, round_number: int) -> Holder | None:
        return next((holder for holder in self.holders if holder.answers_in(round_number)), None)


ORGANISATIONS = (
    OrganisationPlan("council", "Marrowdale Borough Council", Sector.COUNCIL),
    OrganisationPlan("police", "Marrowdale Police", Sector.POLICE),
    OrganisationPlan("health", "Marrowdale Health Trust", Sector.HEALTH),
    OrganisationPlan("fire", "Fellgate Fire and Rescue", Sector.FIRE),
    OrganisationPlan("college", "Marrowdale College", Sector.EDUCATION),
    OrganisationPlan("homes", "Hearthside Homes", Sector.HOUSING),
    OrganisationPlan("voluntary", "Marrowdale Voluntary Action", Sector.VOLUNTARY),
    OrganisationPlan("residents", "Marrowdale Residents’ Forum", Sector.RESIDENTS),
    OrganisationPlan("traders", "Marrowdale Traders’ Circle", Sector.BUSINESS, first_round=2),
)


def _seat(organisation: str, title: str, *names: tuple[str, int], last: int = EVER) -> SeatPlan:
    """`names` with the first round of each; each is there until the next one comes."""
    ends = [first - 1 for _, first in names[1:]] + [last]
    holders = tuple(Holder(name, first, end) for (name, first), end in zip(names, ends, strict=True))
    return SeatPlan(organisation, title, holders)


SEATS = (
    _seat("council", "Chief Executive", ("Ada Larkspur", 1)),
    _seat("council", "Leader of the Council", ("Bilal Hawthorn", 1), ("Carys Meadowsweet", 3)),
    _seat("council", "Director of Children’s Services", ("Dafydd Teasel", 1)),
    _seat("council", "Director of Environment", ("Esther Bulrush", 1), ("Farid Celandine", 2)),
    _seat("council", "Head of Regeneration", ("Grace Sorrel", 1), last=1),
    _seat("police", "Area Commander", ("Harvir Yarrow", 1), ("Imogen Burdock", 2)),
    _seat("police", "Neighbourhood Inspector", ("Joseph Tansy", 1)),
    _seat("police", "Partnerships Sergeant", ("Kezia Vetch", 1), ("Leon Comfrey", 3)),
    _seat("health", "Director of Public Health", ("Mairi Speedwell", 1)),
    _seat("health", "Community Services Manager", ("Nabil Saffron", 1), ("Olwen Mallow", 2)),
    _seat("health", "Primary Care Lead", ("Precious Betony", 1)),
    _seat("fire", "Station Manager", ("Quentin Harebell", 1)),
    _seat("fire", "Prevention Officer", ("Rhian Campion", 1), ("Samir Bracken", 3)),
    _seat("college", "Principal", ("Tamsin Foxglove", 1)),
    _seat("college", "Head of Adult Learning", ("Uzma Clover", 1), ("Victor Bugle", 2)),
    _seat("homes", "Chief Executive", ("Wanda Scabious", 1)),
    _seat("homes", "Tenancy Services Manager", ("Xavier Pimpernel", 1), ("Yasmin Toadflax", 3)),
    _seat("voluntary", "Director", ("Zack Willowherb", 1)),
    _seat("voluntary", "Volunteering Manager", ("Agnes Stitchwort", 1), ("Ben Cowslip", 2)),
    _seat("voluntary", "Trustee", ("Chinwe Agrimony", 1)),
    _seat("residents", "Chair", ("Doris Ragwort", 1)),
    _seat("residents", "Vice Chair", ("Eamon Woodruff", 1), ("Freya Orache", 3)),
    _seat("residents", "Young Residents’ Member", ("Gus Melilot", 1), ("Hana Figwort", 2)),
    _seat("traders", "President", ("Idris Valerian", 2)),
    _seat("traders", "Town Centre Manager", ("Jamila Samphire", 2)),
)


@dataclass(frozen=True, slots=True)
class Partner:
    """Somebody who is asked in a round, and for whom."""

    name: str
    organisation: str
    seat: str


def partners_in(round_number: int) -> Iterator[Partner]:
    for seat in SEATS:
        holder = seat.holder_in(round_number)
        if holder is not None:
            yield Partner(holder.name, seat.organisation, seat.title)
