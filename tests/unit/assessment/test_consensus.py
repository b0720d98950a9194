from fractions import Fraction

import pytest

from lsp_assess.assessment.consensus import (
    AgreedScore,
    Dissent,
    FindingKind,
    MeetingFinding,
    agreed_result,
    check_agreed,
    moved,
    ranked,
)
from lsp_assess.assessment.scores import scoring_of
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.scales import Scale, Steps
from lsp_assess.kernel.errors import Invalid

RADAR = Scale("radar", (), Steps(0, 100, 5))


def test_the_agreed_scores_go_through_the_same_arithmetic(driver: Instrument) -> None:
    sixth = next(c for c in scoring_of(driver).criteria if c.number == 6)
    agreed = [
        AgreedScore(part.item, score, "Agreed") for part, score in zip(sixth.parts, (40, 60), strict=True)
    ]
    assert agreed_result(scoring_of(driver), agreed).criterion("resident_results").points == 90


def test_how_far_the_meeting_moved_is_told_for_each_part_that_people_scored() -> None:
    agreed = [AgreedScore("vision", 45, "Seen twice"), AgreedScore("skills", 60, "New")]
    assert moved({"vision": Fraction(105, 2)}, agreed) == {"vision": Fraction(-15, 2)}


def test_an_agreed_score_stands_on_the_scale_and_has_its_reasons() -> None:
    check_agreed(AgreedScore("vision", 45, "Seen twice", (Dissent("Too high for us"),)), RADAR)
    with pytest.raises(Invalid) as refused:
        check_agreed(AgreedScore("vision", 47, " ", (Dissent(""),)), RADAR)
    assert [each.code for each in refused.value.problems] == [
        "agreed_score_off_scale",
        "agreed_score_without_rationale",
        "dissent_without_words",
    ]
    assert {each.place.question for each in refused.value.problems} == {"vision"}


def test_findings_are_ranked_by_impact_times_feasibility() -> None:
    a = MeetingFinding(FindingKind.IMPROVEMENT, "a", impact=2, feasibility=5)
    b = MeetingFinding(FindingKind.IMPROVEMENT, "b", impact=4, feasibility=3)
    c = MeetingFinding(FindingKind.STRENGTH, "c", impact=5, feasibility=2)
    assert [finding.words for finding in ranked([a, b, c])] == ["b", "c", "a"]


def test_impact_and_feasibility_run_from_1_to_5() -> None:
    with pytest.raises(Invalid):
        MeetingFinding(FindingKind.IMPROVEMENT, "a", impact=0, feasibility=5)
    with pytest.raises(Invalid):
        MeetingFinding(FindingKind.IMPROVEMENT, "a", impact=5, feasibility=6)
