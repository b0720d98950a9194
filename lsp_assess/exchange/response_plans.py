"""What a survey's file would write, before anything is written."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field

from lsp_assess.exchange.response_mapping import AcrossRounds, MappedRound, ResponseMapping
from lsp_assess.instruments.answers import NOT_ASKED, Answer
from lsp_assess.instruments.instrument import Comparability, Instrument
from lsp_assess.instruments.stored import answers_to_json
from lsp_assess.kernel.errors import Problem

ResponseKey = tuple[str, str]
"""Round (as the file codes it) and respondent."""


@dataclass(frozen=True, slots=True)
class RoundWording:
    """How an item was asked in one round. All but `same` break the series, and the report says so."""

    item: str
    kind: Comparability
    wording: str | None
    note: str | None


@dataclass(frozen=True, slots=True)
class PlannedRound:
    round: MappedRound
    wordings: tuple[RoundWording, ...]
    not_asked: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PlannedResponse:
    """`answers` has every question of the round; what was not asked in it is left out."""

    row: int
    round: str
    respondent: str
    area: str | None
    answers: Mapping[str, Answer]

    @property
    def key(self) -> ResponseKey:
        return self.round, self.respondent


@dataclass(slots=True)
class Account:
    """Where every cell went: cells = answered + the sum of `missing`; `rounded` are among the answered,
    `unusable` among the missing."""

    rows: Counter[str] = field(default_factory=Counter)
    cells: int = 0
    answered: int = 0
    missing: Counter[str] = field(default_factory=Counter)
    rounded: int = 0
    unusable: int = 0
    without_area: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class ResponsePlan:
    file: str
    digest: str
    mapping: ResponseMapping
    instrument: Instrument
    rounds: tuple[PlannedRound, ...]
    responses: tuple[PlannedResponse, ...]
    account: Account
    blank_rows: int
    notes: tuple[Problem, ...]

    def submission(self, response: PlannedResponse) -> dict[str, dict[str, object]]:
        """As answers are stored: a typed missing for every question without one."""
        asked = response.answers
        names = (question.name for question in self.instrument.questions)
        return answers_to_json({name: asked.get(name, NOT_ASKED) for name in names})

    def respondent_id(self, response: PlannedResponse) -> str:
        """Under what the respondent is known from now on: one key for all rounds only where the mapping
        says that a number stands for one person in all of them."""
        parts = [self.mapping.questionnaire, response.respondent]
        if self.mapping.across_rounds is AcrossRounds.NOT_LINKED:
            parts.insert(1, self.mapping.rounds[response.round].name)
        return ":".join(parts)


@dataclass(frozen=True, slots=True)
class HeldResponse:
    """`submission` is the stored JSON."""

    area: str | None
    submission: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class ResponseReconciliation:
    """The account of every row (read = written + revised + unchanged) and of every cell
    (cells = answered + the sum of `missing`)."""

    read: int
    blank_rows: int
    rows: Mapping[str, int]
    written: int
    revised: int
    unchanged: int
    cells: int
    answered: int
    missing: Mapping[str, int]
    rounded: int
    unusable: int
    without_area: Mapping[str, int]

    @property
    def is_balanced(self) -> bool:
        rows = self.read == self.written + self.revised + self.unchanged == sum(self.rows.values())
        return rows and self.cells == self.answered + sum(self.missing.values())


@dataclass(frozen=True, slots=True)
class ResponseChanges:
    new: tuple[PlannedResponse, ...]
    revised: tuple[PlannedResponse, ...]
    reconciliation: ResponseReconciliation


def compare(plan: ResponsePlan, held: Mapping[ResponseKey, HeldResponse]) -> ResponseChanges:
    """What of the plan the partnership does not hold yet, or holds otherwise. `held` is known by round
    (as the file codes it) and `respondent_id`."""
    new, revised = [], []
    for response in plan.responses:
        before = held.get((response.round, plan.respondent_id(response)))
        if before is None:
            new.append(response)
        elif before != HeldResponse(response.area, plan.submission(response)):
            revised.append(response)
    account, read = plan.account, len(plan.responses)
    return ResponseChanges(
        tuple(new),
        tuple(revised),
        ResponseReconciliation(
            read=read,
            blank_rows=plan.blank_rows,
            rows=dict(account.rows),
            written=len(new),
            revised=len(revised),
            unchanged=read - len(new) - len(revised),
            cells=account.cells,
            answered=account.answered,
            missing=dict(sorted(account.missing.items())),
            rounded=account.rounded,
            unusable=account.unusable,
            without_area=dict(sorted(account.without_area.items())),
        ),
    )
