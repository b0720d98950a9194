"""The partners' answers to the progress wheel and to the value-added perceptions.

Assumed: progress is patchy. Vision and data collection come on, new indicators and the loop in the agencies
hardly move. Value added is seen more by those who had least on their own; what it costs in time is felt more
each year.
"""

from collections.abc import Mapping

import numpy as np

from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.driver_scores import SECTOR_OF
from lsp_assess.demonstration.people import Partner
from lsp_assess.instruments.answers import Answer, Answered, Missing
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.partnerships.organisations import Sector

# Common view in rounds 1, 2 and 3, from 1 (separate) to 5 (integrated).
WHEEL = {
    "vision_and_priorities": (3.0, 3.6, 4.1),
    "existing_indicators": (2.8, 3.1, 3.5),
    "new_indicators": (1.9, 2.0, 2.1),
    "responsibility_for_action": (2.5, 2.9, 3.2),
    "data_collection": (2.0, 2.8, 3.4),
    "analysis": (2.1, 2.5, 2.9),
    "accountability": (2.6, 2.5, 2.7),
    "loop_in_partnership": (2.0, 2.6, 3.1),
    "loop_in_agencies": (1.6, 1.8, 1.8),
}
# From 1 (strongly disagree) to 5 (strongly agree); the last from 0 to 4.
PERCEPTIONS = {
    "new_things": (3.4, 3.7, 4.0),
    "faster": (2.9, 3.1, 3.3),
    "wider_reach": (3.3, 3.6, 3.9),
    "more_money": (2.8, 3.0, 3.0),
    "less_duplication": (2.6, 2.9, 3.1),
    "better_knowledge": (3.6, 3.9, 4.1),
    "own_practice_changed": (2.7, 2.9, 3.2),
    "worth_the_cost": (3.5, 3.4, 3.2),
    "without_partnership": (1.6, 2.0, 2.3),
}
SEES_ADDED_VALUE = {Sector.VOLUNTARY: 0.5, Sector.RESIDENTS: 0.4, Sector.COUNCIL: 0.1, Sector.BUSINESS: -0.7}
DONT_KNOW_SHARE = 0.04


def wheel_answers(partner: Partner, round_number: int) -> Mapping[str, Answer]:
    sector = SECTOR_OF[partner.organisation]
    lean = 0.3 if sector is Sector.COUNCIL else -0.2 if sector is Sector.RESIDENTS else 0.0
    return _opinions("wheel", WHEEL, partner, round_number, lean=lean, lowest=1, highest=5)


def perception_answers(partner: Partner, round_number: int) -> Mapping[str, Answer]:
    lean = SEES_ADDED_VALUE.get(SECTOR_OF[partner.organisation], 0.0)
    statements = {name: view for name, view in PERCEPTIONS.items() if name != "without_partnership"}
    overall = {"without_partnership": PERCEPTIONS["without_partnership"]}
    return {
        **_opinions("perceptions", statements, partner, round_number, lean=lean, lowest=1, highest=5),
        **_opinions("overall", overall, partner, round_number, lean=lean, lowest=0, highest=4),
    }


def _opinions(
    topic: str,
    common: Mapping[str, tuple[float, float, float]],
    partner: Partner,
    round_number: int,
    *,
    lean: float,
    lowest: int,
    highest: int,
) -> dict[str, Answer]:
    person, mood = stream(topic, partner.name), stream(topic, partner.name, round_number)
    own = lean + person.normal(0, 0.35)
    given: dict[str, Answer] = {}
    for name, view in common.items():
        value = view[round_number - 1] + own + person.normal(0, 0.4) + mood.normal(0, 0.35)
        known = mood.random() >= DONT_KNOW_SHARE
        point = int(np.clip(round(value), lowest, highest))
        given[name] = Answered(point) if known else Missing(MissingKind.DONT_KNOW)
    return given
