"""How a survey asked, and what is followed of each question: what can be said without its answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from lsp_assess.kernel.messages import Message


class Measure(StrEnum):
    """What is followed from round to round."""

    FAVOURABLE = "favourable"
    """Share of the favourable answers of a scale."""
    SHARE = "share"
    """Share of those who give the answer in question (victim, heard of it, high harm)."""
    MEAN = "mean"
    ANSWERS = "answers"
    """Nothing: the answers are kinds, none of them better than another."""


class Standing(StrEnum):
    HEADLINE = "headline"
    """Declared before the round; tested with Holm's correction."""
    OTHER = "other"


class Asking(StrEnum):
    """How a round asked a question, seen from the wording of the round that is published."""

    SAME = "same"
    MARKED = "marked"
    """Otherwise, but a crosswalk says how it compares: compared, and marked as a break."""
    NOT_COMPARABLE = "not_comparable"
    """Otherwise, without a crosswalk."""


@dataclass(frozen=True, slots=True)
class AnswerPoint:
    value: int | str
    label: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyQuestion:
    """`key` is its column. `points` run from worst to best and leave out what is outside the base; a
    number has none. `asked` tells of each round that asked it. `marks` words the breaks, by
    round. `span` is the
    length of the scale that a mean is taken on."""

    key: str
    title: Message
    measure: Measure
    base: Message
    asked: Mapping[str, Asking]
    points: tuple[AnswerPoint, ...] = ()
    favourable: tuple[int | str, ...] = ()
    unfavourable: tuple[int | str, ...] = ()
    standing: Standing = Standing.OTHER
    marks: Mapping[str, Message] = field(default_factory=lambda: MappingProxyType({}))
    span: float = 1.0

    @property
    def is_share(self) -> bool:
        return self.measure is not Measure.MEAN

    @property
    def followed(self) -> str:
        """The column of what is followed: 0 and 1 for a share, the number itself for a mean."""
        return f"{self.key}:followed" if self.is_share else self.key
