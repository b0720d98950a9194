"""Sums over answers."""

from lsp_assess.instruments.answers import Answered, Answers
from lsp_assess.instruments.instrument import Derived, Instrument


def derive(instrument: Instrument, answers: Answers) -> dict[str, int | float | None]:
    """None where one of the answers is missing."""
    return {derived.name: _sum(derived, answers) for derived in instrument.derived}


def _sum(derived: Derived, answers: Answers) -> int | float | None:
    total: int | float = 0
    for name in derived.questions:
        answer = answers.get(name)
        if not isinstance(answer, Answered) or not isinstance(answer.value, int | float):
            return None
        total += answer.value
    return total
