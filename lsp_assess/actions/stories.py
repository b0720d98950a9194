"""Stories among partners: who may read one, votes on those of others, the panel's decision, and consents
taken back."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions.consents import take_back
from lsp_assess.actions.release_stories import consent_records
from lsp_assess.actions.settings import partnership
from lsp_assess.actions.work import Work
from lsp_assess.database import stories as stored
from lsp_assess.database.answering import held_open
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.stories import StoryGrade
from lsp_assess.database.stories import SentStory
from lsp_assess.instruments import Instrument, answers_from_json
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.items import ConsentTo
from lsp_assess.kernel.errors import Conflict, Denied, NotFound, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.stories import consents
from lsp_assess.stories.consents import ConsentState, consent_state
from lsp_assess.stories.grades import (
    Contribution,
    Evidence,
    Grade,
    GradeSummary,
    check_rater,
    summarise,
)
from lsp_assess.stories.panel import DECIDING, VOTING, check_deciding, check_voting, spread_may_show
from lsp_assess.stories.selection import Choice, Decision


@dataclass(frozen=True, slots=True)
class StorySeen:
    """A story as the actor may see it. `is_own`: the actor told it or wrote it down."""

    sent: SentStory
    instrument: Instrument
    is_own: bool
    may_vote: bool
    may_decide: bool
    my_vote: StoryGrade | None
    use: ConsentState

    @property
    def id(self) -> UUID:
        return self.sent.response.id

    @property
    def may_read(self) -> bool:
        """Without consent to its use it is kept for nobody but its teller."""
        return self.is_own or self.use is ConsentState.GIVEN

    @property
    def awaits_vote(self) -> bool:
        return self.may_vote and self.my_vote is None

    @property
    def answers(self) -> Answers:
        response = self.sent.response
        today = response.started_at.date()
        return answers_from_json(self.instrument, response.submission or {}, today=today).answers

    @property
    def votes(self) -> int:
        return len(self.sent.record.grades)

    @property
    def decision(self) -> Decision | None:
        """Not for those who may still vote: they judge for themselves."""
        row = self.sent.record.story
        if row is None or row.decision is None or (self.may_vote and not self.may_decide):
            return None
        return Decision(Choice(row.decision), row.decision_reason or "")

    @property
    def version(self) -> int:
        """Of the decision; 0 before there is one."""
        row = self.sent.record.story
        return row.version if row is not None and row.decision is not None else 0

    @property
    def changed_since_my_vote(self) -> bool:
        sent_at = self.sent.response.submitted_at
        return self.my_vote is not None and sent_at is not None and sent_at > self.my_vote.at

    def state_of(self, to: ConsentTo) -> ConsentState:
        return consent_state(tuple(consent_records(self.sent.record.consents)), to)

    @property
    def consents(self) -> dict[ConsentTo, ConsentState]:
        return {to: self.state_of(to) for to in consents.FOR_STORIES}


def stories(work: Work) -> Iterator[StorySeen]:
    """The actor's own; those of others that they may read; to the coordinator also that there are others.
    The latest round first."""
    work.check("read_stories")
    for sent in stored.sent_stories(work.session):
        seen = _seen(work, sent)
        if seen.may_read or _runs_the_panel(work):
            yield seen


def story(work: Work, story_id: UUID) -> StorySeen:
    """Raises NotFound where the actor may not read it, as where there is none."""
    work.check("read_stories")
    sent = stored.sent_story(work.session, story_id)
    seen = _seen(work, sent) if sent is not None else None
    if seen is None or not seen.may_read:
        raise NotFound
    return seen


def grade(
    work: Work, story_id: UUID, *, contribution: Contribution, evidence: Evidence, version: int
) -> None:
    """One's vote on another's story, `version` being that of the vote as the page showed it, 0 for none.
    Raises Denied of one's own, Conflict once voting is over or where the vote changed meanwhile."""
    work.check("grade_stories")
    person_id = work.actor.person_id
    seen = story(work, story_id)
    if person_id is None:
        raise Denied(problem("membership_needed"))
    for teller in seen.sent.tellers:
        check_rater(person_id, teller=teller)
    check_voting(held_open(work.session, seen.sent.collection.id).status)
    stored.panel_row(work.session, story_id)
    vote = stored.vote_of(work.session, story_id, person_id)
    if version != (vote.version if vote else 0):
        raise Conflict(problem("changed_meanwhile"))
    if vote is None:
        vote = StoryGrade(
            partnership_id=work.actor.partnership_id, id=new_id(), story_id=story_id, rater_id=person_id
        )
        work.session.add(vote)
    vote.contribution, vote.evidence, vote.at = int(contribution), int(evidence), work.now
    work.session.flush()
    work.record("story_graded", object_kind="story", object_id=story_id)


def decide(work: Work, story_id: UUID, decision: Decision, *, version: int) -> None:
    """Record what the panel decided and why; the story is kept either way. Raises Conflict before telling
    is closed, after the collection is final, or where another decision was recorded meanwhile."""
    work.check("coordinate")
    seen = story(work, story_id)
    check_deciding(held_open(work.session, seen.sent.collection.id).status)
    row = stored.panel_row(work.session, story_id)
    if version != (row.version if row.decision is not None else 0):
        raise Conflict(problem("changed_meanwhile"))
    row.decision, row.decision_reason, row.decided_at = decision.choice.value, decision.reason, work.now
    work.session.flush()
    work.record("story_decided", object_kind="story", object_id=story_id, decision=decision.choice.value)


def withdraw(work: Work, story_id: UUID, to: ConsentTo) -> None:
    """The teller, or the coordinator whom the teller asked, takes a consent back, at once and everywhere.
    Raises Denied to anybody else, Conflict where the consent is not given."""
    seen = story(work, story_id)
    if not may_withdraw(work, seen):
        raise Denied(problem("consent_of_another"))
    take_back(work, seen.sent.response, seen.instrument, to)


def may_withdraw(work: Work, seen: StorySeen) -> bool:
    return seen.is_own or allows(POLICIES["coordinate"], work.actor)


def spread(work: Work, seen: StorySeen) -> GradeSummary | None:
    """How the votes lie, without names, once nobody votes any more; None where that may not be shown."""
    grades = summarise(
        [
            Grade(one.rater_id, Contribution(one.contribution), Evidence(one.evidence))
            for one in seen.sent.record.grades
        ]
    )
    threshold = partnership(work).small_group
    return grades if spread_may_show(seen.sent.collection.status, grades, threshold=threshold) else None


def _seen(work: Work, sent: SentStory) -> StorySeen:
    person_id, status = work.actor.person_id, sent.collection.status
    is_own = person_id in sent.tellers
    records = tuple(consent_records(sent.record.consents))
    return StorySeen(
        sent=sent,
        instrument=instrument_of(work.session, sent.response.instrument_hash),
        is_own=is_own,
        may_vote=not is_own
        and status in VOTING
        and consent_state(records, ConsentTo.USE) is ConsentState.GIVEN
        and allows(POLICIES["grade_stories"], work.actor),
        may_decide=status in DECIDING and allows(POLICIES["coordinate"], work.actor),
        my_vote=next((one for one in sent.record.grades if one.rater_id == person_id), None),
        use=consent_state(records, ConsentTo.USE),
    )


def _runs_the_panel(work: Work) -> bool:
    return allows(POLICIES["coordinate"], work.actor)
