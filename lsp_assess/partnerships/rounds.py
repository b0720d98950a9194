"""The life of a round and of the collections in it, as one table of transitions."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.kernel.errors import Conflict, Invalid, problem
from lsp_assess.kernel.messages import message
from lsp_assess.partnerships.roles import Role


class CollectionStatus(StrEnum):
    DRAFT = "draft"
    OPEN = "open"
    CLOSED = "closed"
    IN_CONSENSUS = "in_consensus"
    FINAL = "final"


class CollectionEvent(StrEnum):
    OPEN = "open"
    CLOSE = "close"
    BEGIN_CONSENSUS = "begin_consensus"
    FINALISE = "finalise"
    REOPEN = "reopen"


class Need(StrEnum):
    """What must be shown before a step is taken, besides the permission."""

    REASON = "reason"
    COMPLETE_LANGUAGES = "complete_languages"


class RoundStatus(StrEnum):
    DRAFT = "draft"
    UNDER_WAY = "under_way"
    READY = "ready"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class Transition:
    to: CollectionStatus
    by: frozenset[Role]
    needs: frozenset[Need] = frozenset()


COORDINATOR = frozenset({Role.COORDINATOR})
MEETING = frozenset({Role.COORDINATOR, Role.FACILITATOR})
REASON = frozenset({Need.REASON})

# Reopening goes one step back and no further: scores that a meeting has seen are not scored again.
TRANSITIONS: dict[tuple[CollectionStatus, CollectionEvent], Transition] = {
    (CollectionStatus.DRAFT, CollectionEvent.OPEN): Transition(
        CollectionStatus.OPEN, COORDINATOR, frozenset({Need.COMPLETE_LANGUAGES})
    ),
    (CollectionStatus.OPEN, CollectionEvent.CLOSE): Transition(CollectionStatus.CLOSED, COORDINATOR),
    (CollectionStatus.CLOSED, CollectionEvent.REOPEN): Transition(CollectionStatus.OPEN, COORDINATOR, REASON),
    (CollectionStatus.CLOSED, CollectionEvent.BEGIN_CONSENSUS): Transition(
        CollectionStatus.IN_CONSENSUS, MEETING
    ),
    (CollectionStatus.CLOSED, CollectionEvent.FINALISE): Transition(CollectionStatus.FINAL, COORDINATOR),
    (CollectionStatus.IN_CONSENSUS, CollectionEvent.FINALISE): Transition(CollectionStatus.FINAL, MEETING),
    (CollectionStatus.IN_CONSENSUS, CollectionEvent.REOPEN): Transition(
        CollectionStatus.CLOSED, COORDINATOR, REASON
    ),
    (CollectionStatus.FINAL, CollectionEvent.REOPEN): Transition(
        CollectionStatus.CLOSED, COORDINATOR, REASON
    ),
}


def transition(status: CollectionStatus, event: CollectionEvent) -> Transition:
    """Raises `Conflict` (collection_cannot) where the collection has moved on, or is not there yet."""
    found = TRANSITIONS.get((status, event))
    if found is None:
        raise Conflict(
            problem(
                "collection_cannot",
                status=message(f"collection_status.{status}"),
                event=message(f"collection_event.{event}"),
            )
        )
    return found


def move(
    status: CollectionStatus,
    event: CollectionEvent,
    *,
    reason: str = "",
    shown: frozenset[Need] = frozenset(),
) -> CollectionStatus:
    """The status after `event`. `shown` names the needs that the caller has checked; a reason shows
    itself. Raises `Conflict` where the step does not exist, `Invalid` where a need is not met."""
    step = transition(status, event)
    met = shown | (REASON if reason.strip() else frozenset())
    missing = sorted(step.needs - met)
    if missing:
        raise Invalid(*(problem(f"collection_needs_{need}") for need in missing))
    return step.to


def events_possible(status: CollectionStatus) -> tuple[CollectionEvent, ...]:
    return tuple(event for (from_, event) in TRANSITIONS if from_ is status)


def accepts_answers(status: CollectionStatus) -> bool:
    return status is CollectionStatus.OPEN


def round_status(collections: Iterable[CollectionStatus], *, releases: int) -> RoundStatus:
    """A round has no life of its own: it follows from its collections and its releases."""
    statuses = set(collections)
    if releases:
        return RoundStatus.PUBLISHED
    if statuses <= {CollectionStatus.DRAFT}:
        return RoundStatus.DRAFT
    return RoundStatus.READY if statuses == {CollectionStatus.FINAL} else RoundStatus.UNDER_WAY


def check_publishable(collections: Iterable[CollectionStatus]) -> None:
    """Raises `Conflict` unless there is something to publish and all of it is final."""
    statuses = list(collections)
    unfinished = sum(status is not CollectionStatus.FINAL for status in statuses)
    if not statuses:
        raise Conflict(problem("round_is_empty"))
    if unfinished:
        raise Conflict(problem("round_unfinished", unfinished=unfinished))
