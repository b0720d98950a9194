"""Attribute → element → part → cap, by hand."""

from collections.abc import Mapping
from fractions import Fraction

import pytest

from lsp_assess.assessment.scores import NotScored, from_attributes, person_scores
from lsp_assess.instruments.answers import NOT_ASKED, Answer, Answered, Missing
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.parsing import parse
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.instruments.scoring import Attribute, Element, GroupElements

ENABLER = GroupElements(
    "enabler",
    (
        Element("approach", None, (Attribute("sound"), Attribute("integrated"))),
        Element("deployment", None, (Attribute("implemented"), Attribute("systematic"))),
        Element("review", None, (Attribute("measured"), Attribute("learned"), Attribute("improved"))),
    ),
    cap="sound",
)
DETAILED = """
name: detailed
version: '1.0'
kind: self_assessment
languages: {en: reviewed}
title: {en: Detailed}
scales:
  radar:
    range: {from: 0, to: 100, step: 5}
    points:
      - {value: 0, label: {en: Nothing}}
      - {value: 100, label: {en: Everything}}
sections:
  - name: one
    title: {en: One}
    items:
      - {name: vision, type: scale, scale: radar, text: {en: Vision}, missing: [dont_know]}
      - name: vision_detail
        type: grid
        scale: radar
        text: {en: Vision in detail}
        rows:
          - {name: sound_1, attribute: sound, text: {en: Reasoned}}
          - {name: sound_2, attribute: sound, text: {en: Clear}}
          - {name: implemented, text: {en: Done}}
scoring:
  scale: radar
  elements:
    enabler:
      - {name: approach, attributes: [{name: sound}]}
      - {name: deployment, attributes: [{name: implemented}]}
  caps: {enabler: sound}
  criteria:
    - number: 1
      name: leadership
      group: enabler
      points: 100
      title: {en: Leadership}
      parts:
        - {item: vision, detail: vision_detail}
"""


def scores(**by_attribute: int) -> Mapping[str, Fraction]:
    return {name: Fraction(score) for name, score in by_attribute.items()}


@pytest.fixture(scope="module")
def detailed() -> Instrument:
    return parse(DETAILED, file="detailed.yaml")


def test_elements_weigh_equally_however_many_attributes_they_have() -> None:
    # approach (80 + 60)/2 = 70, deployment (40 + 20)/2 = 30, review (30 + 20 + 10)/3 = 20: mean 40
    score = from_attributes(
        ENABLER,
        scores(sound=80, integrated=60, implemented=40, systematic=20, measured=30, learned=20, improved=10),
    )
    assert score == 40


def test_an_enabler_never_exceeds_the_soundness_of_its_approach() -> None:
    # approach (20 + 80)/2 = 50, deployment 80, review 80: mean 70, capped at sound = 20
    score = from_attributes(
        ENABLER,
        scores(sound=20, integrated=80, implemented=80, systematic=80, measured=80, learned=80, improved=80),
    )
    assert score == 20


def test_missing_attributes_and_elements_are_left_out_of_their_means() -> None:
    # approach 60, deployment 30, review not scored: 45
    assert from_attributes(ENABLER, scores(sound=60, implemented=30)) == 45


def test_a_cap_that_nobody_scored_caps_nothing() -> None:
    assert from_attributes(ENABLER, scores(integrated=20, implemented=80)) == 50


def test_full_precision_is_kept() -> None:
    assert from_attributes(ENABLER, scores(measured=50, learned=50, improved=0)) == Fraction(100, 3)


def test_statements_make_the_attribute_and_come_before_the_score_of_the_part(
    detailed: Instrument,
) -> None:
    # sound (60 + 80)/2 = 70, implemented 30: part 50, below the cap; the 95 for the part is not used
    answers: dict[str, Answer] = {
        "vision": Answered(95),
        "vision_detail.sound_1": Answered(60),
        "vision_detail.sound_2": Answered(80),
        "vision_detail.implemented": Answered(30),
    }
    assert person_scores(detailed, answers) == {"vision": 50}


def test_without_attributes_the_score_of_the_part_counts(detailed: Instrument) -> None:
    answers: dict[str, Answer] = {"vision": Answered(95), "vision_detail.sound_1": NOT_ASKED}
    assert person_scores(detailed, answers) == {"vision": 95}


@pytest.mark.parametrize("kind", list(MissingKind))
def test_a_missing_score_keeps_its_reason(detailed: Instrument, kind: MissingKind) -> None:
    assert person_scores(detailed, {"vision": Missing(kind)}) == {"vision": kind}


def test_what_is_not_mentioned_is_unanswered(detailed: Instrument) -> None:
    assert person_scores(detailed, {}) == {"vision": MissingKind.UNANSWERED}


@pytest.mark.parametrize("value", ["95", True])
def test_a_score_that_is_no_number_is_not_swallowed(detailed: Instrument, value: str) -> None:
    with pytest.raises(NotScored):
        person_scores(detailed, {"vision": Answered(value)})


def test_the_driver_asks_one_score_for_each_of_32_parts(driver: Instrument) -> None:
    assert set(person_scores(driver, {}).values()) == {MissingKind.UNANSWERED}
    assert len(person_scores(driver, {})) == 32
