"""What the partners score: a common view of each part, moved by sector, person and chance.

Assumed: leadership, processes and key results rise over the rounds, people and partner results fall, the
rest hardly move. Sectors disagree: the council sees more than voluntary sector, residents and traders do,
most of all in community voice, involvement, money and data. In most parts two people differ by 25 points or
more; in the quiet ones they do not. A person is stern or mild throughout, and thinks much the same from one
round to the next.
"""

from collections.abc import Mapping

import numpy as np
from numpy.random import Generator

from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.people import ORGANISATIONS, Partner
from lsp_assess.instruments.answers import UNANSWERED, Answer, Answered, Missing
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.instruments.scoring import ScoringModel
from lsp_assess.partnerships.organisations import Sector

# Common view of a criterion in rounds 1 to 4, on the scale 0–100.
COMMON = {
    "leadership": (48, 55, 62, 64),
    "strategy": (50, 51, 52, 53),
    "people": (54, 49, 43, 45),
    "resources": (36, 38, 44, 47),
    "processes": (40, 49, 58, 60),
    "resident_results": (41, 42, 42, 44),
    "partner_results": (56, 52, 46, 47),
    "society_results": (30, 30, 28, 30),
    "key_results": (35, 42, 50, 52),
}
SECTOR = {
    Sector.COUNCIL: 7,
    Sector.POLICE: 3,
    Sector.HEALTH: 1,
    Sector.FIRE: 2,
    Sector.EDUCATION: 0,
    Sector.HOUSING: -2,
    Sector.VOLUNTARY: -8,
    Sector.RESIDENTS: -11,
    Sector.BUSINESS: -6,
}
# Parts on which a sector sees something else than its usual share of the common view.
CONTESTED = {
    "community_voice": {Sector.COUNCIL: 14, Sector.VOLUNTARY: -12, Sector.RESIDENTS: -18},
    "involvement": {Sector.COUNCIL: 12, Sector.VOLUNTARY: -14, Sector.RESIDENTS: -12},
    "aligned_money": {Sector.COUNCIL: 10, Sector.HEALTH: -14, Sector.POLICE: -8},
    "data_sharing": {Sector.COUNCIL: 10, Sector.POLICE: -14, Sector.HEALTH: -12},
    "recognition_and_workload": {Sector.COUNCIL: 6, Sector.VOLUNTARY: -16, Sector.RESIDENTS: -8},
    "key_value_added": {Sector.COUNCIL: 8, Sector.BUSINESS: -15},
}
# Parts on which there is little to disagree about: differences shrink to this share.
QUIET = {
    "shared_vision": 0.35,
    "governance": 0.3,
    "performance_cycle": 0.35,
    "evidence_of_need": 0.35,
    "subpartnership_protocols": 0.3,
    "partner_participation": 0.3,
}
PART_SPREAD = 5.0
PERSON_SPREAD = 6.0
LASTING_VIEW_SPREAD = 5.0
MOOD_SPREAD = 4.0
STEP = 5

UNANSWERED_SHARE = 0.02
DONT_KNOW_SHARE = 0.03
# Whoever is not near it says so: residents and traders seldom see the partnership's money and systems.
DONT_KNOW_MORE = {
    (Sector.RESIDENTS, "resources"): 0.3,
    (Sector.BUSINESS, "resources"): 0.2,
    (Sector.RESIDENTS, "society_results"): 0.25,
    (Sector.FIRE, "partner_results"): 0.1,
}
NOT_APPLICABLE = {("Quentin Harebell", "assets"): "The brigade shares no buildings with the others."}

SECTOR_OF = {organisation.key: organisation.sector for organisation in ORGANISATIONS}


def part_scores(model: ScoringModel, partner: Partner, round_number: int) -> Mapping[str, Answer]:
    """One answer for each part."""
    person, mood = stream("driver person", partner.name), stream("driver mood", partner.name, round_number)
    stern = person.normal(0, PERSON_SPREAD)
    sector = SECTOR_OF[partner.organisation]
    given: dict[str, Answer] = {}
    for criterion in model.criteria:
        for part in criterion.parts:
            common = COMMON[criterion.name][round_number - 1] + _lie_of(part.item)
            own = stern + SECTOR[sector] + CONTESTED.get(part.item, {}).get(sector, 0)
            own += person.normal(0, LASTING_VIEW_SPREAD) + mood.normal(0, MOOD_SPREAD)
            score = common + own * QUIET.get(part.item, 1.0)
            given[part.item] = _missing(partner, sector, criterion.name, part.item, mood) or _on_scale(score)
    return given


def _lie_of(part: str) -> float:
    """How a part lies to its criterion, the same for all and in every round."""
    return float(stream("driver part", part).normal(0, PART_SPREAD))


def _on_scale(score: float) -> Answered:
    return Answered(int(np.clip(STEP * round(score / STEP), 0, 100)))


def _missing(
    partner: Partner, sector: Sector, criterion: str, part: str, chance: Generator
) -> Missing | None:
    drawn = chance.random()
    reason = NOT_APPLICABLE.get((partner.name, part))
    if reason is not None:
        return Missing(MissingKind.NOT_APPLICABLE, reason)
    if drawn < UNANSWERED_SHARE:
        return UNANSWERED
    dont_know = DONT_KNOW_MORE.get((sector, criterion), DONT_KNOW_SHARE)
    return Missing(MissingKind.DONT_KNOW) if drawn < UNANSWERED_SHARE + dont_know else None
