"""What each meeting found, and how the partners ranked it.

Assumed: two of the partners do not vote, one vote in twelve says "cannot say", and votes lie within a point
or so of where the data files put the finding.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.assessment.consensus import LEAST, MOST, FindingKind
from lsp_assess.assessment.ranking import Vote, tally
from lsp_assess.database.models.findings import Ballot, Finding, Ranking
from lsp_assess.demonstration.chance import identity, stream
from lsp_assess.demonstration.people import partners_in
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.questionnaires import DRIVER
from lsp_assess.demonstration.remarks import data
from lsp_assess.demonstration.setting import collection_id, person_id
from lsp_assess.demonstration.timetable import RoundPlan

NOT_VOTING = 2
SPREAD = 0.8
CANNOT_SAY = 1 / 12
SMALL_GROUP = 5


@dataclass(frozen=True, slots=True)
class FindingPlan:
    """`rated` is where impact and feasibility lie."""

    kind: FindingKind
    criterion: str
    words: str
    rated: tuple[float, float]


def findings_of(round_number: int) -> Iterator[FindingPlan]:
    """Those that led to an action are areas for improvement."""
    led = [
        {**entry, "kind": "improvement", "words": entry["finding"]}
        for entry in data("actions")
        if entry["round"] == round_number
    ]
    for entry in [*data("findings")[round_number], *led]:
        yield FindingPlan(
            FindingKind(entry["kind"]), entry["criterion"], entry["words"], tuple(entry["rated"])
        )


def finding_id(round_number: int, words: str) -> UUID:
    return identity("finding", round_number, words)


def load_findings(session: Session, plan: RoundPlan) -> None:
    """Gathered at the meeting, ranked within the week after it."""
    of: dict[str, Any] = {
        "partnership_id": PARTNERSHIP_ID,
        "collection_id": collection_id(plan.number, DRIVER),
    }
    found = list(findings_of(plan.number))
    cast = dict(_ballots(found, plan.number))
    for one in found:
        id_ = finding_id(plan.number, one.words)
        counted = tally((votes[id_] for votes in cast.values() if id_ in votes), threshold=SMALL_GROUP)
        session.add(
            Finding(
                **of,
                id=id_,
                kind=one.kind,
                criterion=one.criterion,
                words=one.words,
                voters=counted.voters,
                impact=counted.impact,
                feasibility=counted.feasibility,
            )
        )
    opened, closed = (plan.at(plan.meeting, hour) for hour in (16, 20))
    session.add(Ranking(**of, id=identity("ranking", plan.number), opened_at=opened, closed_at=closed))
    session.add_all(
        Ballot(
            **of,
            id=identity("ballot", plan.number, name),
            voter_id=person_id(name),
            votes={str(id_): [vote.impact, vote.feasibility] for id_, vote in votes.items()},
            at=opened,
        )
        for name, votes in cast.items()
    )
    session.flush()


def _ballots(found: list[FindingPlan], round_number: int) -> Iterator[tuple[str, dict[UUID, Vote]]]:
    partners = list(partners_in(round_number))
    for partner in islice(partners, len(partners) - NOT_VOTING):
        chance = stream("votes", round_number, partner.name)
        votes = {}
        for one in found:
            points = (float(centre + chance.normal(0, SPREAD)) for centre in one.rated)
            vote = Vote(*(min(MOST, max(LEAST, round(point))) for point in points))
            if chance.random() >= CANNOT_SAY:
                votes[finding_id(round_number, one.words)] = vote
        yield partner.name, votes
