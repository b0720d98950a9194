"""The challenge log as a release tells it: what was asked, by whom, and whether anybody answered; and how
many questions each meeting had. Questions and answers are signed by roles and organisations."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from lsp_assess.assessment.challenge import Standing
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.disclosure.tables import Column, Heading, Kind, Purpose, RawCell, RawRow, RawTable, SafeTable
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft

MEETINGS, QUESTIONS = "challenge.meetings", "challenge.questions."
SILENT, HEARD = "silent", "heard"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionTold:
    """`meeting` is the key of the meeting at which it was asked, `lead` None where nobody leads."""

    key: str
    round: RoundStated
    meeting: str | None
    words: str
    about: Message
    asked_by: Message
    asked_on: date
    lead: Message | None
    reply_by: date
    standing: Standing
    answer: str | None
    answered_by: Message
    answered_on: date | None


@dataclass(frozen=True, slots=True)
class MeetingTold:
    key: str
    round: RoundStated
    title: Message


@dataclass(frozen=True, slots=True)
class Challenged:
    questions: tuple[QuestionTold, ...] = ()
    meetings: tuple[MeetingTold, ...] = ()


def challenge_tables(told: Challenged, *, source: Message) -> Draft:
    """A table of the meetings, and one a round of what was asked in it."""
    of_rounds = {one.round.key: one.round for one in told.questions}
    rounds = sorted(of_rounds.values(), key=lambda one: one.ordinal)
    tables = [_questions([q for q in told.questions if q.round == one], one, source) for one in rounds]
    findings = {table.heading.id: challenge_finding for table in tables}
    if told.meetings:
        tables.insert(0, _meetings(told, source))
        findings[MEETINGS] = meetings_finding
    return Draft(tables=tuple(tables), findings=findings)


def _meetings(told: Challenged, source: Message) -> RawTable:
    rounds = {one.round.key: one.round for one in told.meetings}
    return RawTable(
        heading=Heading(
            id=MEETINGS,
            title=message("challenge.title.meetings"),
            purpose=Purpose.NONE,
            base=message("challenge.base.meetings"),
            source=source,
            rounds=round_labels(*sorted(rounds.values(), key=lambda one: one.ordinal)),
        ),
        columns=(
            label_column(message("challenge.column.meeting")),
            _number("asked"),
            *(_number(each.value) for each in Standing),
        ),
        rows=tuple(_meeting(one, told.questions) for one in told.meetings),
    )


def _meeting(one: MeetingTold, questions: Sequence[QuestionTold]) -> RawRow:
    asked = [question.standing for question in questions if question.meeting == one.key]
    numbers = (len(asked), *(asked.count(each) for each in Standing))
    return RawRow(
        key=one.key,
        group=HEARD if asked else SILENT,
        cells=(
            label(message("challenge.meeting_of", round=one.round.name, title=one.title)),
            *(RawCell(Number(float(n))) for n in numbers),
        ),
    )


def _questions(questions: Sequence[QuestionTold], round_: RoundStated, source: Message) -> RawTable:
    return RawTable(
        heading=Heading(
            id=f"{QUESTIONS}{round_.key}",
            title=message("challenge.title.questions", round=round_.name),
            purpose=Purpose.NONE,
            base=message("challenge.base.questions"),
            source=source,
            rounds=round_labels(round_),
        ),
        columns=(
            label_column(message("challenge.column.question")),
            *(_text(key) for key in ("about", "asked_by", "lead", "standing", "answer")),
        ),
        rows=tuple(_question(one) for one in questions),
    )


def _question(one: QuestionTold) -> RawRow:
    nobody = message("challenge.nobody_leads")
    answer = None
    if one.answer is not None and one.answered_on is not None:
        words = given(one.answer)
        answer = Words(message("challenge.answer", words=words, by=one.answered_by, on=one.answered_on))
    return RawRow(
        key=one.key,
        group=one.standing.value,
        cells=(
            label(given(one.words)),
            RawCell(Words(one.about)),
            RawCell(Words(message("challenge.asked", by=one.asked_by, on=one.asked_on))),
            RawCell(Words(message("challenge.owed", by=one.lead or nobody, on=one.reply_by))),
            RawCell(Words(message(f"challenge.standing.{one.standing.value}"))),
            RawCell(answer),
        ),
    )


def _text(key: str) -> Column:
    return Column(key=key, kind=Kind.TEXT, heading=message(f"challenge.column.{key}"))


def _number(key: str) -> Column:
    return Column(key=key, kind=Kind.NUMBER, heading=message(f"challenge.column.number_{key}"), decimals=0)


def challenge_finding(table: SafeTable) -> Message | None:
    return all_challenges_finding((table,))


def all_challenges_finding(tables: Sequence[SafeTable]) -> Message | None:
    """How many were asked, answered in time, and not at all; None without any."""
    stands = [row.group for table in tables if table.id.startswith(QUESTIONS) for row in table.rows]
    if not stands:
        return None
    counts = {each.value: stands.count(each.value) for each in Standing}
    return message("challenge.finding.questions", n=len(stands), **counts)


def meetings_finding(table: SafeTable) -> Message | None:
    silent = sum(row.group == SILENT for row in table.rows)
    code = "challenge.finding.silent" if silent else "challenge.finding.none_silent"
    return message(code, n=len(table.rows), silent=silent)
