"""What the selection panel decided of a story and why; what counts in a release."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from lsp_assess.instruments.items import ConsentTo
from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.stories.consents import ConsentRecord, ConsentState, allows, consent_state
from lsp_assess.stories.grades import GradeSummary


class Choice(StrEnum):
    SELECTED = "selected"
    NOT_SELECTED = "not_selected"


@dataclass(frozen=True, slots=True)
class Decision:
    choice: Choice
    reason: str

    def __post_init__(self) -> None:
        if not self.reason.strip():
            raise Invalid(problem("decision_needs_reason"))


class Standing(StrEnum):
    """Where a story stands when a release is made. Only the first two are told in it; of the others it
    says how many there are, and of those not selected, why."""

    VALUE_ADDED = "value_added"
    TOLD = "told"
    NOT_SELECTED = "not_selected"
    UNDECIDED = "undecided"
    WITHDRAWN = "withdrawn"
    NO_CONSENT = "no_consent"


@dataclass(frozen=True, slots=True)
class Candidate:
    story: UUID
    consents: tuple[ConsentRecord, ...]
    grades: GradeSummary
    decision: Decision | None


@dataclass(frozen=True, slots=True)
class StoryCounts:
    """`reasons` of the stories not selected, the commonest first."""

    gathered: int
    by_standing: tuple[tuple[Standing, int], ...]
    reasons: tuple[tuple[str, int], ...]

    def of(self, standing: Standing) -> int:
        return dict(self.by_standing).get(standing, 0)


def standing(candidate: Candidate) -> Standing:
    """Consent comes before everything; a story counts as value added only when both median grades are 2
    or more."""
    if not allows(candidate.consents, ConsentTo.USE):
        withdrawn = consent_state(candidate.consents, ConsentTo.USE) is ConsentState.WITHDRAWN
        return Standing.WITHDRAWN if withdrawn else Standing.NO_CONSENT
    if candidate.decision is None:
        return Standing.UNDECIDED
    if candidate.decision.choice is Choice.NOT_SELECTED:
        return Standing.NOT_SELECTED
    return Standing.VALUE_ADDED if candidate.grades.adds_value else Standing.TOLD


def count_stories(candidates: Sequence[Candidate]) -> StoryCounts:
    standings = [(candidate, standing(candidate)) for candidate in candidates]
    counts = Counter(found for _, found in standings)
    reasons = Counter(
        candidate.decision.reason.strip()
        for candidate, found in standings
        if found is Standing.NOT_SELECTED and candidate.decision is not None
    )
    return StoryCounts(
        gathered=len(candidates),
        by_standing=tuple((each, counts[each]) for each in Standing),
        reasons=tuple(reasons.most_common()),
    )
