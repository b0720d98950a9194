"""What a handler of an answer type does, and how it says no."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeAlias, TypeVar

from lsp_assess.instruments.answers import Value
from lsp_assess.instruments.items import Item
from lsp_assess.kernel.messages import Parameter

Form: TypeAlias = Mapping[str, Sequence[str]]

Q_contra = TypeVar("Q_contra", bound=Item, contravariant=True)


class NotAnAnswer(Exception):
    """`code` and parameters of the problem; whoever asked knows the question."""

    def __init__(self, code: str, value: str | None = None, **params: Parameter) -> None:
        super().__init__(code)
        self.code = code
        self.value = value
        self.params = params


class AnswerType(Protocol[Q_contra]):
    """Both ways in give a checked value or raise NotAnAnswer. `today` bounds dates."""

    def from_form(self, question: Q_contra, form: Form, today: date, /) -> Value | None:
        """None where the person left it empty."""

    def from_json(self, question: Q_contra, raw: object, today: date, /) -> Value: ...


def only_value(form: Form, field: str) -> str | None:
    """The one value of a field, stripped; None where it is absent or empty."""
    values = form.get(field, ())
    if len(values) > 1:
        raise NotAnAnswer("A112")
    return (values[0].strip() or None) if values else None


def shown(value: object) -> str:
    """What was sent, short and printable, to be repeated in an error. Of a list or a mapping, or of a
    number too long to print, only its kind."""
    short = isinstance(value, int | float | Decimal) and -(10**15) < value < 10**15
    if isinstance(value, str) or short:
        return "".join(letter if letter.isprintable() else "?" for letter in str(value)[:60])
    return type(value).__name__
