"""Something of everything in a partnership, for pages that are looked at full: two rounds published, a
third open. `Filled` names what pages with an id in their address can be opened for."""

from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.actions.agreeing import Agreement, Dissenting, agree
from lsp_assess.actions.evidence_keeping import EvidenceContent, EvidenceDetails, add_evidence
from lsp_assess.actions.held_files import IndicatorFile, hold
from lsp_assess.actions.importing import Upload
from lsp_assess.actions.indicator_imports import import_indicators
from lsp_assess.actions.invitations import hash_of
from lsp_assess.actions.loop import ActionDetails, add_action
from lsp_assess.actions.stories import decide, grade
from lsp_assess.actions.work import Work
from lsp_assess.assessment.evidence import Audience
from lsp_assess.database.instruments import issue
from lsp_assess.database.kept_answers import TOO_LATE
from lsp_assess.database.models.outcomes import Indicator, SharingAgreement
from lsp_assess.database.models.partnerships import Collection, Membership, Round, Seat
from lsp_assess.database.models.residents import (
    Household,
    HouseholdAddress,
    Invitation,
    Resident,
    SampleMember,
)
from lsp_assess.database.models.responses import (
    KeptBody,
    Mode,
    Participant,
    RespondentKey,
    Response,
    ResponseStatus,
)
from lsp_assess.database.session import Scope, transaction
from lsp_assess.instruments import parse
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.agreements import Allows
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.reports.tables_actions import ActionStatus
from lsp_assess.shipped import shipped_folder
from lsp_assess.stories.grades import Contribution, Evidence
from lsp_assess.stories.selection import Choice, Decision
from tests.browser.challenged import asked
from tests.browser.finished_work import publication, report
from tests.browser.ranked import being_ranked, gathered, milestone, ranked
from tests.browser.rescored import scored_again
from tests.integration.publishing.partners import add_collection, answer, driver, published, two_rounds
from tests.integration.stories.telling import move, story_collection, tell
from tests.unit.exchange.attachments import pdf
from tests.world import World

TOKEN = "a-token-that-opens-one-door"
EXAMPLES = Path(__file__).parents[2] / "docs" / "examples" / "indicators"
NO2 = (
    "station_code,station_name,period,indicator,measure,unit,value\n"
    "TRF2,Station 2,2017-12-31,Nitrogen Dioxide (NO2),Annual mean concentration,µg/m3,"
)


@dataclass
class Filled:
    rounds: list[UUID] = field(default_factory=list)
    releases: list[UUID] = field(default_factory=list)
    collections: dict[str, UUID] = field(default_factory=dict)
    sample_members: list[UUID] = field(default_factory=list)
    memberships: dict[Role, UUID] = field(default_factory=dict)
    report: UUID | None = None
    action: UUID | None = None
    import_run: UUID | None = None
    held_file: UUID | None = None
    indicator: UUID | None = None
    agreement: UUID | None = None
    research_agreement: UUID | None = None
    household: UUID | None = None
    participant: UUID | None = None
    story: UUID | None = None
    released_story: UUID | None = None
    milestone: UUID | None = None
    evidence: UUID | None = None
    gathered: list[UUID] = field(default_factory=list)
    ranking: UUID | None = None
    on_ballot: list[UUID] = field(default_factory=list)
    ranked: UUID | None = None
    ranked_findings: list[UUID] = field(default_factory=list)
    questions: list[UUID] = field(default_factory=list)


def fill(world: World) -> Filled:
    filled = Filled()
    filled.rounds += two_rounds(world, [20, 30, 40, 50, 60, 70], [30, 40, 50, 60, 70, 80])
    filled.collections["lsp_driver"] = _own_answers(world, filled.rounds[0])
    _all_alike(world, filled.rounds[1], "shared_vision")
    filled.released_story = _chosen_story(world)
    filled.releases += [published(world, round_id) for round_id in filled.rounds]
    filled.releases.append(published(world, filled.rounds[1], reason="A form was keyed twice"))
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        filled.memberships = {m.role: m.id for m in session.execute(select(Membership)).scalars()}
        filled.rounds.append(_third_round(session, world))
        for name in ("progress_wheel", "value_added_perceptions", "resident_survey", "value_added_story"):
            filled.collections[name] = _open(session, world, filled.rounds[-1], name)
        filled.collections["meeting"] = _meeting(session, world, filled.rounds[-1])
        filled.participant = _ask(session, world, filled.collections["progress_wheel"], sent=False)
        _ask(session, world, filled.collections["value_added_perceptions"], sent=True)
        filled.sample_members += _sample(session, world, filled)
        _seat(session, world, filled.memberships[Role.PARTNER])
        publication(session, world, filled.rounds[0], filled.releases[0])
        filled.report = report(session, world, filled.releases[-1])
        _files_and_actions(world.work(Role.COORDINATOR, session), filled, helps=world.organisations[0])
        filled.evidence = _evidence(world.work(Role.FACILITATOR, session))
        scored_again(session, world, filled.collections["meeting"])
        filled.household = _interviewed(session, world, filled)
        _surveyed(session, world, filled.rounds[1])
        agreements = {each.allows: each.id for each in session.execute(select(SharingAgreement)).scalars()}
        filled.agreement = agreements[Allows.TAKING_IN]
        filled.research_agreement = agreements[Allows.RESEARCH]
        filled.indicator = session.execute(select(Indicator.id)).scalars().first()
    _kept(world, filled.collections["progress_wheel"])
    world.add_member("Carys Colleague", Role.PARTNER, world.organisations[0])
    filled.gathered = gathered(world, filled.collections["meeting"])
    filled.ranking, filled.on_ballot = being_ranked(world, filled.rounds[1])
    filled.ranked, filled.ranked_findings = ranked(world, filled.rounds[0])
    filled.questions = asked(world, meeting=filled.collections["meeting"], action=filled.action)
    filled.story = tell(world, filled.collections["value_added_story"], world.people[Role.FACILITATOR])
    return filled


def _files_and_actions(work: Work, filled: Filled, *, helps: UUID) -> None:
    """An indicator file that was taken in, its revision that waits to be confirmed, and an action."""
    mapping = Upload("no2.yaml", (EXAMPLES / "no2_concentration.yaml").read_bytes())
    first, revised = (Upload("no2.csv", (NO2 + value).encode()) for value in ("21.5", "19.0"))
    filled.import_run = import_indicators(work, file=first, mapping=mapping).run_id
    filled.held_file = hold(work, IndicatorFile(file=revised, mapping=mapping))
    details = ActionDetails(
        finding="Residents do not know whom to ring about litter.",
        decision="One number for all.",
        title="Print the number on every bin",
        owner_id=None,
        contributors=(helps,),
        due_on=date(2026, 5, 1),
        status=ActionStatus.UNDER_WAY,
        what_changed=None,
    )
    filled.action = add_action(work, filled.rounds[-1], details)
    filled.milestone = milestone(work, filled.action)


def _all_alike(world: World, round_id: UUID, part: str) -> None:
    """Everybody gives the part one score, so that it and what is made of it are withheld."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        within = select(Collection.id).where(Collection.round_id == round_id)
        for response in session.execute(select(Response).where(Response.collection_id.in_(within))).scalars():
            response.submission = {**(response.submission or {}), part: {"value": 55}}


def _kept(world: World, collection_id: UUID) -> None:
    """What the partner typed when the wheel was closed for a while."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.add(
            KeptBody(
                partnership_id=world.partnership_id,
                collection_id=collection_id,
                account_id=world.accounts[Role.PARTNER],
                reason=TOO_LATE,
                body={"number": 1, "answers": {"vision_and_priorities": {"value": 3}}},
                at=world.clock.now(),
            )
        )


def _own_answers(world: World, round_id: UUID) -> UUID:
    """The partner has scored the driver in the first round too."""
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        collection_id = session.execute(
            select(Collection.id).where(Collection.round_id == round_id)
        ).scalar_one()
        _ask(session, world, collection_id, sent=False)
        key = session.execute(
            select(RespondentKey.id).where(RespondentKey.person_id == world.people[Role.PARTNER])
        ).scalar_one()
        answer(session, world, collection_id, driver()[0], key, 45, 0)
    return collection_id


def _chosen_story(world: World) -> UUID:
    """Told by the facilitator for the first round, graded by the partner, selected by the panel."""
    collection_id = story_collection(world)
    story_id = tell(world, collection_id, world.people[Role.FACILITATOR])
    move(world, collection_id, CollectionStatus.CLOSED)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        partner, coordinator = world.work(Role.PARTNER, session), world.work(Role.COORDINATOR, session)
        much, seen = Contribution.MUCH_SMALLER_OR_LATER, Evidence.DOCUMENT
        grade(partner, story_id, contribution=much, evidence=seen, version=0)
        decide(coordinator, story_id, Decision(Choice.SELECTED, "Well shown."), version=0)
    move(world, collection_id, CollectionStatus.FINAL)
    return story_id


def _evidence(work: Work) -> UUID:
    """One item with everything, which counts no more; one only for whoever runs the meeting."""
    seen = EvidenceDetails(
        title="Community plan",
        parts=("shared_vision", "senior_commitment"),
        effective_on=date(2025, 3, 1),
        expires_on=date(2026, 3, 1),
        audience=Audience.PARTNERS,
    )
    unseen = replace(seen, title="Notes of the facilitator", audience=Audience.FACILITATION)
    add_evidence(work, unseen, EvidenceContent(words="Two of the chairs disagreed."))
    file = Upload("plan.pdf", pdf())
    return add_evidence(work, seen, EvidenceContent(words="A plan.", link="https://plan.example/", file=file))


def _third_round(session: Session, world: World) -> UUID:
    row = Round(
        partnership_id=world.partnership_id,
        id=new_id(),
        number=3,
        name="Year 3",
        starts_on=date(2026, 1, 1),
        ends_on=date(2026, 12, 31),
    )
    session.add(row)
    session.flush()
    return row.id


def _meeting(session: Session, world: World, round_id: UUID) -> UUID:
    """In session: six have scored, five have written; one part is agreed with a signed dissent."""
    instrument, source = driver()
    collection_id = add_collection(session, world, round_id, instrument, source)
    keys = session.execute(select(RespondentKey.id).where(RespondentKey.imported_id.is_not(None))).scalars()
    for place, (key, score) in enumerate(zip(keys.all(), (20, 35, 50, 50, 65, 90), strict=True)):
        answer(session, world, collection_id, instrument, key, score, place)
    collection = session.get_one(Collection, (world.partnership_id, collection_id))
    collection.status = CollectionStatus.IN_CONSENSUS
    sent = select(Response).where(Response.collection_id == collection_id).limit(5)
    for place, response in enumerate(session.execute(sent).scalars()):
        said = {"strengths_leadership": {"value": f"We told everybody at our door {place} of the plan."}}
        response.submission = {**(response.submission or {}), **said}
    session.flush()
    signed = Dissenting(
        "Residents were not in the room.", world.people[Role.PARTNER], agreed_to_be_named=True
    )
    agreement = Agreement(part="shared_vision", score=55, rationale="The plan is shared.", dissents=(signed,))
    agree(world.work(Role.FACILITATOR, session), collection_id, agreement, version=0)
    return collection_id


def _open(session: Session, world: World, round_id: UUID, name: str) -> UUID:
    source = (shipped_folder("questionnaires") / f"{name}.yaml").read_text(encoding="utf-8")
    row = Collection(
        partnership_id=world.partnership_id,
        id=new_id(),
        round_id=round_id,
        instrument_hash=issue(
            session, parse(source, file=f"{name}.yaml"), source=source, at=world.clock.now()
        ),
        status=CollectionStatus.OPEN,
        closes_at=world.clock.now() + timedelta(days=18),
        languages=["en"],
        settings={"selection_rule": "kish"} if name == "resident_survey" else {},
    )
    session.add(row)
    session.flush()
    return row.id


def _ask(session: Session, world: World, collection_id: UUID, *, sent: bool) -> UUID:
    """Ask the partner; of what was sent there is a receipt to look at. The participant's id."""
    of = {"partnership_id": world.partnership_id}
    person_id = world.people[Role.PARTNER]
    key = session.execute(
        select(RespondentKey).where(RespondentKey.person_id == person_id)
    ).scalar_one_or_none()
    if key is None:
        key = RespondentKey(**of, id=new_id(), person_id=person_id)
        session.add(key)
        session.flush()
    participant = Participant(
        **of,
        id=new_id(),
        collection_id=collection_id,
        person_id=person_id,
        respondent_key_id=key.id,
        organisation_id=world.organisations[0],
    )
    session.add(participant)
    session.flush()
    now = world.clock.now()
    session.add(
        Invitation(
            **of,
            token_hash=hash_of(f"{TOKEN}-{collection_id}"),
            person_id=person_id,
            participant_id=participant.id,
            made_at=now,
            expires_at=now + timedelta(days=28),
        )
    )
    if sent:
        session.add(
            Response(
                **of,
                id=new_id(),
                collection_id=collection_id,
                respondent_key_id=key.id,
                instrument_hash=session.get_one(
                    Collection, (world.partnership_id, collection_id)
                ).instrument_hash,
                organisation_id=world.organisations[0],
                mode=Mode.ONLINE,
                status=ResponseStatus.SUBMITTED,
                draft={},
                submission={},
                started_at=now,
                submitted_at=now,
            )
        )
    session.flush()
    return participant.id


def _seat(session: Session, world: World, membership_id: UUID) -> None:
    of = {"partnership_id": world.partnership_id}
    seat = Seat(**of, id=new_id(), organisation_id=world.organisations[0], title="Chief executive")
    session.add(seat)
    session.flush()
    session.get_one(Membership, (world.partnership_id, membership_id)).seat_id = seat.id
    session.flush()


def _surveyed(session: Session, world: World, round_id: UUID) -> None:
    """A published round has asked a resident, for the research file."""
    of, now = {"partnership_id": world.partnership_id}, world.clock.now()
    collection = session.get_one(
        Collection, (world.partnership_id, _open(session, world, round_id, "resident_survey"))
    )
    key = RespondentKey(**of, id=new_id(), imported_id="1")
    collection.status = CollectionStatus.FINAL
    session.add(key)
    session.flush()
    session.add(
        Response(
            **of,
            id=new_id(),
            collection_id=collection.id,
            respondent_key_id=key.id,
            instrument_hash=collection.instrument_hash,
            area_id=world.areas[0],
            mode=Mode.FACE_TO_FACE,
            status=ResponseStatus.SUBMITTED,
            draft={},
            submission={"area_satisfaction": {"value": 4}, "age_group": {"missing": "refused"}},
            started_at=now,
            submitted_at=now,
        )
    )
    session.flush()


def _interviewed(session: Session, world: World, filled: Filled) -> UUID:
    """The last of the sample has answered."""
    of, now = {"partnership_id": world.partnership_id}, world.clock.now()
    member = session.get_one(SampleMember, (world.partnership_id, filled.sample_members[-1]))
    collection = session.get_one(Collection, (world.partnership_id, member.collection_id))
    resident = Resident(**of, id=new_id(), household_id=member.household_id)
    session.add(resident)
    session.flush()
    key = RespondentKey(**of, id=new_id(), resident_id=resident.id)
    member.resident_id, member.outcome = resident.id, "complete"
    session.add(key)
    session.flush()
    session.add(
        Response(
            **of,
            id=new_id(),
            collection_id=collection.id,
            respondent_key_id=key.id,
            instrument_hash=collection.instrument_hash,
            sample_member_id=member.id,
            mode=Mode.FACE_TO_FACE,
            status=ResponseStatus.SUBMITTED,
            draft={},
            submission={},
            started_at=now,
            submitted_at=now,
        )
    )
    session.flush()
    return member.household_id


def _sample(session: Session, world: World, filled: Filled) -> list[UUID]:
    of = {"partnership_id": world.partnership_id}
    members = []
    for reference in ("1001", "1002", "1003"):
        household = Household(**of, id=new_id(), area_id=world.areas[0], reference=reference)
        session.add(household)
        session.flush()
        member = SampleMember(
            **of,
            id=new_id(),
            collection_id=filled.collections["resident_survey"],
            household_id=household.id,
            researcher_id=filled.memberships[Role.RESEARCHER],
            probability=0.1,
        )
        session.add_all([HouseholdAddress(**of, id=household.id, address=f"{reference} Canary Row"), member])
        session.flush()
        members.append(member.id)
    return members
