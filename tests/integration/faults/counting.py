"""What is stored of what a crowd sent, compared with what was acknowledged."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import create_engine, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.database.models.responses import Receipt, Response
from tests.integration.faults.crowd import Acknowledged, Crowd, Invited

QUESTIONS = 9


@dataclass(frozen=True, slots=True)
class Count:
    """`half` are responses sent of which an answer, the receipt or the audit event is missing."""

    acknowledged: int
    again: int
    stored: int
    lost: int
    doubled: int
    half: int

    def __str__(self) -> str:
        return (
            f"acknowledged {self.acknowledged} ({self.again} after being sent again), stored {self.stored},"
            f" lost {self.lost}, doubled {self.doubled}, half {self.half}"
        )


@dataclass(frozen=True, slots=True)
class Stored:
    responses: Mapping[UUID, list[Response]]
    receipts: Mapping[UUID | None, list[UUID]]
    events: Mapping[str | None, int]

    def has_whole(self, one: Invited, said: Acknowledged) -> bool:
        (response,) = self.responses.get(one.respondent_key_id, [None])[:1]
        return (
            response is not None
            and said.receipt_id in self.receipts.get(one.account_id, [])
            and values_of(response) == [said.value] * QUESTIONS
        )

    def sent(self, one: Invited) -> int:
        return sum(each.submission is not None for each in self.responses.get(one.respondent_key_id, []))

    def extra(self, one: Invited) -> int:
        responses = self.responses.get(one.respondent_key_id, [])
        events = max((self.events.get(str(each.id), 0) for each in responses), default=0)
        receipts = len(self.receipts.get(one.account_id, []))
        return sum(max(0, n - 1) for n in (len(responses), receipts, events))

    def is_half(self, one: Invited) -> bool:
        sent = [each for each in self.responses.get(one.respondent_key_id, []) if each.submission is not None]
        parts = (
            any(len(values_of(each)) == QUESTIONS for each in sent),
            bool(self.receipts.get(one.account_id)),
            any(self.events.get(str(each.id)) for each in sent),
        )
        return any(parts) and not all(parts)


def values_of(response: Response) -> list[int]:
    """Of the questions that the crowd answers; two more are for who wants to say more."""
    answers = (response.submission or {}).values()
    return [answer["value"] for answer in answers if "value" in answer]


def stored(migrator_url: str) -> Stored:
    """As the migrator sees it: everything, at one moment, since what nobody waits for may still come in."""
    engine = create_engine(migrator_url, isolation_level="REPEATABLE READ")
    responses: dict[UUID, list[Response]] = defaultdict(list)
    receipts: dict[UUID | None, list[UUID]] = defaultdict(list)
    with Session(engine) as session:
        for response in session.execute(select(Response)).scalars():
            responses[response.respondent_key_id].append(response)
        for receipt in session.execute(select(Receipt)).scalars():
            receipts[receipt.account_id].append(receipt.id)
        sent = select(AuditEvent.object_id).where(AuditEvent.event == "response_submitted")
        events = Counter(session.execute(sent).scalars())
    engine.dispose()
    return Stored(responses, receipts, events)


def compared(crowd: Crowd, acknowledged: Mapping[str, Acknowledged], found: Stored) -> Count:
    said = {one: acknowledged[one.cookie] for one in crowd.people if one.cookie in acknowledged}
    return Count(
        acknowledged=len(said),
        again=sum(each.tries > 1 for each in said.values()),
        stored=sum(map(found.sent, crowd.people)),
        lost=sum(not found.has_whole(one, each) for one, each in said.items()),
        doubled=sum(map(found.extra, crowd.people)),
        half=sum(map(found.is_half, crowd.people)),
    )


def assert_all_there_once(count: Count) -> None:
    assert (count.lost, count.doubled, count.half) == (0, 0, 0), str(count)
    assert count.acknowledged > 0
