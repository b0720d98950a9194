"""The challenge log in a release: what was asked, what nobody answered, and where nothing was asked."""

from dataclasses import replace
from datetime import date

from lsp_assess.assessment.challenge import Standing
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.kernel.messages import given, message
from lsp_assess.rendering.wording import say
from lsp_assess.reports.comparative import comparative_report
from lsp_assess.reports.draft import gated
from lsp_assess.reports.model import Nothing, Section, SectionKey
from lsp_assess.reports.tables_challenge import Challenged, MeetingTold, QuestionTold, challenge_tables
from tests.unit.reports.surveys import FIRST, SECOND
from tests.unit.reports.worlds import evidence, release

ASKED = QuestionTold(
    key="q1",
    round=SECOND,
    meeting="m2",
    words="Who has seen the plan?",
    about=message("challenge.about.part", title=given("Shared vision")),
    asked_by=message("role.scrutiny"),
    asked_on=date(2026, 2, 1),
    lead=given("Council"),
    reply_by=date(2026, 3, 1),
    standing=Standing.IN_TIME,
    answer="All nine boards.",
    answered_by=given("Council"),
    answered_on=date(2026, 2, 20),
)
SILENT = replace(
    ASKED, key="q2", round=FIRST, meeting=None, lead=None, standing=Standing.OVERDUE, answer=None
)
MEETINGS = tuple(MeetingTold(key, of, given("Driver")) for key, of in (("m1", FIRST), ("m2", SECOND)))


def tables(told: Challenged) -> dict[str, SafeTable]:
    return {table.id: table for table in gated(challenge_tables(told, source=given("Records"))).tables}


def section(told: Challenged) -> Section:
    """Of a report of the second round alone."""
    made = release(evidence(challenged=told, stories=None), stories=())
    return comparative_report([made], stories={}).section(SectionKey.CHALLENGE)


def said(table: SafeTable, key: str) -> str:
    cell = table.rows[0].cells[table.column(key)].value
    assert isinstance(cell, Words)
    return say(cell.message)


def test_a_question_is_told_with_its_day_its_lead_and_its_answer() -> None:
    table = tables(Challenged((ASKED,), MEETINGS))["challenge.questions.r2"]
    assert said(table, "label") == "Who has seen the plan?"
    assert said(table, "about") == "Part: Shared vision"
    assert said(table, "asked_by") == "Scrutiny, 1 February 2026"
    assert said(table, "lead") == "Council, by 1 March 2026"
    assert said(table, "answer") == "All nine boards. (Council, 20 February 2026)"


def test_what_nobody_leads_and_nobody_answered_is_printed_so() -> None:
    table = tables(Challenged((SILENT,)))["challenge.questions.r1"]
    assert said(table, "lead") == "Nobody leads it, by 1 March 2026"
    assert said(table, "standing") == "no answer, overdue"
    assert table.rows[0].cells[table.column("answer")].value is None


def test_each_meeting_is_counted_and_the_silent_one_heads_the_table() -> None:
    table = tables(Challenged((ASKED, SILENT), MEETINGS))["challenge.meetings"]
    numbers = [[c.value.amount for c in row.cells if isinstance(c.value, Number)] for row in table.rows]
    assert numbers == [[0, 0, 0, 0, 0], [1, 0, 0, 0, 1]]
    assert table.finding is not None
    assert say(table.finding) == "Nothing was asked at 1 of 2 meetings."
    heard = tables(Challenged((ASKED,), MEETINGS[1:]))["challenge.meetings"].finding
    assert heard is not None
    assert say(heard) == "A question was asked at the meeting."


def test_a_report_leaves_out_no_question_of_a_round_that_it_leaves_out() -> None:
    shown = section(Challenged((SILENT, ASKED), MEETINGS))
    assert [table.id for table in shown.tables] == [
        "challenge.meetings",
        "challenge.questions.r1",
        "challenge.questions.r2",
    ]
    assert shown.finding is not None
    assert say(shown.finding) == (
        "2 questions were asked: 1 answered in time, 0 late, 0 not due yet, 1 overdue without an answer."
    )


def test_where_meetings_were_held_and_nothing_was_asked_both_are_said() -> None:
    shown = section(Challenged((), MEETINGS))
    assert [table.id for table in shown.tables] == ["challenge.meetings"]
    assert [block.reason.code for block in shown.blocks if isinstance(block, Nothing)] == [
        "reports.nothing.challenge"
    ]
