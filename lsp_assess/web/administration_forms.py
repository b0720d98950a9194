"""Forms of the administrator."""

from lsp_assess.web.coordination_forms import email_field
from lsp_assess.web.form_fields import line, radios
from lsp_assess.web.forms import Form


class CoordinatorForm(Form):
    name = line("Name of the coordinator", needed="Enter the coordinator’s name")
    email = email_field("They are told there how to sign in.")


class PartnershipForm(Form):
    title = line("Name of the partnership", needed="Enter the partnership’s name")
    slug = line(
        "Short name in addresses",
        needed="Enter a short name",
        hint="Small letters, digits and hyphens, for example “northbridge”. It cannot be changed later.",
        longest=40,
    )
    matching = radios(
        "What is compared from round to round?",
        needed="Choose what is compared",
        hint="The coordinator can change it until the first invitation.",
    )
    name = line("Name of the first coordinator", needed="Enter the coordinator’s name")
    email = email_field("They are told there how to sign in.")
