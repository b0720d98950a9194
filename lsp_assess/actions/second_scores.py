"""What was revealed of parts that were scored again at the meeting."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from lsp_assess.actions.settings import partnership
from lsp_assess.actions.spreads import gated_spread
from lsp_assess.actions.work import Work
from lsp_assess.assessment.rescoring import RescoringStatus
from lsp_assess.database import rescoring as stored
from lsp_assess.database.frozen_spreads import from_json
from lsp_assess.database.models.rescoring import Rescoring
from lsp_assess.instruments import Instrument

if TYPE_CHECKING:
    from lsp_assess.assessment.spread import Spread


@dataclass(frozen=True, slots=True)
class Second:
    """`spread` is that of the reveal; None before it, and where nothing may be told."""

    status: RescoringStatus
    revealed_at: datetime | None
    spread: "Spread | None"


def second_scorings(work: Work, collection_id: UUID, instrument: Instrument) -> Mapping[str, Second]:
    """By part."""
    threshold = partnership(work).small_group
    return {
        part: Second(row.status, row.revealed_at, _as_revealed(row, instrument, threshold))
        for part, row in stored.rescorings(work.session, collection_id).items()
    }


def _as_revealed(row: Rescoring, instrument: Instrument, threshold: int) -> "Spread | None":
    """Told from what was frozen: whoever takes their score out later is not known by the difference."""
    if row.shown is None:
        return None
    return gated_spread(row.part, from_json(row.shown), instrument, threshold=threshold)
