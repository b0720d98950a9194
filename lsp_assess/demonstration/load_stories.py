"""Stories as their tellers sent them, with consents, votes, the panel's decisions and links."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from uuid import UUID

from lsp_assess.database.base import Base
from lsp_assess.database.models.responses import Consent, Mode, Participant, Response, ResponseStatus
from lsp_assess.database.models.stories import Story, StoryGrade, StoryLink
from lsp_assess.demonstration.chance import identity, stream
from lsp_assess.demonstration.load_partners import key_id, moment, participant_id
from lsp_assess.demonstration.people import ORGANISATIONS, partners_in
from lsp_assess.demonstration.places import WARDS
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.questionnaires import STORY
from lsp_assess.demonstration.sending import sent
from lsp_assess.demonstration.setting import (
    Setting,
    area_id,
    collection_id,
    organisation_id,
    person_id,
)
from lsp_assess.demonstration.stories import ToldStory, Withdrawn, told_stories
from lsp_assess.demonstration.timetable import OPEN_ROUND, RoundPlan
from lsp_assess.instruments.answers import Answered
from lsp_assess.instruments.items import ConsentTo


def load_stories(setting: Setting) -> None:
    plans = {plan.number: plan for plan in setting.rounds}
    told = tuple(told_stories({plan.key: plan.name for plan in ORGANISATIONS}))
    for plan in setting.rounds:
        setting.write(_participants(plan))
    setting.write(_response(setting, plans[story.round_number], story) for story in told)
    for make in (_consents, _panel, _votes, _links):
        setting.write(row for story in told for row in make(plans[story.round_number], story))


def withdrawn_after_release(round_number: int) -> Iterable[UUID]:
    """Stories of which the use is taken back once their round is published."""
    for story in told_stories({plan.key: plan.name for plan in ORGANISATIONS}):
        if story.round_number == round_number and story.withdrawn is Withdrawn.AFTER_RELEASE:
            yield story_id(story)


def story_id(story: ToldStory) -> UUID:
    return identity("story", story.key)


def consent_id(story: UUID, to: ConsentTo) -> UUID:
    return identity("story consent", str(story), to.value)


def _participants(plan: RoundPlan) -> Iterator[Base]:
    for partner in partners_in(plan.number):
        yield Participant(
            partnership_id=PARTNERSHIP_ID,
            id=participant_id(plan, STORY, partner.name),
            collection_id=collection_id(plan.number, STORY),
            person_id=person_id(partner.name),
            organisation_id=organisation_id(partner.organisation),
            respondent_key_id=key_id(partner.name),
        )


def _told_at(plan: RoundPlan, story: ToldStory) -> datetime:
    """In the open round before today."""
    if plan.number == OPEN_ROUND:
        hour = int(stream("moment", plan.number, STORY, story.key).integers(8, 18))
        return plan.at(plan.opens + timedelta(days=5), hour)
    return moment(plan, STORY, story.key)


def _response(setting: Setting, plan: RoundPlan, story: ToldStory) -> Base:
    entered, at = sent(setting.instrument(STORY), story.answers), _told_at(plan, story)
    return Response(
        partnership_id=PARTNERSHIP_ID,
        id=story_id(story),
        collection_id=collection_id(plan.number, STORY),
        respondent_key_id=key_id(story.teller.name),
        number=1,
        instrument_hash=setting.hash_of(STORY),
        organisation_id=organisation_id(story.teller.organisation),
        area_id=_ward_of(story),
        mode=Mode.ONLINE,
        status=ResponseStatus.SUBMITTED,
        draft=entered.draft,
        submission=entered.submission,
        started_at=at - timedelta(minutes=40),
        submitted_at=at,
        entered_by=person_id(story.teller.name),
    )


def _ward_of(story: ToldStory) -> UUID | None:
    place = story.answers["story_area"]
    return next((area_id(ward.code) for ward in WARDS if place == Answered(ward.name)), None)


def _consents(plan: RoundPlan, story: ToldStory) -> Iterator[Base]:
    taken_back = plan.at(plan.meeting, 10) if story.withdrawn is Withdrawn.BEFORE_RELEASE else None
    for to, given in story.consents.items():
        yield Consent(
            partnership_id=PARTNERSHIP_ID,
            id=consent_id(story_id(story), to),
            response_id=story_id(story),
            kind=to.value,
            given=given,
            at=_told_at(plan, story),
            withdrawn_at=taken_back if to is ConsentTo.USE else None,
        )


def _panel(plan: RoundPlan, story: ToldStory) -> Iterator[Base]:
    if story.decision is None:
        return
    yield Story(
        partnership_id=PARTNERSHIP_ID,
        id=story_id(story),
        collector_id=None,
        decision=story.decision.choice.value,
        decision_reason=story.decision.reason,
        decided_at=plan.at(plan.meeting, 15),
    )


def _votes(plan: RoundPlan, story: ToldStory) -> Iterator[Base]:
    for place, vote in enumerate(story.votes):
        yield StoryGrade(
            partnership_id=PARTNERSHIP_ID,
            id=identity("vote", story.key, vote.rater),
            story_id=story_id(story),
            rater_id=person_id(vote.rater),
            contribution=vote.contribution,
            evidence=vote.evidence,
            at=plan.at(plan.closes + timedelta(days=2 + place), 14),
        )


def _links(_plan: RoundPlan, story: ToldStory) -> Iterator[Base]:
    for link in story.links:
        yield StoryLink(
            partnership_id=PARTNERSHIP_ID,
            id=identity("story link", story.key, link.target, link.code, link.relation),
            story_id=story_id(story),
            target_kind=link.target.value,
            target_code=link.code,
            relation=link.relation.value,
        )
