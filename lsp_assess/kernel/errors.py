"""Errors that a person sees: what happened, where, and what to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from lsp_assess.kernel.messages import Message, Parameter, message


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is wrong; every part that is known, none that is not."""

    file: str | None = None
    line: int | None = None
    row: int | None = None
    column: str | None = None
    question: str | None = None
    value: str | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. `code` is stable and searchable; wording is `problem.<code>` and
    `remedy.<code>` in the catalogue, both filled from `what.params`."""

    code: str
    what: Message
    place: Place = Place()

    @property
    def remedy(self) -> Message:
        return Message(f"remedy.{self.code}", self.what.params)


def problem(code: str, place: Place = Place(), **params: Parameter) -> Problem:
    return Problem(code, message(f"problem.{code}", **params), place)


class DomainError(Exception):
    """Base of the errors that are shown to the person who caused them."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__("; ".join(p.code for p in problems))
        self.problems: Sequence[Problem] = problems


class NotFound(DomainError):
    """It does not exist for this person (a foreign id answers the same)."""


class Denied(DomainError):
    """The person may not do this; the problem says why."""


class Conflict(DomainError):
    """Somebody else changed it meanwhile, or it has moved on in its life."""


class Invalid(DomainError):
    """What was sent cannot be taken; the problems name the fields."""


class KeptConflict(Conflict):
    """A conflict of which both sides are kept: what was refused has been stored, and is committed."""
