"""The minutes: agenda, what was agreed and why, dissents, and how far the meeting moved."""

from collections.abc import Callable
from io import BytesIO
from uuid import UUID

from pypdf import PdfReader
from sqlalchemy import select

from lsp_assess.database.models.operations import AuditEvent
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.meeting.conftest import SCORES
from tests.integration.meeting.scored import PART, move, rescored, scored
from tests.world import World

DeskOf = Callable[[Role], Desk]


def printed(desk: Desk, collection_id: UUID) -> PdfReader:
    answer = desk.get(f"/meeting/{collection_id}/minutes")
    assert answer.status_code == 200
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    return PdfReader(BytesIO(answer.data))


def said(reader: PdfReader) -> str:
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_minutes_tell_what_was_agreed_why_who_dissented_and_how_far_the_meeting_moved(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    person = str(world.people[Role.PARTNER])
    path = f"/meeting/{in_session}/parts/{PART}"
    dissents = {"dissent_1": "Only paper.", "dissent_2": "Too low.", "by_2": person, "named_2": "yes"}
    facilitator.fill(path, score="60", rationale="Seen & agreed <b>in March</b>.", **dissents)
    facilitator.fill(f"/meeting/{in_session}/parts/skills", score="40", rationale="Trained last year.")
    reader = printed(facilitator, in_session)
    text = said(reader)
    for told in (
        "Minutes of the consensus meeting",
        "Draft: the meeting is in session",
        "Shared vision: 60 (+10 from the median)",
        "Seen & agreed <b>in March</b>.",
        "Dissent: Only paper.",
        "Dissent (northbridge partner): Too low.",
        "2 of 32 parts agreed",
        "20 to 90",
        "by northbridge facilitator",
    ):
        assert told in text, told
    assert reader.trailer["/Root"]["/MarkInfo"]["/Marked"]
    assert reader.metadata is not None
    assert reader.metadata.title == "Minutes of the consensus meeting: Year 1"
    with world.session() as session:
        assert "minutes_taken" in session.execute(select(AuditEvent.event)).scalars().all()


def test_of_what_may_not_be_told_the_minutes_tell_nothing(
    world: World, in_session: UUID, facilitator: Desk
) -> None:
    # trust C5
    scores = [{"value": 65}] * len(SCORES)
    for part in ("shared_vision", "skills"):
        rescored(world, part, scores)
    facilitator.fill(f"/meeting/{in_session}/parts/{PART}", score="60", rationale="As it is.")
    text = said(printed(facilitator, in_session))
    assert "Shared vision: 60 As it is." in text
    assert "65 to 65" not in text
    assert "−5" not in text


def test_nobody_but_a_facilitator_takes_them_and_nobody_before_scoring_is_closed(
    world: World, desk_of: DeskOf
) -> None:
    # trust A6
    collection_id = scored(world, SCORES, CollectionStatus.FINAL)
    path = f"/meeting/{collection_id}/minutes"
    for role in set(Role) - {Role.FACILITATOR}:
        assert desk_of(role).get(path).status_code == 403
    move(world, collection_id, CollectionStatus.OPEN)
    assert desk_of(Role.FACILITATOR).get(path).status_code == 409
