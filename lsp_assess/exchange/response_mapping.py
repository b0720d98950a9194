"""How the columns of a survey's file become answers to a questionnaire, round by round."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from lsp_assess.exchange.mapping import MappingHead
from lsp_assess.instruments.instrument import Comparability
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.partnerships.areas import AreaType


class BetweenPoints(StrEnum):
    """What becomes of 4.5 where the scale has 4 and 5. It is reported in each case."""

    REFUSE = "refuse"
    MISSING = "missing"
    ROUND_HALF_UP = "round_half_up"


class AcrossRounds(StrEnum):
    LINKED = "linked"
    NOT_LINKED = "not_linked"


@dataclass(frozen=True, slots=True)
class MappedRound:
    """`code` is what stands in the file. `note` says what makes the round unlike the others."""

    code: str
    name: str
    starts_on: date
    ends_on: date
    note: str | None


@dataclass(frozen=True, slots=True)
class MappedArea:
    code: str
    name: str
    type: AreaType
    group: str | None


@dataclass(frozen=True, slots=True)
class AreaColumn:
    column: str
    codes: Mapping[str, str]
    missing: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Unusable:
    """Entries that answer nothing (a slip of the key, two boxes ticked), each with its reason."""

    values: frozenset[str]
    kind: MissingKind
    because: str


@dataclass(frozen=True, slots=True)
class Asking:
    """One question as it was asked in some rounds: `kind` says how it stands to the item's own words."""

    rounds: tuple[str, ...]
    column: str
    kind: Comparability
    wording: str | None
    note: str | None
    codes: Mapping[str, str]
    unusable: tuple[Unusable, ...]


@dataclass(frozen=True, slots=True)
class MappedQuestion:
    item: str
    askings: tuple[Asking, ...]
    codes: Mapping[str, str]
    separator: str | None
    note: str | None

    def asking(self, round_code: str) -> Asking | None:
        return next((asking for asking in self.askings if round_code in asking.rounds), None)


@dataclass(frozen=True, slots=True)
class ResponseMapping:
    head: MappingHead
    questionnaire: str
    version: str
    language: str
    round_column: str
    rounds: Mapping[str, MappedRound]
    respondent_column: str
    across_rounds: AcrossRounds
    area: AreaColumn | None
    areas: tuple[MappedArea, ...]
    missing: Mapping[str, MissingKind]
    unusable: tuple[Unusable, ...]
    between_points: BetweenPoints
    questions: tuple[MappedQuestion, ...]

    def columns_used(self) -> set[str]:
        used = {self.round_column, self.respondent_column}
        if self.area is not None:
            used.add(self.area.column)
        return used | {asking.column for question in self.questions for asking in question.askings}
