"""Change from round to round on those who answered in both, an organisation counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from lsp_assess.assessment.parts import median
from lsp_assess.assessment.scores import Respondent
from lsp_assess.estimation.few import Pair, PairedChange, paired_change


class Shown(StrEnum):
    """Whether the figures of the matched may stand beside those of all."""

    BOTH = "both"
    ALL_ONLY = "all_only"


@dataclass(frozen=True, slots=True)
class PartChange:
    """Over the people who scored this part in both rounds; None where nobody did. `paired` counts and tests
    organisations, each by the median of its people's changes: they are not independent."""

    item: str
    matched: int
    before: Fraction | None
    after: Fraction | None
    paired: PairedChange | None
    shown: Shown

    @property
    def organisations(self) -> int:
        return self.paired.organisations if self.paired else 0

    @property
    def up(self) -> int:
        return self.paired.up if self.paired else 0

    @property
    def same(self) -> int:
        return self.paired.same if self.paired else 0

    @property
    def down(self) -> int:
        return self.paired.down if self.paired else 0


def side_by_side(before: frozenset[UUID], after: frozenset[UUID], *, threshold: int) -> Shown:
    """Both only where the unmatched of each round are none or at least the threshold: otherwise one
    joiner's scores follow by subtraction."""
    unmatched = (len(before - after), len(after - before))
    safe = all(count == 0 or count >= threshold for count in unmatched)
    return Shown.BOTH if safe else Shown.ALL_ONLY


def part_change(
    item: str, before: Sequence[Respondent], after: Sequence[Respondent], *, threshold: int
) -> PartChange:
    """An organisation is that of the later round, should a person have moved from one to another."""
    earlier = {r.key: score for r in before if (score := r.score(item)) is not None}
    later = {r.key: score for r in after if (score := r.score(item)) is not None}
    matched = [r for r in after if r.key in earlier and r.key in later]
    pairs = [Pair(str(r.organisation), float(earlier[r.key]), float(later[r.key])) for r in matched]
    return PartChange(
        item=item,
        matched=len(matched),
        before=median(earlier[r.key] for r in matched),
        after=median(later[r.key] for r in matched),
        paired=paired_change(pairs) if pairs else None,
        shown=side_by_side(frozenset(earlier), frozenset(later), threshold=threshold),
    )


def part_changes(
    items: Sequence[str], before: Sequence[Respondent], after: Sequence[Respondent], *, threshold: int
) -> tuple[PartChange, ...]:
    return tuple(part_change(item, before, after, threshold=threshold) for item in items)
