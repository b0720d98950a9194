"""Fields of the administrative forms: what is typed is tidied once, here, and refused where no record
could hold it."""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date
from enum import StrEnum
from typing import Any

from werkzeug.datastructures import FileStorage
from wtforms import (
    DecimalField,
    Field,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import FileField
from wtforms.fields.choices import SelectChoice  # type: ignore[attr-defined]  # the stubs are of 3.2
from wtforms.utils import unset_value
from wtforms.validators import DataRequired, Length, Optional, StopValidation, ValidationError

from lsp_assess.kernel.messages import message
from lsp_assess.rendering.wording import say
from lsp_assess.web.languages import language

LONGEST_LINE = 200
LONGEST_TEXT = 5000
NARROW = "govuk-input--width-5"
FIRST_YEAR, LAST_YEAR = 1900, 2200

# Control characters, halves of characters, what stands for broken ones, and marks that turn the
# reading direction of what follows.
_UNFIT = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffd-\uffff]"
)


def tidy_line(typed: object) -> str:
    """In one normal form, with single spaces and no ends of lines."""
    return unicodedata.normalize("NFC", " ".join(str(typed if typed is not None else "").split()))


def tidy_text(typed: str | None) -> str:
    return unicodedata.normalize("NFC", (typed or "").replace("\r\n", "\n").replace("\r", "\n").strip())


def readable(_form: object, field: Field) -> None:
    if isinstance(field.data, str) and _UNFIT.search(field.data):
        raise ValidationError("This has characters that cannot be shown. Type it again without them.")


def line(label: str, *, needed: str = "", hint: str = "", longest: int = LONGEST_LINE) -> StringField:
    return StringField(
        label,
        filters=[tidy_line],
        description=hint,
        validators=[*_needed(needed), readable, _at_most(longest)],
    )


def text(label: str, *, needed: str = "", hint: str = "", longest: int = LONGEST_TEXT) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[tidy_text],
        description=hint,
        validators=[*_needed(needed), readable, _at_most(longest)],
    )


def whole(label: str, *, low: int, high: int, hint: str = "") -> StringField:
    """A whole number; its data stay text, `number` reads it."""

    def within(_form: object, field: Field) -> None:
        if not re.fullmatch("[0-9]{1,9}", field.data or "") or not low <= int(field.data) <= high:
            raise ValidationError(f"Enter a whole number from {low} to {high} for “{label}”")

    return StringField(
        label, filters=[tidy_line], description=hint, validators=[within], render_kw={"class": NARROW}
    )


def decimal(label: str, *, most: int, hint: str = "") -> DecimalField:
    """From nought to `most`, or nothing; in digits alone, as it will be shown again."""

    def within(_form: object, field: Field) -> None:
        typed = "".join(field.raw_data or ()).strip()
        if not re.fullmatch(r"[0-9]{1,10}(?:\.[0-9]{1,9})?", typed) or not 0 <= field.data <= most:
            field.process_errors = field.errors = []
            raise StopValidation("Enter a number from 0, such as 5 or 2.5")

    return DecimalField(
        label, description=hint, places=None, validators=[Optional(), within], render_kw={"class": NARROW}
    )


def radios(label: str, *, needed: str, hint: str = "") -> RadioField:
    return RadioField(label, description=hint, **_said(needed))


def select(label: str, *, hint: str = "", wrong: str = "Choose one of the list") -> SelectField:
    return SelectField(label, description=hint, **_said(wrong))


def ticks(label: str, *, needed: str = "", hint: str = "") -> SelectMultipleField:
    return SelectMultipleField(
        label,
        description=hint,
        validators=[DataRequired(needed)] if needed else [Optional()],
        **_said("Choose from the list"),
    )


def upload(label: str, *, hint: str = "", needed: str = "") -> FileField:
    def sent(_form: object, field: Field) -> None:
        if needed and not (isinstance(field.data, FileStorage) and field.data.filename):
            raise ValidationError(needed)

    return FileField(label, description=hint, validators=[sent])


class DayField(Field):
    """A day in three boxes, named `<name>-day`, `-month` and `-year`. What was typed is kept in `parts`."""

    def __init__(self, label: str, *, needed: str = "", hint: str = "", **kwargs: Any) -> None:
        super().__init__(label, validators=[self._told], description=hint, **kwargs)
        self.needed = needed
        self.parts = ("", "", "")

    def process(self, formdata: Any, data: Any = unset_value, extra_filters: Any = None) -> None:
        super().process(None, data, extra_filters)
        if isinstance(self.data, date):
            self.parts = (str(self.data.day), str(self.data.month), str(self.data.year))
        if formdata is not None:
            self.parts = tuple(  # type: ignore[assignment]
                " ".join(formdata.getlist(f"{self.name}-{part}")).strip()[:12]
                for part in ("day", "month", "year")
            )
            self.data = self._day()

    def _day(self) -> date | None:
        if not all(re.fullmatch("[0-9]{1,4}", part) for part in self.parts):
            return None
        day, month, year = (int(part) for part in self.parts)
        try:
            return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
        except ValueError:
            return None

    def _told(self, _form: object, _field: Field) -> None:
        if self.data is None and any(self.parts):
            raise ValidationError("Enter a real date, such as 27 3 2026")
        if self.data is None and self.needed:
            raise ValidationError(self.needed)


def as_choices(field: SelectField | SelectMultipleField | RadioField) -> list[dict[str, Any]]:
    """For the GOV.UK macros: each choice, and whether it is chosen."""
    return [
        {"value": value, "text": label, "checked": chosen, "selected": chosen}
        for value, label, chosen, *_ in field.iter_choices()
    ]


def choices_of(prefix: str, members: Iterable[StrEnum]) -> list[SelectChoice]:
    """Names of the domain in the reader's words."""
    return [
        SelectChoice(member.value, say(message(f"{prefix}.{member.value}"), language())) for member in members
    ]


def choices(pairs: Iterable[tuple[object, str]], *, empty: str | None = None) -> list[SelectChoice]:
    first = [SelectChoice("", empty)] if empty is not None else []
    return first + [SelectChoice(str(value), label) for value, label in pairs]


def _needed(message_: str) -> Sequence[Any]:
    return [DataRequired(message_)] if message_ else []


def _said(wrong_choice: str) -> dict[str, Any]:
    return {"invalid_choice_message": wrong_choice}


def _at_most(longest: int) -> Length:
    return Length(max=longest, message=f"Use {longest} characters or fewer")
