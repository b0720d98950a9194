import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from lsp_assess.actions.asking import invite_partners, remind
from lsp_assess.actions.members import NewMember, add_member, hand_over
from lsp_assess.actions.questionnaires import shipped
from lsp_assess.actions.rounds import NewCollection, RoundDetails, add_collection, add_round, move_collection
from lsp_assess.database.models.operations import Mail
from lsp_assess.database.models.partnerships import Collection, Membership, Partnership, Round
from lsp_assess.database.models.partnerships import CollectionEvent as Kept
from lsp_assess.database.models.responses import KeptBody, Participant, RespondentKey, Response
from lsp_assess.kernel.errors import Conflict, Denied, Invalid
from lsp_assess.partnerships.roles import Matching, Role
from lsp_assess.partnerships.rounds import CollectionEvent, CollectionStatus
from tests.desk import Desk, day, hidden_fields
from tests.world import World

Browser = Callable[[UUID], FlaskClient]
BASE = "http://localhost"
YEAR_1 = RoundDetails(name="Year 1", starts_on=date(2026, 6, 1), ends_on=date(2026, 7, 31))


def hash_of(name: str) -> str:
    return next(hash_ for hash_, (instrument, _) in shipped().items() if instrument.name == name)


def made(world: World, name: str = "progress_wheel", *, open_: bool = True) -> UUID:
    """A collection of a new round."""
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        round_id = add_round(work, YEAR_1)
        new = NewCollection(instrument_hash=hash_of(name), languages=("en",), closes_on=date(2026, 7, 1))
        found = add_collection(work, round_id, new)
        if open_:
            move_collection(work, found, CollectionEvent.OPEN)
        session.commit()
    return found


def test_a_round_is_made_filled_and_opened_from_the_pages(world: World, desk: Desk) -> None:
    days = {**day("starts_on", 1, 6, 2026), **day("ends_on", 31, 7, 2026), "evidence_months": "18"}
    assert desk.fill("/rounds/new", name="Baseline", **days).status_code == 302
    with world.session() as session:
        row = session.execute(select(Round)).scalar_one()
    form = {"instrument": hash_of("lsp_driver"), "languages": ["en", "cy"], "rule": "last_birthday"}
    path = f"/rounds/{row.id}/questionnaires/new"
    assert desk.fill(path, **form, **day("closes_on", 1, 7, 2026)).status_code == 302
    assert "is in the round already" in desk.fill(path, **form).text
    with world.session() as session:
        collection = session.execute(select(Collection)).scalar_one()
    assert collection.closes_at == datetime(
        2026, 7, 1, 22, 59, tzinfo=UTC
    )  # 23:59 of a summer's day in London
    assert "1 July 2026, 23:59" in desk.get(f"/collections/{collection.id}").text
    assert "Open “" in desk.get(f"/rounds/{row.id}").text
    assert desk.fill(f"/collections/{collection.id}/step/open").status_code == 302
    assert "Invite the partners" in desk.get(f"/rounds/{row.id}").text


def test_each_step_of_a_collections_life_is_kept_and_going_back_needs_a_reason(
    world: World, desk: Desk
) -> None:
    path = f"/collections/{made(world, open_=False)}"
    for step in ("open", "close", "begin_consensus", "finalise"):
        assert desk.fill(f"{path}/step/{step}").status_code == 302, step
    assert desk.fill(f"{path}/step/reopen", reason="  ").status_code == 422
    assert desk.fill(f"{path}/step/reopen", reason="A form was found").status_code == 302
    assert desk.fill(f"{path}/step/open").status_code == 409
    assert desk.get(f"{path}/step/explode").status_code == 404
    assert "A form was found" in desk.get(path).text
    with world.session() as session:
        kept = session.execute(select(Kept.event, Kept.before, Kept.after).order_by(Kept.at)).all()
    assert len(kept) == 5
    assert sorted(kept)[-1] == ("reopen", "final", "closed")


def test_a_facilitator_may_begin_the_meeting_and_not_close(world: World) -> None:
    collection_id = made(world)
    with world.session() as session:
        work = world.work(Role.FACILITATOR, session)
        with pytest.raises(Denied):
            move_collection(work, collection_id, CollectionEvent.CLOSE)
        move_collection(world.work(Role.COORDINATOR, session), collection_id, CollectionEvent.CLOSE)
        assert move_collection(work, collection_id, CollectionEvent.BEGIN_CONSENSUS) is (
            CollectionStatus.IN_CONSENSUS
        )


def test_partners_are_invited_once_answer_by_their_link_and_are_reminded_until_they_have(
    world: World, desk: Desk, browser_of: Browser
) -> None:
    world.add_member("northbridge second", Role.PARTNER, world.organisations[1])
    path = f"/collections/{made(world)}"
    assert desk.send(f"{path}/invite", {}).status_code == 302
    assert desk.send(f"{path}/invite", {}).status_code == 302
    with world.session() as session:
        mails = session.execute(select(Mail)).scalars().all()
    assert sorted(mail.to_address for mail in mails) == [
        "northbridge.partner@example.org",
        "northbridge.second@example.org",
    ]
    answered_by(world, browser_of(world.accounts[Role.PARTNER]), path.rsplit("/", maxsplit=1)[-1])
    page = " ".join(re.sub("<[^>]+>", " ", desk.get(path).text).split())
    assert "northbridge partner Answered Council" in page
    assert "northbridge second Not begun Police" in page
    too_soon = desk.client.get(desk.send(f"{path}/remind", {}).location)
    assert "northbridge second was written to on 15 June 2026" in too_soon.text
    world.clock.instant += timedelta(days=2)
    with world.session() as session:
        remind(world.work(Role.COORDINATOR, session), UUID(path.rsplit("/", maxsplit=1)[-1]), base_url=BASE)
        mails = session.execute(select(Mail.to_address).order_by(Mail.written_at)).scalars().all()
    assert mails[2:] == ["northbridge.second@example.org"]


def answered_by(world: World, partner: FlaskClient, collection_id: str) -> None:
    home = f"/p/{world.slug}/answer/{collection_id}/1"
    for section in dict.fromkeys(re.findall(r"/section/(\w+)", partner.get(f"{home}/").text)):
        page = partner.get(f"{home}/section/{section}").text
        answers = dict.fromkeys(re.findall(r'name="(\w+)" type="radio"', page), "3")
        partner.post(f"{home}/section/{section}", data={**hidden_fields(page), **answers})
    sent = partner.post(f"{home}/send", data=hidden_fields(partner.get(f"{home}/check").text))
    assert sent.status_code == 302


def test_one_partner_can_be_invited_alone(world: World, desk: Desk) -> None:
    _, person = world.add_member("northbridge second", Role.PARTNER, world.organisations[1])
    path = f"/collections/{made(world)}"
    assert desk.send(f"{path}/invite", {"person": str(person)}).status_code == 302
    page = " ".join(re.sub("<[^>]+>", " ", desk.get(path).text).split())
    assert "northbridge partner Not invited" in page
    with world.session() as session:
        assert session.execute(select(Mail.to_address)).scalars().all() == ["northbridge.second@example.org"]


def test_no_answer_is_on_any_page_of_the_coordinator(world: World, desk: Desk, browser_of: Browser) -> None:
    collection_id = made(world)  # trust A5
    desk.send(f"/collections/{collection_id}/invite", {})
    answered_by(world, browser_of(world.accounts[Role.PARTNER]), str(collection_id))
    with world.session() as session:
        response = session.execute(select(Response)).scalar_one()
        response.submission = {**(response.submission or {}), "vision": {"value": "CANARY-7261"}}
        response.draft = {"vision": {"value": "CANARY-7261"}}
        session.commit()
        rounds = session.execute(select(Round.id)).scalars().all()
    for path in ("/rounds", f"/rounds/{rounds[0]}", f"/collections/{collection_id}", "/partnership"):
        assert "CANARY-7261" not in desk.get(path).text


def test_who_fills_no_seat_is_left_out_and_named_where_seats_are_compared(world: World) -> None:
    collection_id = made(world)
    with world.session() as session:
        session.get_one(Partnership, world.partnership_id).matching = Matching.SEAT
        work = world.work(Role.COORDINATOR, session)
        seated = NewMember(
            name="Ann", email="ann@example.org", role=Role.PARTNER, since=date(2026, 6, 1),
            organisation_id=world.organisations[1], seat="Chair",
        )  # fmt: skip
        membership_id = add_member(work, seated)
        mailed = invite_partners(work, collection_id, base_url=BASE)
        assert mailed.sent == 1
        assert [each.code for each in mailed.left_out] == ["no_seat_no_key"]
        key = session.execute(select(RespondentKey)).scalar_one()
        seat = session.execute(select(Membership.seat_id).where(Membership.id == membership_id)).scalar_one()
    assert (key.person_id, key.seat_id) == (None, seat)


@pytest.mark.parametrize("done", ["nothing", "begun", "sent"])
def test_a_successor_is_invited_in_the_same_seat_but_never_into_answers_of_another(
    world: World, done: str
) -> None:
    collection_id = made(world)
    with world.session() as session:
        session.get_one(Partnership, world.partnership_id).matching = Matching.SEAT
        work = world.work(Role.COORDINATOR, session)
        seated = NewMember(
            name="Ann", email="ann@example.org", role=Role.PARTNER, since=date(2026, 6, 1),
            organisation_id=world.organisations[1], seat="Chair",
        )  # fmt: skip
        membership_id = add_member(work, seated)
        invite_partners(work, collection_id, base_url=BASE)
        participant = session.execute(select(Participant)).scalar_one()
        if done != "nothing":
            session.add(
                Response(
                    partnership_id=world.partnership_id, collection_id=collection_id,
                    respondent_key_id=participant.respondent_key_id, mode="online", status="draft",
                    instrument_hash=hash_of("progress_wheel"), started_at=world.clock.now(),
                    submission={} if done == "sent" else None,
                )
            )  # fmt: skip
            session.flush()
        hand_over(
            work,
            membership_id,
            version=1,
            name="Bob",
            email="bob@example.org",
            first_day=date(2026, 6, 15),
            same_respondent=True,
        )
        mailed = invite_partners(work, collection_id, base_url=BASE)
        assert mailed.sent == (0 if done == "sent" else 1)
        assert ("seat_has_answered" in [each.code for each in mailed.left_out]) is (done == "sent")
        assert len(session.execute(select(Participant)).scalars().all()) == 1
        assert len(session.execute(select(Response)).scalars().all()) == (done == "sent")
        assert len(session.execute(select(KeptBody)).scalars().all()) == (done == "begun")


def test_nobody_is_invited_to_what_is_not_open_or_to_a_household_survey(world: World) -> None:
    draft = made(world, open_=False)
    with world.session() as session:
        with pytest.raises(Conflict):
            invite_partners(world.work(Role.COORDINATOR, session), draft, base_url=BASE)
        with pytest.raises(Conflict):
            remind(world.work(Role.COORDINATOR, session), draft, base_url=BASE)
        with pytest.raises(Denied):
            remind(world.work(Role.PARTNER, session), draft, base_url=BASE)


def test_a_household_survey_states_its_selection_rule_and_languages_are_complete(world: World) -> None:
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        round_id = add_round(work, YEAR_1)
        survey = hash_of("resident_survey")
        for new, code in (
            (
                NewCollection(instrument_hash=survey, languages=("en",), closes_on=None),
                "selection_rule_needed",
            ),
            (
                NewCollection(instrument_hash=survey, languages=("xx",), closes_on=None),
                "language_not_complete",
            ),
            (
                NewCollection(instrument_hash=survey, languages=("en",), closes_on=date(2026, 6, 14)),
                "deadline_in_the_past",
            ),
        ):
            with pytest.raises(Invalid) as refused:
                add_collection(work, round_id, new)
            assert refused.value.problems[0].code == code


def test_another_partnerships_person_cannot_be_named_in_an_invitation(world: World, desk: Desk) -> None:
    path = f"/collections/{made(world)}"
    assert desk.send(f"{path}/invite", {"person": str(uuid4())}).status_code == 404
    assert desk.send(f"{path}/remind", {"participant": str(uuid4())}).status_code == 404
    assert desk.send(f"{path}/invite", {"person": "x'--"}).status_code == 404
