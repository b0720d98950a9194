"""A criterion followed from edition to edition: the hand-scored rounds of the three editions, in the nine
criteria of the driver."""

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from lsp_assess.assessment.editions import Frame, corresponding, frame_of, percentages, same_parts
from lsp_assess.assessment.parts import medians
from lsp_assess.assessment.scores import scoring_of
from lsp_assess.instruments.instrument import BasedOn, Instrument
from lsp_assess.instruments.parsing import parse_document
from tests.unit.assessment.conftest import plain
from tests.unit.assessment.test_editions_by_hand import HANDS, three_people

THE_DRIVER = Frame("lsp_driver", "1.0")
IN_THE_NINE = {
    "lsp_driver.yaml": {
        "leadership": Fraction(45),
        "strategy": Fraction(50),
        "people": Fraction(51),
        "resources": Fraction(30),
        "processes": Fraction(60),
        "resident_results": Fraction(45),
        "partner_results": Fraction(90),
        "society_results": Fraction(50),
        "key_results": Fraction("52.5"),
    },
    "lsp_driver_2010.yaml": {
        "leadership": Fraction(50),
        "strategy": Fraction(45),
        "people": None,
        "resources": Fraction(95, 3),
        "processes": Fraction(60),
        "resident_results": Fraction("51.25"),
        "partner_results": Fraction(70),
        "society_results": Fraction(50),  # ¼·20 + ¾·60, the driver's split and not the edition's
        "key_results": Fraction(60),
    },
    "lsp_driver_2020.yaml": {
        "leadership": Fraction(40),  # purpose 50, leading together 30, plain speaking 40
        "strategy": Fraction(205, 3),  # the area 50, the plan 80, choosing 75
        "people": Fraction("37.5"),  # room to learn 20, with those who work 55; residents missing
        "resources": Fraction("37.5"),  # other bodies 45, means 30; data missing
        "processes": Fraction(40),  # made 60, delivered 45, managed 15
        "resident_results": Fraction("53.75"),  # ¾·45 + ¼·80
        "partner_results": Fraction(80),  # who stays is missing
        "society_results": Fraction(20),  # what people say is missing
        "key_results": Fraction(50),  # ½·60 + ½·40
    },
}


@pytest.mark.parametrize("file", IN_THE_NINE)
def test_each_edition_is_told_in_the_nine_criteria_by_hand(
    edition: Callable[[str], Instrument], file: str
) -> None:
    instrument = edition(file)
    scores = medians(scoring_of(instrument), three_people(instrument, HANDS[file]))
    assert percentages(corresponding(instrument, THE_DRIVER), scores) == IN_THE_NINE[file]


def test_editions_stand_in_the_frame_to_which_they_lead_and_the_driver_in_its_own(
    edition: Callable[[str], Instrument],
) -> None:
    assert {frame_of(edition(file)) for file in HANDS} == {THE_DRIVER}


def test_without_a_declared_crosswalk_nothing_corresponds() -> None:
    questionnaire = plain("lsp_driver_2020.yaml")
    del questionnaire["scoring"]["crosswalk"]
    alone = parse_document(questionnaire)
    assert frame_of(alone) == Frame("lsp_driver_2020", "1.1")
    assert corresponding(alone, THE_DRIVER) == ()


def test_another_version_of_the_driver_is_another_frame(driver: Instrument) -> None:
    assert corresponding(replace(driver, version="2.0"), THE_DRIVER) == ()


def test_local_questions_leave_the_driver_in_its_frame(driver: Instrument) -> None:
    local = replace(driver, name="riverside", based_on=BasedOn("lsp_driver", "1.0", "ab" * 32))
    assert frame_of(local) == THE_DRIVER


def test_two_editions_do_not_score_the_same_parts(edition: Callable[[str], Instrument]) -> None:
    ours, other = edition("lsp_driver.yaml"), edition("lsp_driver_2010.yaml")
    assert same_parts(ours, replace(ours, version="1.1"))
    assert not same_parts(ours, other)
