"""The three editions that ship, scored by hand: what three people gave, its median, and what becomes of it.

`DK` is a don't know, `NA` a justified not applicable, `None` left unanswered; none of them is in a median.
The figures to the right of each row were worked on paper and not by the code.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import zip_longest
from uuid import UUID

import pytest

from lsp_assess.assessment.parts import medians, partnership_result
from lsp_assess.assessment.scores import Respondent, person_attributes, person_scores, scoring_of
from lsp_assess.instruments.answers import Answer, Answered, Missing
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.scales import MissingKind
from tests.unit.assessment.conftest import asking_attributes

DK, NA = MissingKind.DONT_KNOW, MissingKind.NOT_APPLICABLE
Given = int | MissingKind | None
Row = tuple[Given, Given, Given, int | None]
"""What Ann, Bob and Cyd gave; the median."""


@dataclass(frozen=True)
class Hand:
    """`points` by criterion, None where nobody scored any of its parts."""

    rows: Mapping[str, Row]
    points: Mapping[str, Fraction | None]
    total: Fraction
    coverage: Fraction


OURS = Hand(
    rows={
        "shared_vision": (40, 50, 60, 50),
        "senior_commitment": (30, 30, 60, 30),
        "trust_and_challenge": (20, DK, 40, 30),
        "community_voice": (DK, DK, 70, 70),
        "leading_change": (None, None, DK, None),
        "evidence_of_need": (60, 60, 60, 60),
        "added_value_focus": (40, 50, 90, 50),
        "causal_plan": (30, 10, 20, 20),
        "strategy_review": (100, 70, 70, 70),
        "roles_and_representation": (35, 45, 55, 45),
        "skills": (50, 50, 50, 50),
        "involvement": (65, 55, 60, 60),
        "communication": (20, 25, 30, 25),
        "recognition_and_workload": (70, NA, 80, 75),
        "subpartnership_protocols": (NA, NA, NA, None),
        "aligned_money": (10, 20, 60, 20),
        "assets": (DK, None, NA, None),
        "information_systems": (None, None, None, None),
        "data_sharing": (40, 40, 45, 40),
        "governance": (80, 80, 80, 80),
        "performance_cycle": (60, 70, 80, 70),
        "indicator_quality": (50, 60, 70, 60),
        "accountability": (40, 50, 60, 50),
        "closing_the_loop": (30, 40, 50, 40),
        "resident_perceptions": (40, 30, 50, 40),
        "resident_service_measures": (60, 60, 70, 60),
        "partner_perceptions": (80, 90, 100, 90),
        "partner_participation": (DK, DK, DK, None),
        "society_perceptions": (20, 20, 20, 20),
        "society_measures": (60, 50, 70, 60),
        "key_outcomes": (70, 80, DK, 75),
        "key_value_added": (25, 35, 30, 30),
    },
    points={
        "leadership": Fraction(45),  # (50 + 30 + 30 + 70) / 4 = 45 % of 100; the fifth part is missing
        "strategy": Fraction(40),  # (60 + 50 + 20 + 70) / 4 = 50 % of 80
        "people": Fraction("45.9"),  # (45 + 50 + 60 + 25 + 75) / 5 = 51 % of 90
        "resources": Fraction(27),  # (20 + 40) / 2 = 30 % of 90; three parts are missing
        "processes": Fraction(84),  # (80 + 70 + 60 + 50 + 40) / 5 = 60 % of 140
        "resident_results": Fraction(90),  # ¾·40 + ¼·60 = 45 % of 200
        "partner_results": Fraction(81),  # 7b is missing, 7a stands for it: 90 % of 90
        "society_results": Fraction(30),  # ¼·20 + ¾·60 = 50 % of 60
        "key_results": Fraction("78.75"),  # ½·75 + ½·30 = 52.5 % of 150
    },
    total=Fraction("521.65"),
    # 80 + 80 + 90 + 36 + 140 + 200 + 67.5 + 60 + 150 of 1000
    coverage=Fraction("0.9035"),
)
OF_2010 = Hand(
    rows={
        "common_direction": (45, 55, 65, 55),
        "leading_by_example": (30, 40, DK, 35),
        "open_to_others": (60, 60, 60, 60),
        "needs_understood": (20, 30, 40, 30),
        "one_joint_plan": (DK, DK, DK, None),
        "plan_kept_current": (50, 70, 60, 60),
        "the_right_people": (DK, None, NA, None),
        "learning_and_support": (None, None, None, None),
        "informed_and_valued": (NA, NA, NA, None),
        "agreements_kept": (25, 25, 35, 25),
        "money_and_buildings": (50, 55, 60, 55),
        "facts_in_reach": (10, 20, NA, 15),
        "clear_steering": (70, 75, 80, 75),
        "joined_services": (60, 60, 65, 60),
        "learning_changes_work": (45, 45, 45, 45),
        "resident_opinion": (35, 40, 45, 40),
        "resident_facts": (80, 85, 90, 85),
        "partner_opinion": (DK, DK, None, None),
        "partner_facts": (60, 70, 75, 70),
        "society_opinion": (20, 20, 25, 20),
        "society_facts": (60, 60, 60, 60),
        "aims_reached": (30, 50, 70, 50),
        "more_than_alone": (65, 75, 70, 70),
    },
    points={
        "leadership": Fraction(50),  # (55 + 35 + 60) / 3
        "strategy": Fraction(45),  # (30 + 60) / 2
        "people": None,
        "resources": Fraction(95, 3),  # (25 + 55 + 15) / 3
        "processes": Fraction(60),  # (75 + 60 + 45) / 3
        "resident_results": Fraction("76.875"),  # ¾·40 + ¼·85 = 51.25 % of 150
        "partner_results": Fraction(70),  # 7b stands for 7a
        "society_results": Fraction(40),  # ½·20 + ½·60: another split than ours
        "key_results": Fraction(90),  # ½·50 + ½·70 = 60 % of 150
    },
    # 50 + 45 + 95/3 + 60 + 76.875 + 70 + 40 + 90 = 11125/24 of 900: without people, 1000/900 of it
    total=Fraction(55625, 108),
    # 100 + 200/3 + 0 + 100 + 100 + 150 + 25 + 100 + 150 of 1000
    coverage=Fraction(19, 24),
)
OF_2020 = Hand(
    rows={
        "clear_purpose": (40, 50, 60, 50),
        "area_known": (50, 50, 50, 50),
        "plan_with_reasons": (35, 80, 80, 80),
        "leading_together": (20, 30, 40, 30),
        "candour": (40, 40, 50, 40),
        "room_to_learn": (DK, DK, 20, 20),
        "with_residents": (None, DK, DK, None),
        "with_those_who_work": (50, 60, DK, 55),
        "with_other_bodies": (45, 45, 45, 45),
        "value_chosen": (70, 75, 80, 75),
        "value_made": (60, 60, 90, 60),
        "value_delivered": (45, 45, 0, 45),
        "performance_managed": (10, 15, 20, 15),
        "means_pooled": (30, 30, 30, 30),
        "data_used": (NA, DK, None, None),
        "residents_say": (40, 45, 50, 45),
        "partners_say": (80, 80, 85, 80),
        "community_says": (DK, DK, DK, None),
        "outcomes_reached": (60, 60, 60, 60),
        "value_shown": (35, 40, 50, 40),
        "services_reached": (75, 80, 85, 80),
        "gaps_narrowed": (20, 20, 100, 20),
        "partners_stay": (None, None, None, None),
    },
    points={
        "purpose": Fraction(60),  # (50 + 50 + 80) / 3
        "culture": Fraction(30),  # (30 + 40 + 20) / 3
        "engagement": Fraction(50),  # (55 + 45) / 2
        "value": Fraction(120),  # (75 + 60 + 45) / 3 = 60 % of 200
        "transformation": Fraction("22.5"),  # (15 + 30) / 2
        "perceptions": Fraction(340, 3),  # (½·45 + ¼·80) / ¾ = 170/3 % of 200
        "achievements": Fraction(100),  # (.3·60 + .3·40 + .15·80 + .15·20) / .9 = 50 % of 200
    },
    total=Fraction(2975, 6),
    # 100 + 100 + 200/3 + 200 + 200/3 + 150 + 180 of 1000
    coverage=Fraction(259, 300),
)
HANDS = {"lsp_driver.yaml": OURS, "lsp_driver_2010.yaml": OF_2010, "lsp_driver_2020.yaml": OF_2020}


def three_people(instrument: Instrument, hand: Hand) -> list[Respondent]:
    people = []
    for n in range(3):
        given = {item: answer(row[n]) for item, row in hand.rows.items() if row[n] is not None}
        people.append(Respondent(UUID(int=n), UUID(int=9), person_scores(instrument, given)))
    return people


def answer(given: Given) -> Answer:
    return Missing(given, "Not here") if isinstance(given, MissingKind) else Answered(given)


@pytest.mark.parametrize("file", HANDS)
def test_an_edition_scored_by_hand_comes_out_the_same(
    edition: Callable[[str], Instrument], file: str
) -> None:
    hand, instrument = HANDS[file], edition(file)
    model, people = scoring_of(instrument), three_people(instrument, hand)
    assert medians(model, people) == {i: row[3] for i, row in hand.rows.items() if row[3] is not None}
    result = partnership_result(model, people)
    assert {criterion.name: criterion.points for criterion in result.criteria} == hand.points
    assert (result.total, result.possible, result.coverage) == (hand.total, 1000, hand.coverage)


def test_every_part_of_every_edition_is_scored_by_hand(edition: Callable[[str], Instrument]) -> None:
    for file, hand in HANDS.items():
        parts = [part.item for c in scoring_of(edition(file)).criteria for part in c.parts]
        assert all(one == other for one, other in zip_longest(parts, hand.rows))


ATTRIBUTES = {
    # approach (30 + 50)/2 = 40, deployment (60 + 80)/2 = 70, review (90 + 90)/2 = 90: 200/3, capped at 30
    "enabling": {"sound": 30, "integrated": 50, "implemented": 60, "systematic": 80, "measured": 90}
    | {"learned": 90, "improved": DK},
    # (70 + 60 + 50 + 40)/4 = 55, capped at 40
    "resident": {"trends": 70, "targets": 60, "comparisons": 50, "causes": DK, "scope": 40},
}
CAPS = {
    "lsp_driver.yaml": {"enabler": "sound", "result": "scope"},
    "lsp_driver_2010.yaml": {"enabler": "sound", "result": "scope"},
    "lsp_driver_2020.yaml": {"direction": "sound", "result": "scope"},
}
BY_ATTRIBUTES = [
    # part, part, criterion, criterion; points of the two and total without caps, then with them.
    # All other parts are 50. Ours: (200/3 + 4·50)/5 = 160/3; ¾·55 + ¼·50 = 53.75 % of 200 = 107.5
    # capped (30 + 200)/5 = 46; ¾·40 + ¼·50 = 42.5 % of 200 = 85
    (
        ("lsp_driver.yaml", "shared_vision", "resident_perceptions", "leadership", "resident_results"),
        (Fraction(160, 3), Fraction("107.5"), Fraction(3065, 6)),
        (Fraction(46), Fraction(85), Fraction(481)),
    ),
    # 2010: (200/3 + 100)/3 = 500/9; 53.75 % of 150 = 80.625. Capped 130/3; 42.5 % of 150 = 63.75
    (
        ("lsp_driver_2010.yaml", "common_direction", "resident_opinion", "leadership", "resident_results"),
        (Fraction(500, 9), Fraction("80.625"), 500 + Fraction(50, 9) + Fraction("5.625")),
        (Fraction(130, 3), Fraction("63.75"), 500 - Fraction(20, 3) - Fraction("11.25")),
    ),
    # 2020: 500/9 of 100; ½·55 + ¼·50 + ¼·50 = 52.5 % of 200. Capped 130/3; ½·40 + 25 = 45 % of 200
    (
        ("lsp_driver_2020.yaml", "clear_purpose", "residents_say", "purpose", "perceptions"),
        (Fraction(500, 9), Fraction(105), 505 + Fraction(50, 9)),
        (Fraction(130, 3), Fraction(90), 490 - Fraction(20, 3)),
    ),
]


@pytest.mark.parametrize(("names", "free", "capped"), BY_ATTRIBUTES, ids=lambda one: str(one[0]))
@pytest.mark.parametrize("with_caps", ["caps off", "caps on"])
def test_attributes_make_the_part_and_a_cap_of_the_file_holds_it_down(
    names: tuple[str, ...],
    free: tuple[Fraction, ...],
    capped: tuple[Fraction, ...],
    with_caps: str,
) -> None:
    file, enabling, resident, first, sixth = names
    instrument = asking_attributes(file, caps=CAPS[file] if with_caps == "caps on" else {})
    model = scoring_of(instrument)
    answers: dict[str, Answer] = {part.item: Answered(50) for c in model.criteria for part in c.parts}
    for part, given in ((enabling, ATTRIBUTES["enabling"]), (resident, ATTRIBUTES["resident"])):
        answers |= {f"{part}_attributes.{name}": answer(score) for name, score in given.items()}
    person = Respondent(UUID(int=1), UUID(int=9), person_scores(instrument, answers))
    result = partnership_result(model, [person])
    found = (result.criterion(first).points, result.criterion(sixth).points, result.total)
    assert found == (capped if with_caps == "caps on" else free)


def test_the_edition_of_2020_offers_the_attributes_of_every_part_capped(
    edition: Callable[[str], Instrument],
) -> None:
    """By attributes as above: capped at 30 and at 40; a part scored itself counts as it is."""
    instrument = edition("lsp_driver_2020.yaml")
    model = scoring_of(instrument)
    parts = [part for criterion in model.criteria for part in criterion.parts]
    assert [part.detail for part in parts] == [f"{part.item}_attributes" for part in parts]
    answers: dict[str, Answer] = {"candour": Answered(65)}
    for part, given in (("with_residents", "enabling"), ("gaps_narrowed", "resident")):
        answers |= {f"{part}_attributes.{n}": answer(score) for n, score in ATTRIBUTES[given].items()}
    scores = person_scores(instrument, answers)
    assert [scores[part] for part in ("with_residents", "gaps_narrowed", "candour")] == [30, 40, 65]
    taken = person_attributes(instrument, answers)
    assert taken.keys() == {"with_residents", "gaps_narrowed"}
    assert taken["gaps_narrowed"] == {"trends": 70, "targets": 60, "comparisons": 50, "scope": 40}
