"""The scored criteria of a self-assessment: weights, splits, elements and caps, all data."""

from dataclasses import dataclass
from fractions import Fraction

from lsp_assess.instruments.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """`share` is the part's share of its criterion; the shares of a criterion sum to 1.
    `detail` names the grid that asks the attributes, where the edition has one."""

    item: str
    share: Fraction
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Criterion:
    number: int
    name: str
    group: str
    points: int
    title: Text
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Attribute:
    name: str
    title: Text | None = None


@dataclass(frozen=True, slots=True)
class Element:
    name: str
    title: Text | None
    attributes: tuple[Attribute, ...]


@dataclass(frozen=True, slots=True)
class GroupElements:
    """The elements by which the parts of a group (enabler, result) are judged; `cap` names the
    attribute that a part's score may not exceed."""

    group: str
    elements: tuple[Element, ...]
    cap: str | None = None


@dataclass(frozen=True, slots=True)
class Corresponding:
    """The parts here that stand for one criterion of another questionnaire; their shares sum to 1."""

    name: str
    title: Text
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class ScoringCrosswalk:
    """How the parts of this edition stand for the criteria of `name` in `version`, so that a partnership
    can change edition and keep its trend."""

    name: str
    version: str
    criteria: tuple[Corresponding, ...]
    note: Text | None = None


@dataclass(frozen=True, slots=True)
class ScoringModel:
    """`minimum_coverage` is the share of the weight under which there is no total."""

    scale: str
    criteria: tuple[Criterion, ...]
    minimum_coverage: Fraction
    spread_to_discuss: int
    elements: tuple[GroupElements, ...] = ()
    crosswalk: ScoringCrosswalk | None = None

    @property
    def points(self) -> int:
        return sum(criterion.points for criterion in self.criteria)

    def elements_of(self, group: str) -> GroupElements | None:
        return next((entry for entry in self.elements if entry.group == group), None)
