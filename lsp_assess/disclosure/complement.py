"""Secondary suppression: what is withheld must not follow from what is shown by subtraction.

A `Relation` says that parts make up a total (areas a partnership; matched and unmatched respondents all
of them; the categories of an answer a hundred per cent). Wherever a part is withheld, at least one more
is, until what is withheld together is itself a group that could be shown.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lsp_assess.disclosure.rules import LEAST_COUNT, Rule, SurveyEstimate

NARROWEST = 3
"""What is protected stays uncertain by at least as much."""


class Parts(StrEnum):
    GROUPS = "groups"
    """People are divided: sizes are the answers of each group."""
    CATEGORIES = "categories"
    """Answers of one group are divided: sizes are the counts of each answer."""


class Spare(StrEnum):
    """What is shown of a breakdown that can be shown only in small part."""

    EACH = "each"
    MOST = "most"
    """Nothing, unless more than half of its parts can be shown: two wards of seven mislead."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """`total` and `parts` are figure keys; a total of None is known to everybody."""

    total: str | None
    parts: tuple[str, ...]
    divides: Parts = Parts.GROUPS
    spare: Spare = Spare.EACH


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """`figure` tells what share the counts of `numerator` are of those of `denominator`."""

    figure: str
    numerator: tuple[str, ...]
    denominator: tuple[str, ...]


def withheld(
    rules: Mapping[str, Rule], relations: Sequence[Relation], *, also: Collection[str] = ()
) -> frozenset[str]:
    """Keys of the figures that are not shown: those that their rule forbids, `also`, and what protects
    them. Figures of `rules` that no table shows (the unmatched respondents) take part all the same."""
    hidden = {key for key, rule in rules.items() if rule.forbids or key in also}
    for relation in relations:
        if relation.spare is Spare.MOST and _mostly_hidden(relation, hidden):
            hidden.update(relation.parts)
    before = -1
    while before != len(hidden):
        before = len(hidden)
        for relation in relations:
            _protect(relation, rules, hidden)
    return frozenset(hidden)


def _mostly_hidden(relation: Relation, hidden: set[str]) -> bool:
    return 2 * sum(part in hidden for part in relation.parts) >= len(relation.parts)


def _protect(relation: Relation, rules: Mapping[str, Rule], hidden: set[str]) -> None:
    """Widens `hidden` until the relation gives nothing away."""
    peopled = [part for part in relation.parts if _size(rules[part], relation) > 0]
    gone = [part for part in peopled if part in hidden]
    total_hidden = relation.total is not None and relation.total in hidden
    if not gone and not total_hidden:
        return
    spare = sorted(
        (part for part in peopled if part not in hidden), key=lambda p: (_size(rules[p], relation), p)
    )
    while not _safe(gone, rules, relation, total_hidden=total_hidden):
        if spare:
            part = spare.pop(0)
            gone.append(part)
            hidden.add(part)
        elif relation.total is not None:
            hidden.add(relation.total)
            return
        else:
            return


def _safe(gone: list[str], rules: Mapping[str, Rule], relation: Relation, *, total_hidden: bool) -> bool:
    if total_hidden:
        return bool(gone)
    together = sum(_size(rules[part], relation) for part in gone)
    # A reader knows that none of them is empty: each may be 1 to what is left beside the others' 1.
    least = max(len(gone) + NARROWEST, *(_least(rules[part], relation) for part in gone))
    return len(gone) >= 2 and together >= least


def _size(rule: Rule, relation: Relation) -> float:
    if relation.divides is Parts.CATEGORIES and isinstance(rule, SurveyEstimate):
        return rule.count if rule.count is not None else rule.n
    return rule.size


def _least(rule: Rule, relation: Relation) -> float:
    if relation.divides is Parts.CATEGORIES and isinstance(rule, SurveyEstimate):
        return LEAST_COUNT
    return rule.least
