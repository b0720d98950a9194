"""Forms of the facilitator."""

from wtforms import SelectField
from wtforms.validators import DataRequired

from lsp_assess.web.form_fields import select, text, ticks
from lsp_assess.web.forms import VersionedForm

DISSENTS = (1, 2, 3)
_SAID = "In the words of whoever dissents."
_SIGNED = "Only if the person wants to be named. Otherwise the dissent is recorded without a name."


class AgreeForm(VersionedForm):
    score = SelectField(
        "Agreed score",
        validators=[DataRequired("Choose the agreed score")],
        render_kw={"class": "govuk-input--width-20"},
    )
    rationale = text(
        "Rationale",
        needed="Say in a sentence why the meeting settled on this score",
        hint="What evidence decided it? It stands in the minutes and in the report.",
    )
    evidence = ticks(
        "Evidence relied on (optional)",
        hint="What decided it. Its title stands in the minutes and in the report.",
    )
    dissent_1 = text("Dissent", hint=_SAID)
    by_1 = select("Signed by (optional)", hint=_SIGNED)
    named_1 = ticks("Agreement to be named")
    dissent_2 = text("Second dissent", hint=_SAID)
    by_2 = select("Second dissent: signed by (optional)", hint=_SIGNED)
    named_2 = ticks("Second dissent: agreement to be named")
    dissent_3 = text("Third dissent", hint=_SAID)
    by_3 = select("Third dissent: signed by (optional)", hint=_SIGNED)
    named_3 = ticks("Third dissent: agreement to be named")
