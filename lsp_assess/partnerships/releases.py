"""Numbers of releases: round k is first published as k; its corrections are k.2, k.3 and so on."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.kernel.errors import Invalid, problem


class ReleaseStatus(StrEnum):
    CURRENT = "current"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, order=True)
class ReleaseNumber:
    """`round` counts the published rounds of a partnership from 1, `issue` the versions of one."""

    round: int
    issue: int = 1

    def __str__(self) -> str:
        return str(self.round) if self.issue == 1 else f"{self.round}.{self.issue}"


def next_release(
    issued: Iterable[ReleaseNumber], *, round_number: int, reason: str | None = None
) -> ReleaseNumber:
    """The number that the next publication of a round bears. Raises `Invalid` (correction_needs_reason)
    where the round has been published before and nobody says why it is published again."""
    issues = [number.issue for number in issued if number.round == round_number]
    if not issues:
        return ReleaseNumber(round_number)
    if reason is None or not reason.strip():
        raise Invalid(problem("correction_needs_reason", release=str(ReleaseNumber(round_number))))
    return ReleaseNumber(round_number, max(issues) + 1)


def release_status(number: ReleaseNumber, issued: Iterable[ReleaseNumber]) -> ReleaseStatus:
    newest = max(other.issue for other in issued if other.round == number.round)
    return ReleaseStatus.CURRENT if number.issue == newest else ReleaseStatus.SUPERSEDED
