"""The comparative report: nine sections in order, from releases alone."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace

import pytest

from lsp_assess.disclosure.release import InstrumentStated, ReleaseDocument, RoundStated
from lsp_assess.disclosure.values import Estimate, VerdictCode
from lsp_assess.kernel.errors import Invalid
from lsp_assess.kernel.messages import Message, given
from lsp_assess.rendering.wording import say
from lsp_assess.reports.comparative import comparative_report
from lsp_assess.reports.model import (
    Bullets,
    Findings,
    Nothing,
    Paragraph,
    Report,
    SectionKey,
    StoryBlock,
    StoryGone,
    TableBlock,
)
from tests.unit.reports.worlds import STORY, evidence, first_release, release, story_text


def report(**changes: object) -> Report:
    return comparative_report([first_release(), release(**changes)], stories={STORY: story_text()})


def messages(value: object) -> Iterator[Message]:
    """Everything that the report says."""
    if isinstance(value, Message):
        yield value
        for param in value.params.values():
            yield from messages(param)
    elif isinstance(value, tuple | list):
        for item in value:
            yield from messages(item)
    elif is_dataclass(value) and not isinstance(value, type):
        for field in fields(value):
            yield from messages(getattr(value, field.name))


def findings(of: Report) -> Findings:
    blocks = of.section(SectionKey.WHAT_CHANGED).blocks
    return next(block for block in blocks if isinstance(block, Findings))


def test_the_sections_stand_in_the_order_of_the_domain() -> None:
    assert [section.key for section in report().sections] == list(SectionKey)


def test_everything_that_the_report_says_has_words() -> None:
    said = list(messages(report()))
    assert len(said) > 200
    for one in said:
        assert say(one)


def test_page_two_has_at_most_five_findings_each_with_a_place_to_read_on() -> None:
    made = report()
    found = findings(made).items
    assert 3 <= len(found) <= 5
    assert {one.target for one in found} <= {table.id for table in made.tables}
    resident = next(one for one in found if one.target.startswith("level_two.residents"))
    assert isinstance(resident.figure, Estimate)
    assert resident.figure.low is not None
    assert resident.verdict is not None
    assert resident.verdict.code is VerdictCode.MATERIAL_CHANGE
    assert say(resident.sentence) == (
        "More residents answer “point 4” or “point 5” than in 2024: Satisfied with the area"
    )


def test_the_actions_of_the_last_round_open_and_those_of_this_one_wait() -> None:
    tables = report().section(SectionKey.LAST_ACTIONS).tables
    assert [table.id for table in tables] == ["last_actions.r1"]
    assert say(tables[0].finding) == "1 of 1 action is done."


def test_every_section_without_data_says_why_in_a_line() -> None:
    empty = evidence(
        driver=None,
        survey=None,
        outcomes=(),
        stories=None,
        responses=(),
        fieldwork=(),
        actions=(),
        objectives=(),
    )
    made = comparative_report([release(empty, stories=())], stories={})
    for section in made.sections:
        if section.key is not SectionKey.METHOD:
            assert any(isinstance(block, Nothing) and say(block.reason) for block in section.blocks)


def test_no_consensus_and_no_challenge_are_said_to_be_missing() -> None:
    made = report()
    level_one = [b.reason.code for b in made.section(SectionKey.LEVEL_ONE).blocks if isinstance(b, Nothing)]
    assert "reports.nothing.consensus" in level_one
    challenge = made.section(SectionKey.CHALLENGE).blocks
    assert [b.reason.code for b in challenge if isinstance(b, Nothing)] == ["reports.nothing.challenge"]


def test_a_story_is_told_and_a_withdrawn_one_leaves_its_place() -> None:
    told = report().section(SectionKey.LEVEL_THREE).blocks
    assert any(isinstance(block, StoryBlock) for block in told)
    gone = comparative_report([release()], stories={}).section(SectionKey.LEVEL_THREE).blocks
    assert [block for block in gone if isinstance(block, StoryGone)] == [StoryGone(STORY)]
    assert not any(isinstance(block, StoryBlock) for block in gone)


def test_a_story_that_is_not_the_one_released_is_refused() -> None:
    forged = replace(story_text(), title=given("Another"))
    with pytest.raises(Invalid):
        comparative_report([release()], stories={STORY: forged})


def test_the_order_in_which_releases_are_handed_over_is_no_matter() -> None:
    forward = comparative_report([first_release(), release()], stories={STORY: story_text()})
    backward = comparative_report([release(), first_release()], stories={STORY: story_text()})
    assert forward == backward


def test_a_report_of_the_last_round_alone_compares_nothing() -> None:
    made = comparative_report([release()], stories={STORY: story_text()})
    assert made.cover.title.code == "reports.title.one_round"
    assert not [t.id for t in made.tables if ".change." in t.id or ".matched." in t.id]
    criteria = next(table for table in made.tables if table.id == "level_one.criteria")
    assert [column.key for column in criteria.columns] == ["label", "possible", "value:r2"]
    assert say(criteria.finding) == "The partners score the partnership 165 of 300 points."


def test_a_chart_and_its_table_are_one_block() -> None:
    blocks = report().section(SectionKey.LEVEL_TWO).blocks
    assert any(isinstance(block, TableBlock) for block in blocks)


OTHER_PARTNERSHIP = replace(first_release(), partnership_key="another")


@pytest.mark.parametrize(
    ("releases", "code"),
    [
        ([], "report_without_release"),
        ([release(), release()], "report_round_twice"),
        ([release(), OTHER_PARTNERSHIP], "report_of_two_partnerships"),
    ],
)
def test_releases_that_make_no_comparison_are_refused(releases: list[ReleaseDocument], code: str) -> None:
    with pytest.raises(Invalid) as caught:
        comparative_report(releases, stories={})
    assert caught.value.problems[0].code == code


def test_a_round_published_after_the_last_needs_the_last_to_be_published_again() -> None:
    between = replace(first_release(), rounds=(RoundStated("r9", given("2023"), 0),))
    with pytest.raises(Invalid) as caught:
        comparative_report([between, release()], stories={STORY: story_text()})
    assert caught.value.problems[0].code == "report_round_not_compared"


def test_the_report_is_vouched_for_by_every_release() -> None:
    made = report()
    assert made.release_hashes == (first_release().sha256, release().sha256)
    assert release().sha256[:8] in say(made.cite)


def test_the_actions_of_page_two_name_the_round_that_they_followed() -> None:
    blocks = report().section(SectionKey.WHAT_CHANGED).blocks
    told = [say(block.text) for block in blocks if isinstance(block, Paragraph)]
    assert "Actions decided after 2024: 1 of 1 action is done." in told


def test_every_finding_that_counts_says_of_how_many() -> None:
    counted = [one for one in findings(report()).items if one.verdict is None]
    assert counted
    assert all(one.figure is not None and one.counts is not None for one in counted)


def test_tables_of_which_nothing_may_be_shown_are_one_line_together() -> None:
    survey = evidence().survey
    assert survey is not None
    made = comparative_report([release(evidence(survey=replace(survey, least_answers=10_000)))], stories={})
    lines = [b.reason for b in made.section(SectionKey.LEVEL_TWO).blocks if isinstance(b, Nothing)]
    withheld = [say(line) for line in lines if line.code == "reports.all_withheld_these"]
    assert len(withheld) == 1
    assert withheld[0].count("; ") >= 2


def test_each_objective_is_headed_by_how_often_its_strands_agreed() -> None:
    blocks = report().section(SectionKey.LINE).blocks
    assert [say(block.finding) for block in blocks if isinstance(block, TableBlock)] == [
        "3 of 3 comparable steps went the same way, over 3 links."
    ]


def test_a_questionnaire_stands_once_with_all_its_rounds() -> None:
    used = InstrumentStated("r2", given("Driver"), "lsp_driver", "1.0", "ab" * 32)
    made = report(instruments=(replace(used, round="r1"), used))
    bullets = [b for b in made.section(SectionKey.METHOD).blocks if isinstance(b, Bullets)]
    said = [say(item) for block in bullets for item in block.items]
    assert [one for one in said if "Driver" in one] == ["Driver (version 1.0, content abababab): 2024, 2025"]
