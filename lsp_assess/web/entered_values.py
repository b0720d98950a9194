"""What the fields of a question hold: what is stored, or what a refused form held."""

from collections.abc import Mapping, Sequence
from datetime import date

from lsp_assess.instruments import Answered, Missing, MissingKind
from lsp_assess.instruments.answers import Answer

Form = Mapping[str, Sequence[str]]


def stored_values(answer: Answer | None) -> tuple[str, ...]:
    """As a form holds them; a typed missing is `--kind`."""
    if isinstance(answer, Missing):
        unsaid = answer.kind in (MissingKind.UNANSWERED, MissingKind.NOT_ASKED)
        return () if unsaid else (f"--{answer.kind.value}",)
    if not isinstance(answer, Answered):
        return ()
    if isinstance(answer.value, tuple):
        return answer.value
    return (answer.value.isoformat(),) if isinstance(answer.value, date) else (str(answer.value),)


def entered_values(name: str, entered: Form) -> tuple[str, ...]:
    kinds = tuple(f"--{kind}" for kind in entered.get(f"{name}--missing", ()) if kind)
    return (*entered.get(name, ()), *kinds)


def stored_reason(answer: Answer | None) -> str:
    return (answer.reason or "") if isinstance(answer, Missing) else ""


def entered_reason(name: str, entered: Form) -> str:
    return next(iter(entered.get(f"{name}--reason", ())), "")


def stored_date_parts(answer: Answer | None) -> tuple[str, str, str]:
    if not isinstance(answer, Answered) or not isinstance(answer.value, date):
        return "", "", ""
    return str(answer.value.day), str(answer.value.month), str(answer.value.year)


def entered_date_parts(name: str, entered: Form) -> tuple[str, str, str]:
    day, month, year = (
        next(iter(entered.get(f"{name}--{part}", ())), "") for part in ("day", "month", "year")
    )
    return day, month, year
