"""Forms of the register of evidence."""

from collections.abc import Iterable, Mapping

from lsp_assess.actions.evidence import KnownPart
from lsp_assess.assessment.evidence import Audience
from lsp_assess.web.form_fields import DayField, choices, choices_of, line, radios, text, ticks, upload
from lsp_assess.web.forms import Form, VersionedForm
from lsp_assess.web.languages import language

LONGEST_LINK = 2000


class TitleForm(VersionedForm):
    title = line(
        "Title",
        needed="Enter a title",
        hint="For example, “Minutes of the board, March 2026”. Name nobody in it: it is published where an"
        " agreed score relies on it.",
    )


class ContentForm(TitleForm):
    words = text(
        "What it shows (optional)",
        hint="Enter at least one of these: words, a link or a file. Leave out what would tell who you are.",
    )
    link = line("Link (optional)", hint="It begins with https:// or http://", longest=LONGEST_LINK)
    file = upload(
        "File (optional)",
        hint="A PDF, a picture (.png, .jpg) or an office document (.docx, .xlsx, .pptx, .odt, .ods), of 10 MB"
        " at most, without macros and without a password",
    )


class DetailsForm(TitleForm):
    effective_on = DayField(
        "Day from which it speaks",
        needed="Enter the day from which it speaks",
        hint="The day of the document or of the figures, for example 27 3 2026",
    )
    expires_on = DayField("Last day on which it counts (optional)", hint="It is marked as out of date after")
    parts = ticks("Parts that it serves (optional)", hint="One item may serve many parts, in every round.")
    audience = radios("Who may see it?", needed="Choose who may see it")


class NewEvidenceForm(DetailsForm, ContentForm):
    pass


class WithdrawalForm(VersionedForm):
    reason = text(
        "Why is it withdrawn?",
        needed="Say why it is withdrawn",
        hint="The reason stays on the register. Name nobody in it.",
        longest=600,
    )


def offer(form: DetailsForm, parts: Mapping[str, KnownPart], *, had: Iterable[str] = ()) -> None:
    """The parts of the edition in use, and those that the item serves already."""
    form.audience.choices = choices_of("evidence_audience", Audience)
    form.parts.choices = choices(
        (code, part_title(part)) for code, part in parts.items() if part.in_use or code in set(had)
    )


def part_title(part: KnownPart) -> str:
    return f"{part.criterion.say(language())}: {part.title.say(language())}"


def keep_telling_of_the_file(form: Form) -> None:
    """A browser does not send a file again by itself."""
    field = form["file"]
    if getattr(field.data, "filename", ""):
        field.description = "Choose the file again: a browser forgets it when a form comes back."
