"""What an outcome indicator is, and what was measured."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from lsp_assess.kernel.errors import Invalid, problem
from lsp_assess.partnerships.periods import Period, PeriodType


class Polarity(StrEnum):
    HIGHER = "higher"
    LOWER = "lower"
    RANGE = "range"


class ToleranceKind(StrEnum):
    RELATIVE = "relative"
    ABSOLUTE = "absolute"


class Origin(StrEnum):
    NATIONAL = "national"
    LOCAL_AGREEMENT = "local_agreement"
    BEST_VALUE = "best_value"
    QUALITY_OF_LIFE = "quality_of_life"
    BORROWED = "borrowed"
    LOCAL = "local"


class Sharedness(StrEnum):
    COMMON_CONCERN = "common_concern"
    WITHIN_ONE_AGENCY = "within_one_agency"
    BUILT_ON_SEVERAL = "built_on_several"
    ONLY_TOGETHER = "only_together"


class Season(StrEnum):
    NONE = "none"
    YEARLY = "yearly"


class Frequency(StrEnum):
    """How often a new value comes out, whatever the length of its period."""

    YEARLY = "yearly"
    HALF_YEARLY = "half_yearly"
    QUARTERLY = "quarterly"
    MONTHLY = "monthly"


MONTHS_BETWEEN = {
    Frequency.YEARLY: 12,
    Frequency.HALF_YEARLY: 6,
    Frequency.QUARTERLY: 3,
    Frequency.MONTHLY: 1,
}


class Kind(StrEnum):
    """A ratio's numerator and denominator can move it separately."""

    COUNT = "count"
    RATIO = "ratio"
    MEASURE = "measure"


@dataclass(frozen=True, slots=True)
class Tolerance:
    """How far below the line is amber. `relative` is a share of the expected value (0.05 is 5 %);
    `absolute`, in the indicator's unit, also serves where the expected value is 0."""

    kind: ToleranceKind
    relative: Decimal = Decimal(0)
    absolute: Decimal = Decimal(0)

    def __post_init__(self) -> None:
        for amount in (self.relative, self.absolute):
            if not amount.is_finite() or amount < 0:
                raise Invalid(problem("tolerance_negative", amount=str(amount)))


@dataclass(frozen=True, slots=True, kw_only=True)
class Indicator:
    """`publication_lag` is in days after the end of the period. Without a frequency nothing is ever late."""

    code: str
    title: str
    unit: str
    kind: Kind
    polarity: Polarity
    tolerance: Tolerance
    period_type: PeriodType
    frequency: Frequency | None = None
    publication_lag: int = 0
    season: Season = Season.NONE
    origin: Origin = Origin.LOCAL
    sharedness: Sharedness = Sharedness.COMMON_CONCERN
    rationale: str = ""
    definition: str = ""
    numerator: str = ""
    denominator: str = ""
    source: str = ""
    licence: str = ""
    lead_organisation: str = ""
    project_manager: str = ""
    information_manager: str = ""


class NoValue(StrEnum):
    NOT_PUBLISHED = "not_published"
    SUPPRESSED = "suppressed"
    UNRELIABLE = "unreliable"
    NOT_RECORDED = "not_recorded"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One value of an indicator for one area and period, or why there is none."""

    period: Period
    value: Decimal | None
    low: Decimal | None = None
    high: Decimal | None = None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    missing: NoValue | None = None

    def __post_init__(self) -> None:
        numbers = (self.value, self.low, self.high, self.numerator, self.denominator)
        if any(number is not None and not number.is_finite() for number in numbers):
            raise Invalid(problem("measurement_not_a_number"))
        if (self.value is None) == (self.missing is None):
            raise Invalid(problem("measurement_value_or_reason"))
        if (self.low is None) != (self.high is None):
            raise Invalid(problem("interval_half_open"))
        if self.low is None or self.high is None:
            return
        if self.value is None or not self.low <= self.value <= self.high:
            raise Invalid(problem("interval_without_value", low=str(self.low), high=str(self.high)))


class BreakCause(StrEnum):
    DEFINITION = "definition"
    SOURCE = "source"
    BOUNDARY = "boundary"
    MODE = "mode"
    WORDING = "wording"


@dataclass(frozen=True, slots=True)
class SeriesBreak:
    """Values of periods that begin on or after `since` do not compare with those before."""

    since: date
    cause: BreakCause
    what: str = ""


def broken_between(earlier: Period, later: Period, breaks: tuple[SeriesBreak, ...]) -> bool:
    return any(earlier.start < b.since <= later.start for b in breaks)
