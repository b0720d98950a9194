"""What a cell can hold, before the gate and after it. Percentages are 0 to 100, never fractions."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeAlias
from uuid import UUID

from lsp_assess.kernel.messages import Message


class Bound(StrEnum):
    """How a shown number stands to the true one: `below` is "less than 0.01"."""

    EXACT = "exact"
    BELOW = "below"


class Caution(StrEnum):
    """Doubts about a figure that is shown all the same; each ends as a footnote."""

    SMALL_BASE = "small_base"
    FEW_DEGREES_OF_FREEDOM = "few_degrees_of_freedom"
    WIDE_INTERVAL = "wide_interval"
    """A proportion that fails the width rule of NCHS (Series 2, no. 175). A doubt about quality, not
    about disclosure: it is shown, and said."""
    SERIES_BREAK = "series_break"
    SIMPLE_RANDOM_SAMPLE = "simple_random_sample"
    DESIGN_VARIANCE_ZERO = "design_variance_zero"
    PROVISIONAL = "provisional"
    NO_INTERVAL = "no_interval"
    """The design leaves no degrees of freedom."""


@dataclass(frozen=True, slots=True)
class Number:
    amount: float
    bound: Bound = Bound.EXACT
    cautions: tuple[Caution, ...] = ()


class IntervalMethod(StrEnum):
    """How `low` and `high` of a survey's estimate were had; the names are those of `estimation`."""

    T = "t"
    LOGIT = "logit"
    KORN_GRAUBARD = "korn_graubard"
    COMBINED = "combined"
    CENSUS = "census"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number with its interval. `low` and `high` are None for a census of a few partners and for a
    measured indicator that came without one; so are `method` and the degrees of freedom `df` of all but
    a survey."""

    amount: float
    low: float | None = None
    high: float | None = None
    standard_error: float | None = None
    n: int | None = None
    effective_n: float | None = None
    cautions: tuple[Caution, ...] = ()
    method: IntervalMethod | None = None
    df: int | None = None


@dataclass(frozen=True, slots=True)
class Words:
    message: Message


@dataclass(frozen=True, slots=True)
class Moment:
    """A place on a time axis."""

    on: date


class Colour(StrEnum):
    GREEN = "green"
    AMBER = "amber"
    RED = "red"
    GREY = "grey"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Light:
    """`spans` are the colours that the interval touches, when it cannot tell."""

    colour: Colour
    spans: tuple[Colour, ...] = ()


class VerdictCode(StrEnum):
    NO_MATERIAL_CHANGE = "no_material_change"
    MATERIAL_CHANGE = "material_change"
    REAL_MAY_BE_SMALL = "real_may_be_small"
    INCONCLUSIVE = "inconclusive"
    NOT_TESTABLE = "not_testable"
    NOT_COMPARED = "not_compared"


@dataclass(frozen=True, slots=True)
class Verdict:
    """`detectable` is the smallest change that would have been found four times in five (2.8 standard
    errors); it goes with `inconclusive`."""

    code: VerdictCode
    detectable: float | None = None


@dataclass(frozen=True, slots=True)
class Strip:
    """How many people stand at each point of a scale, lowest first; points where nobody stands are left
    out."""

    points: tuple[tuple[float, int], ...]


@dataclass(frozen=True, slots=True)
class StoryReference:
    """A story's text is kept apart, so that a withdrawn consent can take it away."""

    story: UUID


Value: TypeAlias = Number | Estimate | Words | Moment | Light | Verdict | Strip | StoryReference


class Missing(StrEnum):
    """Why there is nothing in a cell that withholds nothing."""

    NOT_ASKED = "not_asked"
    UNANSWERED = "unanswered"
    DONT_KNOW = "dont_know"
    REFUSED = "refused"
    NOT_APPLICABLE = "not_applicable"
    NO_DATA = "no_data"
    NOT_COMPARABLE = "not_comparable"
    TOO_LITTLE_COVERED = "too_little_covered"
    NOT_TESTABLE = "not_testable"
