"""The record of a part at the meeting: what was agreed, agreed anew and taken back. Nothing is ever lost."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from lsp_assess.assessment.consensus import AgreedScore


@dataclass(frozen=True, slots=True)
class Step:
    """`agreed` is None where what stood until then was taken back; `by` is who wrote it down, where that is
    still known."""

    number: int
    agreed: AgreedScore | None
    at: datetime
    by: str | None = None


def standing(record: Iterable[Step]) -> Step | None:
    """What stands after all steps, in their order: taking back goes one step back, to what was agreed
    before, or to nothing."""
    agreed: list[Step] = []
    for step in record:
        if step.agreed is not None:
            agreed.append(step)
        elif agreed:
            agreed.pop()
    return agreed[-1] if agreed else None
