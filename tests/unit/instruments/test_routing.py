"""Routing takes questions away; what it takes away stays in the draft and leaves the submission."""

import pytest

from lsp_assess.instruments import (
    Answered,
    Missing,
    MissingKind,
    answers_from_json,
    derive,
    in_base,
    parse,
    route,
    routing_json,
    submission,
)
from lsp_assess.kernel.errors import Invalid
from tests.unit.instruments.conftest import HEAD, TODAY, read_tiny

NOT_ASKED = Missing(MissingKind.NOT_ASKED)
UNANSWERED = Missing(MissingKind.UNANSWERED)
DONT_KNOW = Missing(MissingKind.DONT_KNOW)
WORSE = {"change": Answered("worse"), "age": Answered(40), "why": Answered("Litter everywhere")}


def test_without_answers_only_what_has_no_condition_is_asked() -> None:
    assert route(read_tiny("routing"), {}) == ("change", "age", "seen")


def test_a_section_is_asked_once_its_condition_holds() -> None:
    assert route(read_tiny("routing"), WORSE) == ("change", "age", "seen", "why", "trust")
    trusting = WORSE | {"trust.police": Answered(5)}
    assert route(read_tiny("routing"), trusting)[-1] == "thanks"


def test_an_answer_that_is_no_longer_asked_decides_nothing() -> None:
    answers = WORSE | {"change": Answered("better"), "trust.police": Answered(5)}
    assert route(read_tiny("routing"), answers) == ("change", "age", "seen")


def test_answers_that_routing_takes_away_leave_the_submission_and_stay_in_the_draft() -> None:
    draft = WORSE | {"change": Answered("better")}
    sent = submission(read_tiny("routing"), draft)
    assert sent.problems == ()
    assert sent.answers == {
        "change": Answered("better"),
        "age": Answered(40),
        "seen": UNANSWERED,
        "why": NOT_ASKED,
        "trust.police": NOT_ASKED,
    }
    assert draft["why"] == Answered("Litter everywhere")


def test_a_required_question_is_answered_or_has_a_reason() -> None:
    single = read_tiny("single")
    problems = submission(single, {}).problems
    assert [(each.code, each.place.question) for each in problems] == [("A101", "area_change")]
    assert submission(single, {"area_change": DONT_KNOW}).problems == ()


def test_a_required_question_that_is_not_asked_is_not_required() -> None:
    text = "sections:\n  - name: a\n    title: {en: A}\n    items:\n"
    text += "      - {name: one, type: short_text, text: {en: One}}\n"
    text += "      - {name: two, type: short_text, text: {en: Two}, required: yes, show_if: answered(one)}\n"
    instrument = parse(HEAD + text, file="f")
    assert submission(instrument, {}).problems == ()
    problems = submission(instrument, {"one": Answered("x")}).problems
    assert [each.place.question for each in problems] == ["two"]


def test_not_asked_is_found_out_and_never_claimed() -> None:
    parsed = answers_from_json(read_tiny("single"), {"area_change": {"missing": "not_asked"}}, today=TODAY)
    assert submission(read_tiny("single"), parsed.answers).answers == {"area_change": UNANSWERED}


def test_an_answer_to_a_question_of_another_questionnaire_is_refused() -> None:
    problems = submission(read_tiny("texts"), {"area_change": Answered("worse")}).problems
    assert [(each.code, each.place.question) for each in problems] == [("A113", "area_change")]


def test_the_browser_gets_a_tree_for_each_item_with_a_condition() -> None:
    trees = routing_json(read_tiny("routing"))
    assert set(trees) == {"why", "trust", "thanks"}
    assert trees["trust"] == {"op": "answered", "name": "why"}
    assert trees["thanks"] == {
        "op": "and",
        "of": [trees["trust"], {"op": "in", "left": {"name": "trust.police"}, "right": {"list": [5]}}],
    }


def test_local_questions_may_route_on_what_they_extend_and_not_forward() -> None:
    base = read_tiny("routing")
    local = (
        'name: local\nversion: "1.0"\nextends: {name: routing, version: "1.0"}\n'
        "sections:\n  - {name: harbour, after: area, title: {en: Harbour}, items: ["
        "{name: view, type: note, text: {en: View}, show_if: answered(trust.police)}]}\n"
    )
    with pytest.raises(Invalid) as caught:
        parse(local, file="local", shipped={("routing", "1.0"): base})
    assert [(each.code, each.place.line) for each in caught.value.problems] == [("Q403", 5)]


@pytest.mark.parametrize(
    ("answer", "counted"),
    [(Answered("yes"), True), (DONT_KNOW, True), (UNANSWERED, True), (NOT_ASKED, False)],
)
def test_the_base_of_all_holds_everybody_who_was_asked(answer, counted: bool) -> None:
    assert in_base(read_tiny("bases").question("heard"), {"heard": answer}) is counted


@pytest.mark.parametrize(
    ("answer", "counted"),
    [(Answered(2), True), (Answered(1), True), (Answered(0), False), (DONT_KNOW, False)],
)
def test_the_base_of_opinions_leaves_out_those_who_express_none(answer, counted: bool) -> None:
    assert in_base(read_tiny("bases").question("get_on"), {"get_on": answer}) is counted


def test_a_base_can_be_those_who_said_something_else() -> None:
    satisfied = read_tiny("bases").question("satisfied")
    assert in_base(satisfied, {"heard": Answered("yes"), "satisfied": Answered(2)})
    assert not in_base(satisfied, {"heard": Answered("no"), "satisfied": Answered(2)})
    assert not in_base(satisfied, {"heard": Answered("yes"), "satisfied": DONT_KNOW})


def test_answered_is_the_base_where_none_is_named() -> None:
    asb = read_tiny("grid").question("asb.litter")
    assert in_base(asb, {"asb.litter": Answered(0)})
    assert not in_base(asb, {"asb.litter": DONT_KNOW})


def test_a_sum_needs_all_its_answers() -> None:
    grid = read_tiny("grid")
    assert derive(grid, {"asb.litter": Answered(3), "asb.noise": Answered(2)}) == {"asb_index": 5}
    assert derive(grid, {"asb.litter": Answered(3), "asb.noise": DONT_KNOW}) == {"asb_index": None}
    assert derive(grid, {"asb.litter": Answered(3)}) == {"asb_index": None}
