"""Administrative forms: shown, taken, or shown again with every problem beside its field."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from flask import render_template, request
from werkzeug.datastructures import CombinedMultiDict
from wtforms import Form as WTForm
from wtforms import HiddenField, SelectMultipleField

from lsp_assess.kernel.errors import Conflict, Invalid, Problem, problem
from lsp_assess.rendering.wording import say
from lsp_assess.web.languages import language


class Form(WTForm):
    """`others` are problems that belong to no single field."""

    others: Sequence[Problem] = ()

    def validate(self, extra_validators: Any = None) -> bool:
        """A field that came twice is refused: WTForms would take the first in silence."""
        valid = super().validate(extra_validators)
        twice = [
            each
            for each in self
            if not isinstance(each, SelectMultipleField) and len(each.raw_data or ()) > 1
        ]
        for each in twice:
            each.errors = [*each.errors, "This came twice in one form. Enter it once."]
        return bool(valid) and not twice

    def attempt(self, act: Callable[[], object]) -> bool:
        """Whether the form could be read and `act` took it; a refusal stands beside the field it names."""
        if request.method != "POST" or not self.validate():
            return False
        try:
            act()
        except Invalid as refused:
            self.refuse(refused)
            return False
        return True

    @property
    def summary(self) -> list[dict[str, str]]:
        """Every problem, for the error summary, each with the name of its field and a link to it."""
        own = [
            {"text": f"{field.label.text}: {error}", "href": f"#{field.name}"}
            for field in self
            for error in field.errors
        ]
        return own + [{"text": spoken(each), "href": "#main-content"} for each in self.others]

    def refuse(self, refused: Invalid) -> None:
        """Each problem beside the field it names."""
        others = []
        for each in refused.problems:
            field = self._fields.get(each.place.question or "")
            if field is None:
                others.append(each)
            else:
                field.errors = [*field.errors, spoken(each)]
        self.others = others


class VersionedForm(Form):
    """Of a row that others may change meanwhile: the page carries the version that it was made from."""

    version = HiddenField()
    is_stale = False

    def attempt_beside(self, act: Callable[[], object], *, stands: int) -> bool:
        """As `attempt`; where somebody was faster, what was typed stays, on a page made from the version that
        now `stands`: sent again, it takes the place of theirs."""
        try:
            return self.attempt(act)
        except Conflict as conflict:
            if conflict.problems[0].code != "changed_meanwhile":
                raise
            self.others, self.is_stale = [problem("changed_beside")], True
            self.version.data = str(stands)
            return False

    @property
    def seen(self) -> int:
        """The version as the page showed it; one that nobody can have shown counts as stale."""
        given = self.version.data
        if not isinstance(given, str):
            return 0  # nothing was sent, so that the row's own version stands there
        return int(given) if given.isascii() and given.isdecimal() and len(given) < 9 else 0


@dataclass(frozen=True, slots=True)
class FormPage:
    """What stands round a form that needs no page of its own."""

    title: str
    button: str
    back: str
    back_text: str
    caption: str = ""
    lead: str = ""
    lists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    """What each list is of, with its points; they stand under the lead."""
    warning: bool = False


def posted() -> Any:
    """What was sent, None where the form is only being looked at."""
    return CombinedMultiDict([request.files, request.form]) if request.method == "POST" else None


def form_page(form: Form, page: FormPage) -> tuple[str, int]:
    """The form alone on a page; 422 when it comes back with problems, 409 when somebody was faster."""
    return render_template("pages/form.html", form=form, page=page), status_of(form)


def status_of(form: Form) -> int:
    if isinstance(form, VersionedForm) and form.is_stale:
        return 409
    return 422 if form.errors or form.others else 200


def spoken(each: Problem) -> str:
    return f"{say(each.what, language())} {say(each.remedy, language())}"


def id_or_none(given: str | None) -> UUID | None:
    """An id chosen in a list; lists are checked before, so only the empty choice is no id."""
    return UUID(given) if given else None
