from collections import Counter
from collections.abc import Mapping
from datetime import date

import pytest
import yaml

from lsp_assess.demonstration.figures import FILES, file_of, file_on, mapping_of
from lsp_assess.demonstration.people import ORGANISATIONS
from lsp_assess.demonstration.places import WARDS
from lsp_assess.demonstration.plans import actions, indicator_plans, links, objectives
from lsp_assess.demonstration.questionnaires import DRIVER, STORY, SURVEY, Shipped
from lsp_assess.demonstration.sending import sent
from lsp_assess.demonstration.staff import SIGNING_IN
from lsp_assess.demonstration.stories import ToldStory, Withdrawn, told_stories
from lsp_assess.demonstration.timetable import OPEN_ROUND, past_rounds
from lsp_assess.instruments import Answered, answers_from_json
from lsp_assess.instruments.items import ConsentTo
from lsp_assess.outcomes.trajectory import MOST_LINES
from lsp_assess.stories.links import LinkTarget

NOW = date(2026, 11, 22)


@pytest.fixture(scope="module")
def told() -> tuple[ToldStory, ...]:
    return tuple(told_stories({plan.key: plan.name for plan in ORGANISATIONS}))


@pytest.fixture(scope="module")
def known(shipped: Mapping[str, Shipped]) -> Mapping[LinkTarget, set[str]]:
    """What a link can lead to."""
    series = {one["code"] for name in FILES for one in yaml.safe_load(mapping_of(name).text())["indicators"]}
    return {
        LinkTarget.OBJECTIVE: set(objectives()),
        LinkTarget.INDICATOR: series,
        LinkTarget.QUESTION: {question.name for question in shipped[SURVEY].instrument.questions},
        LinkTarget.PART: {question.name for question in shipped[DRIVER].instrument.questions},
    }


def test_ten_series_are_taken_in_and_each_has_somebody_answerable(
    known: Mapping[LinkTarget, set[str]],
) -> None:
    plans = list(indicator_plans())
    assert {plan.code for plan in plans} == known[LinkTarget.INDICATOR]
    assert len(plans) == 10
    for plan in plans:
        assert len(plan.lines) <= MOST_LINES
        assert sum(line.gives_the_light for line in plan.lines) <= 1


def test_a_release_is_given_the_figures_that_were_out_on_its_day() -> None:
    for name in FILES:
        sizes = [file_on(name, plan.published).content.count(b"\n") for plan in past_rounds()]
        whole = file_of(name)
        assert sizes == sorted(sizes)
        assert sizes[0] < sizes[-1] <= whole.content.count(b"\n")
    assert b"2024/25" not in file_on("social_care_satisfaction", date(2025, 6, 12)).content
    assert b"2024/25" in file_on("social_care_satisfaction", date(2026, 6, 12)).content


def test_what_was_out_is_passed_on_untouched() -> None:
    for name in FILES:
        assert file_on(name, date(2100, 1, 1)).content.splitlines() == file_of(name).content.splitlines()


def test_ten_stories_a_round_by_ten_tellers_and_two_that_wait_for_their_grades(
    told: tuple[ToldStory, ...],
) -> None:
    assert Counter(story.round_number for story in told) == {1: 10, 2: 10, 3: 10, OPEN_ROUND: 2}
    assert len({(story.round_number, story.teller.name) for story in told}) == 32
    waiting = [story for story in told if story.round_number == OPEN_ROUND]
    assert [(story.votes, story.decision) for story in waiting] == [((), None)] * 2
    assert {story.teller.name for story in waiting}.isdisjoint(SIGNING_IN)  # who tries it can grade both


def test_stories_can_be_sent_and_are_read_back(
    told: tuple[ToldStory, ...], shipped: Mapping[str, Shipped]
) -> None:
    instrument = shipped[STORY].instrument
    for story in told:
        entered = sent(instrument, story.answers)
        assert answers_from_json(instrument, entered.submission, today=NOW).problems == ()


def test_a_story_happened_in_a_ward_or_in_the_whole_borough(told: tuple[ToldStory, ...]) -> None:
    places = {Answered(ward.name) for ward in WARDS} | {Answered("The whole borough")}
    assert {story.answers["story_area"] for story in told} <= places


def test_nobody_grades_a_story_of_their_own_and_raters_disagree(told: tuple[ToldStory, ...]) -> None:
    for story in (one for one in told if one.round_number != OPEN_ROUND):
        raters = [vote.rater for vote in story.votes]
        assert story.teller.name not in raters
        assert len(set(raters)) == len(raters) >= 5
    assert any(len({vote.contribution for vote in story.votes}) >= 3 for story in told)


def test_some_consents_are_refused_and_some_withdrawn_before_and_after_release(
    told: tuple[ToldStory, ...],
) -> None:
    assert {story.withdrawn for story in told} == {None, *Withdrawn}
    assert any(not story.consents[ConsentTo.USE] for story in told)
    assert any(not story.consents[ConsentTo.QUOTATION] and story.consents[ConsentTo.USE] for story in told)


def test_links_lead_to_what_there_is(
    told: tuple[ToldStory, ...], known: Mapping[LinkTarget, set[str]]
) -> None:
    for link in links():
        assert link.code in known[link.target], link
        assert link.objective in known[LinkTarget.OBJECTIVE]
    for story in told:
        for story_link in story.links:
            assert story_link.code in known[story_link.target], (story.key, story_link)


def test_each_round_decided_on_actions_and_of_earlier_ones_it_is_told_what_changed() -> None:
    planned = list(actions())
    rounds = Counter(action.round_number for action in planned)
    assert rounds == {1: 5, 2: 5, 3: 5}
    for action in planned:
        assert len(action.stands) == 4 - action.round_number
        assert action.round_number == 3 or action.stands[1].what_changed
