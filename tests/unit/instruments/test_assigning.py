"""A person who is asked a part of a questionnaire is asked what belongs to it and nothing else."""

import pytest

from lsp_assess.instruments import Instrument, narrowed, parse, portions, submission
from lsp_assess.instruments.answers import UNANSWERED, Answered
from lsp_assess.shipped import shipped_folder

ROUTED = """
name: routed
version: "1.0"
kind: self_assessment
languages: {en: reviewed}
title: {en: Routed}
minutes: 6
sections:
  - name: first
    title: {en: First}
    items:
      - {name: works, type: single, text: {en: Works?}, choices: [{value: y, label: {en: Yes}}, {value: n, label: {en: No}}]}
      - {name: other, type: short_text, text: {en: Other?}}
  - name: second
    title: {en: Second}
    show_if: works == "y"
    items:
      - {name: how, type: short_text, text: {en: How?}}
"""  # noqa: E501


@pytest.fixture(scope="module")
def driver() -> Instrument:
    file = shipped_folder("questionnaires") / "lsp_driver.yaml"
    return parse(file.read_text(encoding="utf-8"), file=file.name)


def names(instrument: Instrument) -> list[str]:
    return [each.name for each in instrument.questions]


def test_the_driver_can_be_assigned_part_by_part(driver: Instrument) -> None:
    assert len(list(portions(driver))) == 32


def test_of_two_parts_their_questions_are_asked_and_what_their_section_asks_beside_them(
    driver: Instrument,
) -> None:
    asked = narrowed(driver, ["shared_vision", "evidence_of_need"])
    assert [section.name for section in asked.sections] == ["leadership", "strategy"]
    assert names(asked)[:2] == ["shared_vision", "evidence_leadership"]
    assert "senior_commitment" not in names(asked)
    assert "strengths_strategy" in names(asked)


def test_its_minutes_are_the_share_of_the_whole(driver: Instrument) -> None:
    assert driver.minutes == 20
    assert narrowed(driver, ["shared_vision"]).minutes == 1


def test_without_an_assignment_everything_is_asked(driver: Instrument) -> None:
    assert narrowed(driver, []) is driver


def test_what_decides_whether_a_question_is_asked_is_asked_with_it() -> None:
    whole = parse(ROUTED, file="routed.yaml")
    asked = narrowed(whole, ["second"])
    assert names(asked) == ["works", "how"]
    ready = submission(asked, {"works": Answered("y")})
    assert ready.answers == {"works": Answered("y"), "how": UNANSWERED}
