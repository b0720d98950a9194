from fractions import Fraction
from uuid import UUID

from lsp_assess.assessment.parts import (
    PartSummary,
    Talk,
    median,
    partnership_result,
    summarise_part,
)
from lsp_assess.assessment.scores import PartScore, Respondent, scoring_of
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.scales import MissingKind


def people(*scores: PartScore) -> list[Respondent]:
    return [Respondent(UUID(int=n), UUID(int=100), {"vision": score}) for n, score in enumerate(scores)]


def summary(*scores: PartScore) -> PartSummary:
    return summarise_part("vision", people(*scores), spread_to_discuss=25)


def test_the_median_of_an_even_number_lies_between_the_two_in_the_middle() -> None:
    assert median([Fraction(10), Fraction(90), Fraction(45), Fraction(20)]) == Fraction(65, 2)
    assert median([]) is None


def test_the_whole_distribution_and_every_reason_for_missing_are_told() -> None:
    told = summary(
        Fraction(40), Fraction(60), Fraction(40), MissingKind.DONT_KNOW, MissingKind.REFUSED, Fraction(80)
    )
    assert (told.n, told.median) == (4, 50)
    assert told.strip == ((40, 2), (60, 1), (80, 1))
    assert told.missing == ((MissingKind.DONT_KNOW, 1), (MissingKind.REFUSED, 1))
    assert told.dominant_share == 0.5


def test_a_spread_of_25_is_flagged_and_one_of_20_is_not() -> None:
    assert summary(Fraction(40), Fraction(65)).talk is Talk.FLAGGED
    assert summary(Fraction(40), Fraction(60)).talk is Talk.NOT_FLAGGED


def test_a_part_that_nobody_scored_has_no_median_and_no_spread() -> None:
    told = summary(MissingKind.DONT_KNOW)
    assert (told.n, told.median, told.spread, told.talk) == (0, None, None, Talk.NOT_FLAGGED)


def test_the_partnership_scores_by_the_median_of_its_people(driver: Instrument) -> None:
    model = scoring_of(driver)
    items = [part.item for criterion in model.criteria for part in criterion.parts]
    group = [
        Respondent(UUID(int=n), UUID(int=n), dict.fromkeys(items, Fraction(score)))
        for n, score in enumerate((0, 30, 100))
    ]
    assert partnership_result(model, group).total == 300  # a mean would have made it 433
