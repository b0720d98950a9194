"""What publishing reads, once: the rounds, their collections with parsed questionnaires, and the answers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.database import release_data
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.release_data import CollectionRow, ResponseRow, RoundRow
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.instruments import AnswersReader, Instrument
from lsp_assess.instruments.answers import Answers
from lsp_assess.kernel.errors import Invalid
from lsp_assess.kernel.messages import Message, given
from lsp_assess.partnerships.roles import Matching


@dataclass(frozen=True, slots=True)
class Collected:
    """A collection with the questionnaire that its round used."""

    row: CollectionRow
    instrument: Instrument


@dataclass(frozen=True, slots=True)
class Answered:
    """A response with its answers, read by the questionnaire that they were given to."""

    row: ResponseRow
    answers: Answers


@dataclass(frozen=True, kw_only=True)
class Read:
    """`rounds` are oldest first, the last one being published; the rest were published before."""

    rounds: tuple[RoundRow, ...]
    collections: tuple[Collected, ...]
    responses: Mapping[UUID, tuple[Answered, ...]]
    threshold: int
    least_answers: int
    smallest_change: float | None
    matching: Matching
    name: Message

    @property
    def now(self) -> RoundRow:
        return self.rounds[-1]

    def stated(self) -> tuple[RoundStated, ...]:
        return tuple(RoundStated(str(one.id), given(one.name), one.number) for one in self.rounds)

    def in_round(self, round_id: UUID) -> tuple[Collected, ...]:
        return tuple(one for one in self.collections if one.row.round_id == round_id)

    def answered(self, collected: Collected) -> tuple[Answered, ...]:
        return self.responses.get(collected.row.id, ())


def read_rounds(session: Session, rounds: Iterable[RoundRow], *, today: date) -> Read:
    rounds = tuple(rounds)
    partnership = release_data.partnership(session)
    rows = release_data.collections_of(session, [one.id for one in rounds])
    collections = tuple(Collected(row, instrument_of(session, row.instrument_hash)) for row in rows)
    responses: dict[UUID, list[Answered]] = {}
    readers: dict[str, AnswersReader] = {}
    for response in release_data.responses_to(session, [row.id for row in rows]):
        reader = readers.get(response.instrument_hash)
        if reader is None:
            reader = AnswersReader(instrument_of(session, response.instrument_hash))
            readers[response.instrument_hash] = reader
        answers = _answers(reader, response, today)
        responses.setdefault(response.collection_id, []).append(Answered(response, answers))
    return Read(
        rounds=rounds,
        collections=collections,
        responses={key: tuple(found) for key, found in responses.items()},
        threshold=partnership.small_group,
        least_answers=partnership.survey_minimum,
        smallest_change=partnership.smallest_change,
        matching=partnership.matching,
        name=given(partnership.name),
    )


def _answers(reader: AnswersReader, response: ResponseRow, today: date) -> Answers:
    """What was taken in was valid then; an answer that no longer reads is never left out in silence."""
    parsed = reader.read(response.submission, today=today)
    if parsed.problems:
        raise Invalid(*parsed.problems)
    return parsed.answers
