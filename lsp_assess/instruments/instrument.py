"""A questionnaire, parsed: what is asked, in which order, on which scales."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from lsp_assess.instruments.expressions.tree import Expression
from lsp_assess.instruments.items import AnyItem, Question, questions_of
from lsp_assess.instruments.scales import Scale
from lsp_assess.instruments.scoring import ScoringModel
from lsp_assess.instruments.text import Text


class Kind(StrEnum):
    SELF_ASSESSMENT = "self_assessment"
    HOUSEHOLD = "household"
    STORY = "story"
    OPEN_PROTOCOL = "open_protocol"


class Translation(StrEnum):
    REVIEWED = "reviewed"
    UNREVIEWED = "unreviewed"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class Language:
    code: str
    status: Translation


@dataclass(frozen=True, slots=True)
class Section:
    name: str
    title: Text
    items: tuple[AnyItem, ...]
    intro: Text | None = None
    show_if: Expression | None = None


@dataclass(frozen=True, slots=True)
class Derived:
    """The sum of the answers to `questions`; `high` and above counts as high."""

    name: str
    questions: tuple[str, ...]
    text: Text
    high: int | None = None
    headline: bool = False
    links: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wheel:
    """Items shown as spokes from the rim (lowest point) to the hub (highest)."""

    items: tuple[str, ...]
    rim: Text
    hub: Text


class Comparability(StrEnum):
    SAME = "same"
    REWORDED = "reworded"
    MAPPED = "mapped"


@dataclass(frozen=True, slots=True)
class Crossing:
    """How `item` here is compared with `there` in another version. `mapping` leads from the codes
    there to the codes here. All but `same` are series breaks."""

    to_version: str
    item: str
    there: str
    kind: Comparability
    mapping: tuple[tuple[str, str], ...] = ()
    note: Text | None = None

    @property
    def breaks_series(self) -> bool:
        return self.kind is not Comparability.SAME


@dataclass(frozen=True, slots=True)
class BasedOn:
    """The shipped questionnaire to which local questions were added."""

    name: str
    version: str
    structure: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    name: str
    version: str
    kind: Kind
    languages: tuple[Language, ...]
    title: Text
    sections: tuple[Section, ...]
    scales: tuple[Scale, ...] = ()
    minutes: int | None = None
    information_sheet: Text | None = None
    privacy_notice: Text | None = None
    derived: tuple[Derived, ...] = ()
    scoring: ScoringModel | None = None
    wheel: Wheel | None = None
    crosswalk: tuple[Crossing, ...] = ()
    based_on: BasedOn | None = None
    # Looked up for every answer of every response: found once.
    _questions: tuple[Question, ...] = field(init=False, repr=False, compare=False)
    _by_name: Mapping[str, Question] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        questions = tuple(question for item in self.items for question in questions_of(item))
        object.__setattr__(self, "_questions", questions)
        object.__setattr__(self, "_by_name", {each.name: each for each in reversed(questions)})

    @property
    def source_language(self) -> str:
        return self.languages[0].code

    @property
    def complete_languages(self) -> tuple[str, ...]:
        """The languages in which a collection may open."""
        return tuple(tongue.code for tongue in self.languages if tongue.status is not Translation.INCOMPLETE)

    @property
    def items(self) -> Iterator[AnyItem]:
        return (item for section in self.sections for item in section.items)

    @property
    def questions(self) -> Iterator[Question]:
        """Everything that can be answered, in order; grids as one question a row."""
        return iter(self._questions)

    @property
    def offered(self) -> frozenset[str]:
        """The grids of attributes that a person may score instead of the part itself."""
        if self.scoring is None:
            return frozenset()
        parts = (part for criterion in self.scoring.criteria for part in criterion.parts)
        return frozenset(part.detail for part in parts if part.detail is not None)

    def item(self, name: str) -> AnyItem | None:
        return next((item for item in self.items if item.name == name), None)

    def question(self, name: str) -> Question | None:
        return self._by_name.get(name)

    def section(self, name: str) -> Section | None:
        return next((section for section in self.sections if section.name == name), None)
