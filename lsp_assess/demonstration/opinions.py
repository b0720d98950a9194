"""What residents think: a scale underneath each answer, cut where the shares of round 1 say.

Assumed: on that scale a person's general contentment, a lasting view of the matter, the cluster and the
moment add up to a variance of about one. Asked again a year later, people answer alike but not the same
(r ≈ 0.6). `trend` moves everybody from round to round; residents of priority neighbourhoods start lower.
What changes is known here and nowhere else: feeling safe after dark rises for good, most of all in priority
neighbourhoods; satisfaction with the area stays; people of different backgrounds get on a little better, too
little to be sure of; the feeling of being able to influence decisions falls.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm

from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.places import WARDS, Character

Floats = NDArray[np.float64]

CLUSTER, GENERAL, LASTING, MOMENT = 0.2, 0.45, 0.64, 0.58
WARD_CHARACTER = {Character.PRIORITY: -0.45, Character.ORDINARY: 0.12, Character.SMALL: 0.3}
WARD_SPREAD = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Opinion:
    """`shares` of the points from worst to best in round 1; `outside` of points that express no opinion.
    `trend` and what `priority` wards gain beside it are added to the scale in rounds 1 to 4."""

    shares: tuple[float, ...]
    trend: tuple[float, float, float, float] = (0, 0, 0, 0)
    priority: tuple[float, float, float, float] = (0, 0, 0, 0)
    wards: float = 1.0
    dont_know: float = 0.015
    outside: Mapping[int, float] = field(default_factory=dict)


AGREE = (0.12, 0.22, 0.25, 0.31, 0.10)
CONTENT = (0.07, 0.13, 0.18, 0.43, 0.19)
TRUST = (0.12, 0.28, 0.43, 0.17)
HARM = (0.06, 0.18, 0.36, 0.40)  # of the anti-social behaviours, a very big problem first
UP, DOWN = (0.0, 0.05, 0.1, 0.11), (0.0, -0.05, -0.1, -0.11)
SERVICE = {6: 0.10}

OPINIONS: Mapping[str, Opinion] = {
    "area_satisfaction": Opinion(shares=(0.04, 0.07, 0.10, 0.49, 0.30), trend=(0, 0.035, -0.03, 0.0)),
    "area_change": Opinion(shares=(0.30, 0.52, 0.18), trend=UP, dont_know=0.04),
    "belonging": Opinion(shares=(0.09, 0.23, 0.44, 0.24), wards=0.5),
    "safe_day": Opinion(shares=(0.03, 0.06, 0.09, 0.40, 0.42), trend=(0, 0.05, 0.08, 0.08)),
    "safe_dark": Opinion(
        shares=(0.17, 0.22, 0.15, 0.32, 0.14),
        trend=(0, 0.07, 0.36, 0.36),
        priority=(0, 0.05, 0.24, 0.24),
        wards=1.3,
    ),
    "crime_worry": Opinion(shares=(0.16, 0.31, 0.36, 0.17), trend=(0, 0.08, 0.14, 0.14)),
    "asb.noise": Opinion(shares=HARM, trend=UP),
    "asb.loitering": Opinion(shares=(0.09, 0.2, 0.34, 0.37), trend=(0, 0.15, 0.25, 0.25), dont_know=0.03),
    "asb.litter": Opinion(shares=(0.16, 0.26, 0.36, 0.22), trend=DOWN),
    "asb.damage": Opinion(shares=HARM, trend=UP),
    "asb.drugs": Opinion(shares=(0.17, 0.19, 0.27, 0.37), wards=1.4, dont_know=0.08),
    "asb.drunkenness": Opinion(shares=(0.08, 0.14, 0.33, 0.45), trend=UP, dont_know=0.03),
    "asb.vehicles": Opinion(shares=(0.07, 0.13, 0.3, 0.5), dont_know=0.02),
    "asb_dealt_with": Opinion(
        shares=(0.18, 0.25, 0.25, 0.25, 0.07), trend=(0, 0.1, 0.2, 0.2), dont_know=0.08
    ),
    "roles_clear": Opinion(shares=(0.36, 0.38, 0.26), trend=(0, 0.2, 0.3, 0.3), wards=0.2, dont_know=0.06),
    "backgrounds_get_on": Opinion(
        shares=(0.06, 0.11, 0.17, 0.47, 0.19),
        trend=(0, 0.03, 0.07, 0.07),
        dont_know=0.03,
        outside={6: 0.03, 7: 0.05},
    ),
    "respect": Opinion(shares=(0.09, 0.17, 0.24, 0.38, 0.12)),
    "trust_neighbours": Opinion(shares=(0.08, 0.29, 0.35, 0.28)),
    "loneliness": Opinion(shares=(0.04, 0.09, 0.26, 0.33, 0.28), trend=(0, -0.03, -0.05, -0.05), wards=0.5),
    "influence": Opinion(
        shares=(0.20, 0.26, 0.18, 0.27, 0.09), trend=(0, -0.06, -0.47, -0.47), dont_know=0.03
    ),
    "informed": Opinion(shares=(0.17, 0.36, 0.37, 0.10), trend=DOWN),
    "agency_satisfaction": Opinion(shares=CONTENT),
    "value_for_money": Opinion(shares=AGREE, trend=DOWN, dont_know=0.05),
    "agency_trust.council": Opinion(shares=(0.19, 0.33, 0.38, 0.10), trend=DOWN, dont_know=0.03),
    "agency_trust.police": Opinion(shares=TRUST, trend=UP, dont_know=0.03),
    "agency_trust.health": Opinion(shares=(0.07, 0.22, 0.46, 0.25), trend=DOWN),
    "agency_trust.fire": Opinion(shares=(0.03, 0.1, 0.42, 0.45), wards=0.2, dont_know=0.05),
    "agency_trust.housing": Opinion(shares=(0.2, 0.34, 0.36, 0.1), dont_know=0.13),
    "agency_trust.voluntary": Opinion(shares=(0.06, 0.2, 0.5, 0.24), dont_know=0.08),
    "service_satisfaction.streets": Opinion(shares=CONTENT, trend=DOWN),
    "service_satisfaction.waste": Opinion(shares=(0.06, 0.1, 0.11, 0.47, 0.26), trend=UP, wards=0.4),
    "service_satisfaction.parks": Opinion(shares=(0.05, 0.09, 0.14, 0.44, 0.28), outside={6: 0.05}),
    "service_satisfaction.policing": Opinion(shares=AGREE, trend=(0, 0.12, 0.2, 0.2), outside=SERVICE),
    "service_satisfaction.doctor": Opinion(shares=CONTENT, trend=(0, -0.1, -0.2, -0.2), outside={6: 0.04}),
    "service_satisfaction.schools": Opinion(shares=CONTENT, outside={6: 0.48}),
    "service_satisfaction.transport": Opinion(shares=AGREE, outside={6: 0.22}),
    "service_satisfaction.leisure": Opinion(shares=CONTENT, trend=DOWN, outside={6: 0.25}),
    "work_together": Opinion(shares=(0.06, 0.13, 0.27, 0.42, 0.12), trend=UP, dont_know=0.06),
    "health": Opinion(shares=(0.02, 0.06, 0.2, 0.44, 0.28), wards=0.8, dont_know=0.002),
    "wellbeing": Opinion(
        shares=(0.01, 0.01, 0.02, 0.03, 0.05, 0.11, 0.12, 0.21, 0.27, 0.11, 0.06), wards=0.8, dont_know=0.005
    ),
    "financial_coping": Opinion(shares=(0.06, 0.14, 0.29, 0.35, 0.16), trend=(0, -0.1, -0.06, -0.06)),
    "young_people_activities": Opinion(shares=(0.2, 0.28, 0.24, 0.22, 0.06), trend=UP, dont_know=0.15),
}


@dataclass(frozen=True, slots=True)
class Fieldwork:
    """The interviews of one round as columns: who they are with, by number, and where."""

    round_number: int
    residents: NDArray[np.int64]
    wards: NDArray[np.int64]
    clusters: NDArray[np.int64]

    @property
    def size(self) -> int:
        return len(self.residents)


def leanings(item: str, work: Fieldwork, *, lasting: float = LASTING, moment: float = MOMENT) -> Floats:
    """Where everybody stands on the scale beneath `item`, before trend and place are added."""
    own = stream("lasting", item).normal(size=int(work.residents.max()) + 1)[work.residents]
    general = stream("contentment").normal(size=int(work.residents.max()) + 1)[work.residents]
    cluster = stream("cluster", item).normal(size=int(work.clusters.max()) + 1)[work.clusters]
    now = stream("moment", item, work.round_number).normal(size=work.size)
    return CLUSTER * cluster + GENERAL * general + lasting * own + moment * now


def cut(leaning: Floats, shares: tuple[float, ...]) -> NDArray[np.int64]:
    """The place (from 0) of each in categories of these shares."""
    return np.searchsorted(norm.ppf(np.cumsum(shares)[:-1] / sum(shares)), leaning).astype(np.int64)


def places_on_scale(item: str, opinion: Opinion, work: Fieldwork) -> NDArray[np.int64]:
    """The place of everybody's answer, 0 being the worst point."""
    characters = np.array([WARD_CHARACTER[ward.character] for ward in WARDS])
    of_wards = characters + stream("ward", item).normal(0, WARD_SPREAD, size=len(WARDS))
    gains = np.array([opinion.priority[work.round_number - 1] if ward.is_priority else 0.0 for ward in WARDS])
    moved = opinion.trend[work.round_number - 1] + opinion.wards * of_wards[work.wards] + gains[work.wards]
    return cut(leanings(item, work) + moved, opinion.shares)
