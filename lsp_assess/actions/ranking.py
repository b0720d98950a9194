"""The ranking of a round's findings: opened, voted on by each partner, closed, and counted in that moment."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.findings import Gathered, gathered
from lsp_assess.actions.settings import partnership
from lsp_assess.actions.work import Work
from lsp_assess.assessment.consensus import MeetingFinding
from lsp_assess.assessment.ranking import Vote, check_opening, check_voting, tally
from lsp_assess.database import findings as stored
from lsp_assess.database.answering import held_open
from lsp_assess.database.models.findings import Ballot, Finding, Ranking
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.rounds import current_partners, held_alone
from lsp_assess.kernel.errors import Conflict, Denied, Invalid, NotFound, problem
from lsp_assess.kernel.ids import new_id

Votes = Mapping[UUID, Vote]
"""By the finding."""


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many of the partners have voted, never how."""

    voted: int
    partners: int


def turnout(work: Work, collection_id: UUID) -> Turnout:
    work.check("gather_findings")
    partners = current_partners(work.session, work.now.date())
    return Turnout(stored.voted(work.session, collection_id), len(partners))


def open_ranking(work: Work, collection_id: UUID) -> None:
    """From now on partners see the findings and vote on them; their words stay as they are."""
    work.check("gather_findings")
    gathered_ = _alone(work, collection_id)
    check_opening(gathered_.collection.status, gathered_.ranking, findings=len(gathered_.findings))
    work.session.add(
        Ranking(
            partnership_id=work.actor.partnership_id,
            id=new_id(),
            collection_id=collection_id,
            opened_at=work.now,
        )
    )
    work.session.flush()
    work.record("ranking_opened", object_kind="collection", object_id=collection_id)


def my_ballot(work: Work, collection_id: UUID) -> Ballot | None:
    work.check("rank_findings")
    return stored.ballot_of(work.session, collection_id=collection_id, voter_id=_voter(work))


def votes_of(ballot: Ballot | None) -> Votes:
    if ballot is None:
        return {}
    return {UUID(id_): Vote(*given) for id_, given in ballot.votes.items()}


def vote(work: Work, collection_id: UUID, votes: Votes, *, version: int) -> None:
    """The partner's votes on all findings, in the place of those before; `version` is 0 for the first time.
    Raises Conflict once the ranking is closed, or where the same person voted in another tab."""
    work.check("rank_findings")
    found(work, Collection, collection_id)
    voter_id = _voter(work)
    collection = held_open(work.session, collection_id)
    check_voting(collection.status, stored.status_of(stored.ranking(work.session, collection_id)))
    ranked = {row.id for row in stored.findings(work.session, collection_id) if row.merged_into is None}
    if not votes.keys() <= ranked:
        raise NotFound
    if not votes:
        raise Invalid(problem("nothing_rated"))
    row = stored.ballot_of(work.session, collection_id=collection_id, voter_id=voter_id)
    if row is None and version:
        raise Conflict(problem("changed_meanwhile"))
    if row is None:
        row = Ballot(
            partnership_id=work.actor.partnership_id,
            id=new_id(),
            collection_id=collection_id,
            voter_id=voter_id,
        )
        work.session.add(row)
    else:
        check_version(row, version)
    row.votes = {str(id_): [each.impact, each.feasibility] for id_, each in votes.items()}
    row.at = work.now
    work.session.flush()
    work.record("findings_ranked", object_kind="collection", object_id=collection_id)


def close_ranking(work: Work, collection_id: UUID) -> None:
    """Count: the figures stand from now on as they are. Whoever votes at this moment is wholly in, or
    refused."""
    work.check("gather_findings")
    gathered_ = _alone(work, collection_id)
    check_voting(gathered_.collection.status, gathered_.ranking)
    given = [votes_of(ballot) for ballot in stored.ballots(work.session, collection_id)]
    threshold = partnership(work).small_group
    for row in gathered_.findings:
        counted = tally((votes[row.id] for votes in given if row.id in votes), threshold=threshold)
        row.voters, row.impact, row.feasibility = counted.voters, counted.impact, counted.feasibility
    ranking = stored.ranking(work.session, collection_id)
    assert ranking is not None  # noqa: S101  it is open
    ranking.closed_at = work.now
    work.session.flush()
    work.record("ranking_closed", object_kind="collection", object_id=collection_id)


def as_counted(row: Finding, *, threshold: int) -> MeetingFinding:
    """With the figures of the closing, unless the threshold is now above those who voted."""
    shows = row.voters is not None and row.voters >= threshold
    return MeetingFinding(
        kind=row.kind,
        words=row.words,
        impact=row.impact if shows else None,
        feasibility=row.feasibility if shows else None,
        criterion=row.criterion,
        voters=row.voters or 0,
    )


def _alone(work: Work, collection_id: UUID) -> Gathered:
    """Nobody else votes, gathers or moves the collection until this transaction ends."""
    if held_alone(work.session, collection_id) is None:
        raise NotFound
    return gathered(work, collection_id)


def _voter(work: Work) -> UUID:
    if work.actor.person_id is None:
        raise Denied(problem("membership_needed"))
    return work.actor.person_id
