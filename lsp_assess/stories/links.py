"""What a story says of an objective, an indicator, a survey question or a driver part."""

from dataclasses import dataclass
from enum import StrEnum


class LinkTarget(StrEnum):
    OBJECTIVE = "objective"
    INDICATOR = "indicator"
    QUESTION = "question"
    PART = "part"


class Relation(StrEnum):
    ILLUSTRATES = "illustrates"
    EXPLAINS = "explains"
    CONTRADICTS = "contradicts"


@dataclass(frozen=True, slots=True)
class StoryLink:
    target: LinkTarget
    code: str
    relation: Relation
