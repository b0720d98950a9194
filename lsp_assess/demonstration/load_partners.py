"""The partners' answers of all rounds, and what the meetings agreed."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from lsp_assess.database.base import Base
from lsp_assess.database.models.responses import (
    AgreedScore,
    Dissent,
    Mode,
    Participant,
    RespondentKey,
    Response,
    ResponseStatus,
)
from lsp_assess.demonstration.chance import identity, stream
from lsp_assess.demonstration.driver_scores import part_scores
from lsp_assess.demonstration.evidence import register, relied_on
from lsp_assess.demonstration.meeting import agree
from lsp_assess.demonstration.partner_opinions import perception_answers, wheel_answers
from lsp_assess.demonstration.people import Partner, partners_in
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.questionnaires import DRIVER, PERCEPTIONS, WHEEL
from lsp_assess.demonstration.remarks import remarks_in
from lsp_assess.demonstration.sending import sent
from lsp_assess.demonstration.setting import (
    Setting,
    collection_id,
    organisation_id,
    person_id,
)
from lsp_assess.demonstration.timetable import OPEN_ROUND, RoundPlan, past_rounds
from lsp_assess.instruments.answers import Answer
from lsp_assess.instruments.scoring import ScoringModel

# Asked and never answered, by round and questionnaire; everybody else did.
SILENT = {
    (1, PERCEPTIONS): ("Quentin Harebell",),
    (1, WHEEL): ("Grace Sorrel",),
    (2, DRIVER): ("Idris Valerian",),
    (2, PERCEPTIONS): ("Wanda Scabious", "Dafydd Teasel"),
    (3, WHEEL): ("Joseph Tansy",),
}
# Of the open round: how many have sent the driver, and who has begun it; the others have yet to begin.
SENT_ALREADY = 8
BEGUN = ("Olwen Mallow", "Victor Bugle", "Yasmin Toadflax")
NOT_YET = ("Ada Larkspur", "Doris Ragwort")


def load_partners(setting: Setting) -> None:
    partners = {plan.number: tuple(partners_in(plan.number)) for plan in setting.rounds}
    names = {partner.name for group in partners.values() for partner in group}
    setting.write(
        RespondentKey(partnership_id=PARTNERSHIP_ID, id=key_id(name), person_id=person_id(name))
        for name in sorted(names)
    )
    setting.write(register())
    for plan in past_rounds():
        for name in (DRIVER, WHEEL, PERCEPTIONS):
            setting.write(_participants(plan, name, partners[plan.number]))
            setting.write(_past(setting, plan, name, partners[plan.number]))
        setting.write(_agreed(setting, plan))
    setting.write(_participants(setting.open_round, DRIVER, partners[OPEN_ROUND]))
    setting.write(_open(setting, partners[OPEN_ROUND]))


def key_id(name: str) -> UUID:
    return identity("respondent key", name)


def participant_id(plan: RoundPlan, instrument: str, name: str) -> UUID:
    return identity("participant", plan.number, instrument, name)


def _participants(plan: RoundPlan, instrument: str, partners: tuple[Partner, ...]) -> Iterator[Base]:
    for partner in partners:
        yield Participant(
            partnership_id=PARTNERSHIP_ID,
            id=participant_id(plan, instrument, partner.name),
            collection_id=collection_id(plan.number, instrument),
            person_id=person_id(partner.name),
            organisation_id=organisation_id(partner.organisation),
            respondent_key_id=key_id(partner.name),
        )


def _past(
    setting: Setting, plan: RoundPlan, instrument: str, partners: tuple[Partner, ...]
) -> Iterator[Base]:
    silent = SILENT.get((plan.number, instrument), ())
    remarks = remarks_in(plan.number, partners) if instrument == DRIVER else {}
    for partner in partners:
        if partner.name in silent:
            continue
        answers = {**_answers(setting, plan, instrument, partner), **remarks.get(partner.name, {})}
        at = moment(plan, instrument, partner.name)
        yield _response(setting, plan, instrument, partner, answers, at=at, status=ResponseStatus.SUBMITTED)


def _answers(setting: Setting, plan: RoundPlan, instrument: str, partner: Partner) -> Mapping[str, Answer]:
    if instrument == DRIVER:
        return part_scores(_model(setting), partner, plan.number)
    if instrument == WHEEL:
        return wheel_answers(partner, plan.number)
    return perception_answers(partner, plan.number)


def _model(setting: Setting) -> ScoringModel:
    model = setting.instrument(DRIVER).scoring
    assert model is not None  # noqa: S101  the shipped driver is scored
    return model


def _open(setting: Setting, partners: tuple[Partner, ...]) -> Iterator[Base]:
    """Some have sent the driver, some have begun it, the others have it still before them."""
    plan, model = setting.open_round, _model(setting)
    begun = [partner for partner in partners if partner.name in BEGUN]
    willing = [partner for partner in partners if partner.name not in (*BEGUN, *NOT_YET)]
    ready = stream("open round").choice(len(willing), size=SENT_ALREADY, replace=False)
    for place, partner in enumerate((*(willing[index] for index in ready), *begun)):
        at = plan.at(plan.opens + timedelta(days=1 + place % 7), 10 + place % 6, place * 5)
        answers = part_scores(model, partner, plan.number)
        if partner in begun:
            answers = dict(islice(answers.items(), 5 * (1 + begun.index(partner))))
        status = ResponseStatus.DRAFT if partner in begun else ResponseStatus.SUBMITTED
        yield _response(setting, plan, DRIVER, partner, answers, at=at, status=status)


def _response(
    setting: Setting,
    plan: RoundPlan,
    instrument: str,
    partner: Partner,
    answers: Mapping[str, Answer],
    *,
    at: datetime,
    status: ResponseStatus,
) -> Base:
    entered = sent(setting.instrument(instrument), answers)
    done = status is ResponseStatus.SUBMITTED
    return Response(
        partnership_id=PARTNERSHIP_ID,
        id=identity("response", plan.number, instrument, partner.name),
        collection_id=collection_id(plan.number, instrument),
        respondent_key_id=key_id(partner.name),
        instrument_hash=setting.hash_of(instrument),
        organisation_id=organisation_id(partner.organisation),
        mode=Mode.ONLINE,
        status=status,
        draft=entered.draft,
        submission=entered.submission if done else None,
        started_at=at - timedelta(minutes=25),
        submitted_at=at if done else None,
        entered_by=person_id(partner.name),
    )


def moment(plan: RoundPlan, *topic: str) -> datetime:
    """Some time in the working hours of the weeks in which a round collects."""
    chance = stream("moment", plan.number, *topic)
    day = plan.opens + timedelta(days=int(chance.integers(0, plan.days)))
    return plan.at(day, int(chance.integers(8, 18)), int(chance.integers(0, 60)))


def _agreed(setting: Setting, plan: RoundPlan) -> Iterator[Base]:
    model = _model(setting)
    silent = SILENT.get((plan.number, DRIVER), ())
    people = [
        part_scores(model, partner, plan.number)
        for partner in partners_in(plan.number)
        if partner.name not in silent
    ]
    for part in agree(model, people, plan.number):
        agreed_id = identity("agreed", plan.number, part.item)
        yield AgreedScore(
            partnership_id=PARTNERSHIP_ID,
            id=agreed_id,
            collection_id=collection_id(plan.number, DRIVER),
            part=part.item,
            score=float(part.score),
            rationale=part.rationale,
            at=plan.at(plan.meeting, 15),
        )
        yield from relied_on(plan, part.item)
        if part.dissent:
            yield Dissent(
                partnership_id=PARTNERSHIP_ID,
                id=identity("dissent", plan.number, part.item),
                agreed_score_id=agreed_id,
                place=1,
                words=part.dissent,
            )
