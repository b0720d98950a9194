from collections.abc import Mapping
from datetime import date
from statistics import median

import pytest

from lsp_assess.assessment.consensus import AgreedScore, check_agreed
from lsp_assess.demonstration.driver_scores import SECTOR_OF, part_scores
from lsp_assess.demonstration.meeting import agree
from lsp_assess.demonstration.partner_opinions import perception_answers, wheel_answers
from lsp_assess.demonstration.people import partners_in
from lsp_assess.demonstration.questionnaires import DRIVER, PERCEPTIONS, WHEEL, Shipped
from lsp_assess.demonstration.remarks import remarks_in
from lsp_assess.demonstration.sending import sent
from lsp_assess.instruments import answers_from_json
from lsp_assess.instruments.answers import Answered
from lsp_assess.instruments.scoring import ScoringModel
from lsp_assess.partnerships.organisations import Sector

TO_DISCUSS = 25


@pytest.fixture(scope="module")
def model(shipped: Mapping[str, Shipped]) -> ScoringModel:
    found = shipped[DRIVER].instrument.scoring
    assert found is not None
    return found


def scores(model: ScoringModel, round_number: int, part: str, *sectors: Sector) -> list[int]:
    given = [
        part_scores(model, partner, round_number)[part]
        for partner in partners_in(round_number)
        if not sectors or SECTOR_OF[partner.organisation] in sectors
    ]
    return [int(answer.value) for answer in given if isinstance(answer, Answered)]  # type: ignore[arg-type]


def spread(values: list[int]) -> int:
    return max(values) - min(values)


def test_most_parts_are_disputed_by_25_points_or_more_and_some_are_not(model: ScoringModel) -> None:
    parts = [part.item for criterion in model.criteria for part in criterion.parts]
    for round_number in (1, 2, 3):
        disputed = [part for part in parts if spread(scores(model, round_number, part)) >= TO_DISCUSS]
        assert len(parts) / 2 < len(disputed) < len(parts) - 3


def test_the_council_hears_more_community_voice_than_the_residents_do(model: ScoringModel) -> None:
    for round_number in (1, 2, 3):
        council = median(scores(model, round_number, "community_voice", Sector.COUNCIL))
        residents = median(scores(model, round_number, "community_voice", Sector.RESIDENTS))
        assert council - residents >= TO_DISCUSS


def test_scores_rise_in_some_criteria_and_fall_in_others(model: ScoringModel) -> None:
    def middle(criterion: str, round_number: int) -> float:
        parts = next(c.parts for c in model.criteria if c.name == criterion)
        return sum(median(scores(model, round_number, part.item)) for part in parts) / len(parts)

    assert middle("processes", 3) - middle("processes", 1) >= 10
    assert middle("people", 3) - middle("people", 1) <= -5
    assert abs(middle("strategy", 3) - middle("strategy", 1)) <= 5


@pytest.mark.parametrize("round_number", [1, 2, 3])
def test_what_partners_answer_can_be_sent_and_is_read_back(
    shipped: Mapping[str, Shipped], model: ScoringModel, round_number: int
) -> None:
    partners = tuple(partners_in(round_number))
    remarks = remarks_in(round_number, partners)
    for partner in partners:
        for name, answers in (
            (DRIVER, {**part_scores(model, partner, round_number), **remarks[partner.name]}),
            (WHEEL, wheel_answers(partner, round_number)),
            (PERCEPTIONS, perception_answers(partner, round_number)),
        ):
            instrument = shipped[name].instrument
            entered = sent(instrument, answers)
            read = answers_from_json(instrument, entered.submission, today=date(2026, 6, 1))
            assert read.problems == ()
            assert set(entered.draft) <= set(entered.submission)


def test_enough_people_write_on_each_criterion_that_their_words_may_be_shown(model: ScoringModel) -> None:
    written = remarks_in(3, tuple(partners_in(3)))
    for criterion in model.criteria:
        writers = [
            name for name, said in written.items() if any(item.endswith(criterion.name) for item in said)
        ]
        assert len(writers) >= 5


def test_meetings_agree_on_points_of_the_scale_with_reasons(
    shipped: Mapping[str, Shipped], model: ScoringModel
) -> None:
    people = [part_scores(model, partner, 2) for partner in partners_in(2)]
    agreed = list(agree(model, people, 2))
    scale = next(scale for scale in shipped[DRIVER].instrument.scales if scale.name == model.scale)
    assert len(agreed) == 32
    for part in agreed:
        check_agreed(AgreedScore(part.item, part.score, part.rationale), scale)
    assert any(part.dissent for part in agreed)
    moved = [part.score - median(scores(model, 2, part.item)) for part in agreed]
    assert min(moved) <= -10
    assert max(moved) >= 0
