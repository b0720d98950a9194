"""Change from round to round on those who answered in both, an organisation counted once."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from uuid import UUID

from lsp_assess.assessment.parts import median
from lsp_assess.assessment.scores import Respondent


class Shown(StrEnum):
    """Whether the figures of the matched may stand beside those of all."""

    BOTH = "both"
    ALL_ONLY = "all_only"


@dataclass(frozen=True, slots=True)
class OrganisationPair:
    """Medians over the matched people of one organisation: several people are not independent."""

    organisation: UUID
    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class PartChange:
    """Over the people who scored this part in both rounds; the medians are None where nobody did."""

    item: str
    matched: int
    before: Fraction | None
    after: Fraction | None
    pairs: tuple[OrganisationPair, ...]
    shown: Shown

    @property
    def up(self) -> int:
        return sum(pair.change > 0 for pair in self.pairs)

    @property
    def same(self) -> int:
        return sum(pair.change == 0 for pair in self.pairs)

    @property
    def down(self) -> int:
        return sum(pair.change < 0 for pair in self.pairs)


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
    organisations: dict[UUID, list[UUID]] = {}
    for respondent in matched:
        organisations.setdefault(respondent.organisation, []).append(respondent.key)
    pairs = []
    for organisation, keys in organisations.items():
        first, second = median(earlier[key] for key in keys), median(later[key] for key in keys)
        if first is not None and second is not None:
            pairs.append(OrganisationPair(organisation, first, second))
    return PartChange(
        item=item,
        matched=len(matched),
        before=median(earlier[r.key] for r in matched),
        after=median(later[r.key] for r in matched),
        pairs=tuple(pairs),
        shown=side_by_side(frozenset(earlier), frozenset(later), threshold=threshold),
    )


def part_changes(
    items: Sequence[str], before: Sequence[Respondent], after: Sequence[Respondent], *, threshold: int
) -> tuple[PartChange, ...]:
    return tuple(part_change(item, before, after, threshold=threshold) for item in items)
