"""How the scores of a part lie, as far as it may be told, in the moment in which scoring closed. Told again
from what was frozen, so that whoever takes their answers out later is not known by the difference."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from uuid import UUID

from lsp_assess.assessment.parts import PartSummary, median, summarise_part
from lsp_assess.assessment.scores import PartScore, Respondent
from lsp_assess.disclosure.complement import Relation, withheld
from lsp_assess.disclosure.rules import Rule, SmallGroup
from lsp_assess.instruments.scales import MissingKind

NOBODY = UUID(int=0)
ALL, OTHERS = "all", "others:"


@dataclass(frozen=True, slots=True)
class FrozenPart:
    """`strip` is how many gave each score; `sectors` the median of each of which that may be told."""

    strip: tuple[tuple[Fraction, int], ...]
    missing: tuple[tuple[MissingKind, int], ...] = ()
    sectors: Mapping[str, Fraction] | None = None

    def people(self, part: str) -> Iterator[Respondent]:
        """As many people, of whom nothing else is known."""
        counted: Sequence[tuple[PartScore, int]] = (*self.strip, *self.missing)
        for given, n in counted:
            yield from [Respondent(NOBODY, NOBODY, {part: given})] * n


def frozen_part(
    part: str, people: Sequence[Respondent], sectors: Mapping[UUID, str], *, threshold: int
) -> FrozenPart | None:
    """None where the rule for small groups forbids to tell it. `sectors` by organisation."""
    summary = _summary(part, people)
    if _rule(summary, threshold).forbids:
        return None
    medians = sector_medians(part, people, sectors, threshold=threshold)
    return FrozenPart(summary.strip, summary.missing, medians)


def sector_medians(
    part: str, people: Sequence[Respondent], sectors: Mapping[UUID, str], *, threshold: int
) -> Mapping[str, Fraction]:
    """Only of sectors that may be told of, with everybody else together: else the few who are left follow by
    subtraction."""
    groups: dict[str, list[Respondent]] = {}
    for person in people:
        groups.setdefault(sectors.get(person.organisation, ""), []).append(person)
    summaries = {name: _summary(part, group) for name, group in groups.items()}
    others = {
        OTHERS + name: _summary(part, [p for p in people if sectors.get(p.organisation, "") != name])
        for name in groups
    }
    rules: dict[str, Rule] = {
        name: _rule(each, threshold)
        for name, each in {ALL: _summary(part, people), **summaries, **others}.items()
    }
    relations = [Relation(total=ALL, parts=tuple(groups))]
    relations += [Relation(total=ALL, parts=(name, OTHERS + name)) for name in groups]
    hidden = withheld(rules, relations)
    if ALL in hidden:
        return {}
    told = {name: median(_scores(part, group)) for name, group in groups.items() if name not in hidden}
    return {name: middle for name, middle in told.items() if name and middle is not None}


def _scores(part: str, people: Sequence[Respondent]) -> list[Fraction]:
    return [score for person in people if (score := person.score(part)) is not None]


def _summary(part: str, people: Sequence[Respondent]) -> PartSummary:
    return summarise_part(part, people, spread_to_discuss=0)


def _rule(summary: PartSummary, threshold: int) -> SmallGroup:
    return SmallGroup(summary.n, threshold, summary.dominant_share)
