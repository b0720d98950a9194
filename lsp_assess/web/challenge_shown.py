"""The challenge log as its pages show it: signed by role or organisation."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions import challenge as actions
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.challenge import UNANSWERED, Standing, standing
from lsp_assess.database import challenge as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.membership import organisations
from lsp_assess.database.models.challenge import Challenge
from lsp_assess.database.models.partnerships import Collection, Round
from lsp_assess.database.outcomes import titles_of_indicators
from lsp_assess.database.rounds import rounds
from lsp_assess.kernel.errors import NotFound
from lsp_assess.kernel.messages import message
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.loop_shown import part_titles

TAGS = {
    Standing.OVERDUE: "red",
    Standing.WAITING: "blue",
    Standing.LATE: "yellow",
    Standing.IN_TIME: "green",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownQuestion:
    """`about` is the title of the part, action or indicator, `source` its page where the reader has one."""

    id: UUID
    words: str
    about: str
    kind: str
    source: str | None
    asked_by: str
    asked_on: date
    reply_by: date
    lead: str | None
    standing: Standing
    tag: str
    is_flagged: bool
    answer: str | None
    answered_by: str
    answered_on: date | None
    reworded_on: date | None

    @property
    def is_unanswered(self) -> bool:
        return self.standing in UNANSWERED


@dataclass(frozen=True, slots=True)
class ShownMeeting:
    """`parts` may be asked about, by their items; `sits`: it is not over yet."""

    id: UUID
    round: Round
    title: str
    sits: bool
    questions: Sequence[ShownQuestion]
    parts: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class ShownRound:
    round: Round
    meetings: Sequence[ShownMeeting]
    between: Sequence[ShownQuestion]


@dataclass(frozen=True, slots=True)
class ShownLog:
    rounds: Sequence[ShownRound]
    counts: dict[Standing, int]
    silent: Sequence[ShownMeeting]

    @property
    def overdue(self) -> list[ShownQuestion]:
        shown = (one for round_ in self.rounds for one in (*_of_meetings(round_.meetings), *round_.between))
        return sorted((one for one in shown if one.standing is Standing.OVERDUE), key=lambda q: q.reply_by)


def shown_log(doing: Work) -> ShownLog:
    rows = actions.known(doing)
    showing = _Showing(doing)
    shown = [(row, showing(row)) for row in rows]
    meetings = [showing.meeting(held, round_, shown) for held, round_ in actions.meetings(doing)]
    found = [
        ShownRound(
            round_,
            [one for one in meetings if one.round.id == round_.id],
            [one for row, one in shown if row.round_id == round_.id and row.collection_id is None],
        )
        for round_ in rounds(doing.session)
    ]
    return ShownLog(
        [one for one in found if one.meetings or one.between],
        {each: sum(one.standing is each for _, one in shown) for each in Standing},
        [one for one in meetings if not one.questions and not one.sits],
    )


def shown_meeting(doing: Work, collection_id: UUID) -> ShownMeeting:
    """Raises NotFound for a meeting that nobody held, or of which the reader may not know."""
    showing = _Showing(doing)
    shown = [(row, showing(row)) for row in actions.known(doing) if row.collection_id == collection_id]
    for held, round_ in actions.meetings(doing):
        if held.id == collection_id:
            return showing.meeting(held, round_, shown)
    raise NotFound


def shown_one(doing: Work, row: Challenge) -> ShownQuestion:
    return _Showing(doing)(row)


def signed(role: str, organisation: str | None) -> str:
    return organisation or spoken(message(f"role.{role}"))


class _Showing:
    """The names that the questions refer to, read once."""

    def __init__(self, doing: Work) -> None:
        session = doing.session
        self.session, self.day = session, today(doing)
        self.people = stored.people_who_lead(session)
        self.facilitates = allows(POLICIES["facilitate"], doing.actor)
        self.organisations = {one.id: one.name for one in organisations(session)}
        self.parts = part_titles(session)
        self.actions = stored.titles_of_actions(session)
        self.indicators = titles_of_indicators(session)

    def __call__(self, row: Challenge) -> ShownQuestion:
        kind, about, source = self._about(row)
        stands = standing(reply_by=row.reply_by, answered_on=row.answered_on, today=self.day)
        return ShownQuestion(
            id=row.id,
            words=row.question,
            about=about,
            kind=kind,
            source=source,
            asked_by=signed(row.asked_as, self._organisation(row.asking_id)),
            asked_on=row.asked_on,
            reply_by=row.reply_by,
            lead=self._lead(row),
            standing=stands,
            tag=TAGS[stands],
            is_flagged=row.flagged,
            answer=row.answer,
            answered_by=signed("coordinator", self._organisation(row.answering_id)),
            answered_on=row.answered_on,
            reworded_on=row.reworded_on,
        )

    def meeting(
        self, held: Collection, round_: Round, shown: Iterable[tuple[Challenge, ShownQuestion]]
    ) -> ShownMeeting:
        instrument = instrument_of(self.session, held.instrument_hash)
        criteria = instrument.scoring.criteria if instrument.scoring else ()
        return ShownMeeting(
            id=held.id,
            round=round_,
            title=instrument.title.say(language()),
            sits=held.status is CollectionStatus.IN_CONSENSUS,
            questions=[one for row, one in shown if row.collection_id == held.id],
            parts=[(part.item, self.parts[part.item]) for one in criteria for part in one.parts],
        )

    def _about(self, row: Challenge) -> tuple[str, str, str | None]:
        if row.action_id is not None:
            href = url_for("milestones.listing", action_id=row.action_id)
            return "action", self.actions[row.action_id], href
        if row.indicator_id is not None:
            href = url_for("outcomes.indicator", indicator_id=row.indicator_id)
            return "indicator", self.indicators[row.indicator_id], href
        part = row.part or ""
        page = url_for("meeting.part", collection_id=row.collection_id, part=part)
        known = self.facilitates and part in self.parts
        return "part", self.parts.get(part, part), page if known else None

    def _organisation(self, id_: UUID | None) -> str | None:
        return self.organisations.get(id_) if id_ else None

    def _lead(self, row: Challenge) -> str | None:
        organisation = self._organisation(row.lead_id)
        person = self.people.get(row.lead_person_id) if row.lead_person_id else None
        return f"{person} ({organisation})" if person and organisation else person or organisation


def _of_meetings(meetings: Iterable[ShownMeeting]) -> Iterable[ShownQuestion]:
    return (one for meeting in meetings for one in meeting.questions)
