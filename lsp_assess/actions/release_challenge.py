"""The challenge log as publishing sees it: of this round and of every one before it."""

from datetime import date

from sqlalchemy.orm import Session

from lsp_assess.actions.release_reading import Read
from lsp_assess.assessment.challenge import standing
from lsp_assess.database import challenge as stored
from lsp_assess.database import release_data
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.challenge import Challenge
from lsp_assess.database.outcomes import titles_of_indicators
from lsp_assess.database.rounds import rounds_until
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.partnerships.roles import Role
from lsp_assess.reports.spoken import said
from lsp_assess.reports.tables_challenge import Challenged, MeetingTold, QuestionTold


def challenges_of(session: Session, read: Read, *, today: date) -> Challenged:
    rounds = {
        row.id: RoundStated(str(row.id), given(row.name), row.number)
        for row in rounds_until(session, read.now.number)
    }
    telling = _Telling(session, today)
    rows = sorted(stored.challenges(session), key=lambda row: (row.asked_on, row.id))
    questions = (telling(row, rounds[row.round_id]) for row in rows if row.round_id in rounds)
    meetings = sorted(
        (
            MeetingTold(
                str(held.id), rounds[row.id], said(instrument_of(session, held.instrument_hash).title)
            )
            for held, row in stored.meetings(session)
            if row.id in rounds
        ),
        key=lambda one: one.round.ordinal,
    )
    return Challenged(tuple(questions), tuple(meetings))


class _Telling:
    """The names that the questions refer to, read once."""

    def __init__(self, session: Session, today: date) -> None:
        self.today = today
        self.organisations = {id_: name for id_, (name, _) in release_data.organisations(session).items()}
        self.actions = stored.titles_of_actions(session)
        self.indicators = titles_of_indicators(session)
        self.instruments = {
            held.id: instrument_of(session, held.instrument_hash) for held, _ in stored.meetings(session)
        }

    def __call__(self, row: Challenge, round_: RoundStated) -> QuestionTold:
        return QuestionTold(
            key=str(row.id),
            round=round_,
            meeting=None if row.collection_id is None else str(row.collection_id),
            words=row.question,
            about=self._about(row),
            asked_by=self._signed(row.asked_as, self.organisations.get(row.asking_id or row.id)),
            asked_on=row.asked_on,
            lead=given(self.organisations[row.lead_id]) if row.lead_id else None,
            reply_by=row.reply_by,
            standing=standing(reply_by=row.reply_by, answered_on=row.answered_on, today=self.today),
            answer=row.answer,
            answered_by=self._signed(Role.COORDINATOR, self.organisations.get(row.answering_id or row.id)),
            answered_on=row.answered_on,
        )

    def _about(self, row: Challenge) -> Message:
        if row.action_id is not None:
            return message("challenge.about.action", title=self.actions[row.action_id])
        if row.indicator_id is not None:
            return message("challenge.about.indicator", title=self.indicators[row.indicator_id])
        instrument = self.instruments.get(row.collection_id or row.id)
        question = instrument.question(row.part or "") if instrument else None
        title = given(row.part or "") if question is None else said(question.text)
        return message("challenge.about.part", title=title)

    def _signed(self, role: Role, organisation: str | None) -> Message:
        return given(organisation) if organisation else message(f"role.{role.value}")
