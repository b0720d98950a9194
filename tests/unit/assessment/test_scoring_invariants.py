"""What holds of every edition, whoever answers and however its file weighs."""

import ast
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lsp_assess.assessment.editions import corresponding, frame_of, percentages
from lsp_assess.assessment.parts import medians, partnership_result, summarise_parts
from lsp_assess.assessment.reckoning import reckon
from lsp_assess.assessment.scores import (
    PartScore,
    Respondent,
    attribute_scores,
    person_scores,
    scoring_of,
)
from lsp_assess.instruments.answers import Answer, Answered, Missing
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.instruments.parsing import parse_document
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.errors import Invalid
from tests.unit.assessment.conftest import ENABLERS, asking_attributes, plain

FILES = ["lsp_driver.yaml", "lsp_driver_2010.yaml", "lsp_driver_2020.yaml"]
PACKAGE = Path(__file__).parents[3] / "lsp_assess"
scores = st.integers(0, 20).map(lambda step: Fraction(5 * step))
answers = st.one_of(scores, st.sampled_from(list(MissingKind)))


@cache
def instrument(file: str) -> Instrument:
    return parse_document(plain(file))


def parts_of(file: str) -> list[str]:
    return [part.item for criterion in scoring_of(instrument(file)).criteria for part in criterion.parts]


def reweighted(file: str, draw: st.DrawFn) -> Instrument:
    """The file with shares and points drawn anew: shares sum to 100, points to 1000."""
    questionnaire = plain(file)
    criteria = questionnaire["scoring"]["criteria"]
    cuts = sorted(draw(st.sets(st.integers(1, 999), min_size=len(criteria) - 1, max_size=len(criteria) - 1)))
    for criterion, low, high in zip(criteria, [0, *cuts], [*cuts, 1000], strict=True):
        criterion["points"] = high - low
        weigh(criterion["parts"], draw)
    return parse_document(questionnaire)


def weigh(parts: list[dict[str, Any]], draw: st.DrawFn) -> None:
    weights = draw(st.lists(st.integers(1, 1000), min_size=len(parts), max_size=len(parts)))
    for part, weight in zip(parts, weights, strict=True):
        part["share"] = str(Fraction(100 * weight, sum(weights)))


@st.composite
def weighted(draw: st.DrawFn) -> tuple[Instrument, dict[str, Fraction]]:
    file = draw(st.sampled_from(FILES))
    given_scores = {item: draw(answers) for item in parts_of(file)}
    known = {item: score for item, score in given_scores.items() if isinstance(score, Fraction)}
    return reweighted(file, draw), known


@st.composite
def people(draw: st.DrawFn) -> tuple[str, list[Respondent]]:
    file = draw(st.sampled_from(FILES))
    held: list[dict[str, PartScore]] = draw(
        st.lists(st.fixed_dictionaries(dict.fromkeys(parts_of(file), answers)), min_size=1, max_size=6)
    )
    return file, [Respondent(UUID(int=n), UUID(int=n), one) for n, one in enumerate(held, start=1)]


@settings(max_examples=40, deadline=None)
@given(weighted())
def test_no_weighting_of_parts_takes_a_total_above_1000(
    drawn: tuple[Instrument, dict[str, Fraction]],
) -> None:
    edition, known = drawn
    model = scoring_of(edition)
    result = reckon(model, known)
    assert model.points == 1000
    assert result.total is None or 0 <= result.total <= 1000
    assert all(c.points is None or 0 <= c.points <= c.possible for c in result.criteria)
    assert reckon(model, dict.fromkeys(known, Fraction(100))).total in (None, 1000)
    followed = percentages(corresponding(edition, frame_of(edition)), known)
    assert all(percent is None or 0 <= percent <= 100 for percent in followed.values())


@pytest.mark.parametrize("file", FILES)
def test_shares_that_sum_to_more_than_a_hundred_are_refused(file: str) -> None:
    questionnaire = plain(file)
    questionnaire["scoring"]["criteria"][5]["parts"][0]["share"] = 80
    with pytest.raises(Invalid) as caught:
        parse_document(questionnaire)
    assert [each.code for each in caught.value.problems] == ["Q501"]


@settings(max_examples=40, deadline=None)
@given(people(), st.randoms(use_true_random=False))
def test_the_order_of_respondents_is_irrelevant(drawn: tuple[str, list[Respondent]], chance: Any) -> None:
    file, held = drawn
    model = scoring_of(instrument(file))
    shuffled = chance.sample(held, len(held))
    assert summarise_parts(model, shuffled) == summarise_parts(model, held)
    assert partnership_result(model, shuffled) == partnership_result(model, held)


@settings(max_examples=40, deadline=None)
@given(people(), st.sampled_from(list(MissingKind)))
def test_one_more_who_does_not_know_changes_no_median_no_points_and_no_trend(
    drawn: tuple[str, list[Respondent]], why: MissingKind
) -> None:
    file, held = drawn
    edition = instrument(file)
    model, criteria = scoring_of(edition), corresponding(edition, frame_of(edition))
    joined = [*held, Respondent(UUID(int=99), UUID(int=99), dict.fromkeys(parts_of(file), why))]
    assert medians(model, joined) == medians(model, held)
    assert partnership_result(model, joined) == partnership_result(model, held)
    followed = [percentages(criteria, medians(model, of)) for of in (held, joined)]
    assert followed[0] == followed[1]


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(FILES),
    st.dictionaries(st.sampled_from([a for names in ENABLERS.values() for a in names]), scores),
)
def test_a_dont_know_about_an_attribute_changes_no_mean(file: str, known: dict[str, Fraction]) -> None:
    edition = _asked(file)
    part = scoring_of(edition).criteria[0].parts[0]
    grid = part.detail
    assert grid is not None
    given_answers: dict[str, Answer] = {f"{grid}.{n}": Answered(int(score)) for n, score in known.items()}
    unknown = [f"{grid}.{n}" for names in ENABLERS.values() for n in names if n not in known]
    doubted = given_answers | {name: Missing(MissingKind.DONT_KNOW) for name in unknown}
    assert attribute_scores(edition, grid, doubted) == attribute_scores(edition, grid, given_answers) == known
    before, after = (person_scores(edition, of)[part.item] for of in (given_answers, doubted))
    assert before == after


@cache
def _asked(file: str) -> Instrument:
    return asking_attributes(file, caps={})


def test_the_code_that_scores_holds_no_number_of_any_edition() -> None:
    """Points, shares, spread and coverage of the three editions, but for the hundred of per cent and the
    ten of decimal places."""
    models = [scoring_of(instrument(file)) for file in FILES]
    numbers = {
        *(criterion.points for model in models for criterion in model.criteria),
        *(100 * part.share for m in models for c in m.criteria for part in c.parts),
        *(part.share for m in models for c in m.criteria for part in c.parts),
        *(model.spread_to_discuss for model in models),
        *(model.points for model in models),
        *(model.minimum_coverage for model in models),
    } - {10, 100}
    files = [*(PACKAGE / "assessment").glob("*.py"), PACKAGE / "instruments/scoring.py"]
    found = {
        (path.name, node.value)
        for path in files
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and node.value in numbers
    }
    assert len(files) > 5
    assert found == set()
