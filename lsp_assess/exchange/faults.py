"""Gathers what is wrong in a file, so that a person sees all of it at once."""

from collections import Counter
from dataclasses import dataclass, field

from lsp_assess.exchange.sheets import PROBLEMS_SHOWN
from lsp_assess.kernel.errors import DomainError, Invalid, Problem, problem

EACH_KIND_SHOWN = 25
STOP_AFTER = 2000


@dataclass(slots=True)
class Faults:
    """Keeps the first of each kind and counts the rest, until there are so many that reading on helps
    nobody."""

    problems: list[Problem] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, one: Problem) -> None:
        self.counts[one.code] += 1
        if self.counts[one.code] <= EACH_KIND_SHOWN and len(self.problems) < PROBLEMS_SHOWN:
            self.problems.append(one)
        if self.counts.total() >= STOP_AFTER:
            raise Invalid(*self.problems, problem("import_stopped", one.place, n=STOP_AFTER))

    def take(self, error: DomainError) -> None:
        for one in error.problems:
            self.add(one)

    def raise_any(self) -> None:
        """Raises Invalid if anything was wrong: all or nothing."""
        if not self.problems:
            return
        unseen = self.counts.total() - len(self.problems)
        more = [problem("import_and_more", n=unseen)] if unseen else []
        raise Invalid(*self.problems, *more)
