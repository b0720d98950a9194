"""The register of evidence, and what the meetings relied on.

Assumed: a meeting relies on everything that all partners may see and that stood beside the part on its day,
also on what was out of date by then, which the record says.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from lsp_assess.assessment.evidence import USUAL_MONTHS, Audience, staleness
from lsp_assess.database.models.evidence import Evidence, ReliedEvidence
from lsp_assess.demonstration.chance import identity
from lsp_assess.demonstration.load_partnership import account_id
from lsp_assess.demonstration.progress import PARTNERSHIP_ID
from lsp_assess.demonstration.staff import coordinator
from lsp_assess.demonstration.timetable import RoundPlan

WAITED = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    title: str
    parts: tuple[str, ...]
    effective_on: date
    expires_on: date | None = None
    words: str | None = None
    link: str | None = None
    audience: Audience = Audience.PARTNERS

    @property
    def added_on(self) -> date:
        return self.effective_on + WAITED


ITEMS = (
    Item(
        title="Community plan 2023 to 2026",
        parts=("shared_vision", "causal_plan"),
        effective_on=date(2023, 6, 1),
        expires_on=date(2026, 3, 31),
        link="https://plan.marrowdale.example/2023-2026",
    ),
    Item(
        title="Training needs of those who sit at the table",
        parts=("skills",),
        effective_on=date(2024, 1, 22),
        words="Nine of the eleven organisations answered. Reading figures and chairing were asked for most.",
    ),
    Item(
        title="Information sharing protocol",
        parts=("data_sharing", "subpartnership_protocols"),
        effective_on=date(2025, 2, 3),
        expires_on=date(2028, 2, 2),
        link="https://data.marrowdale.example/protocol",
    ),
    Item(
        title="Decisions of the board and what became of them",
        parts=("governance", "accountability", "senior_commitment"),
        effective_on=date(2026, 2, 11),
        words="Of 31 decisions of the year before, 24 were carried out by their day and 4 later.",
    ),
    Item(
        title="Notes on how the last meeting went",
        parts=("trust_and_challenge",),
        effective_on=date(2025, 5, 9),
        words="The room was slow to disagree aloud; the blind scores were what opened it.",
        audience=Audience.FACILITATION,
    ),
)


def register() -> Iterator[Evidence]:
    for item in ITEMS:
        yield Evidence(
            partnership_id=PARTNERSHIP_ID,
            id=identity("evidence", item.title),
            title=item.title,
            words=item.words,
            link=item.link,
            parts=list(item.parts),
            audience=item.audience,
            effective_on=item.effective_on,
            expires_on=item.expires_on,
            added_at=datetime.combine(item.added_on, time(10), UTC),
            account_id=account_id(coordinator().name),
        )


def relied_on(plan: RoundPlan, part: str) -> Iterator[ReliedEvidence]:
    for item in ITEMS:
        seen = item.audience is Audience.PARTNERS and item.added_on <= plan.meeting
        if seen and part in item.parts:
            stale = staleness(item.effective_on, item.expires_on, on=plan.meeting, months=USUAL_MONTHS)
            yield ReliedEvidence(
                partnership_id=PARTNERSHIP_ID,
                id=identity("relied evidence", plan.number, part, item.title),
                agreed_score_id=identity("agreed", plan.number, part),
                evidence_id=identity("evidence", item.title),
                title=item.title,
                was_stale=stale is not None,
            )
