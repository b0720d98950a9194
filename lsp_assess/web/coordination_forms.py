"""Forms of the coordinator for the partnership itself."""

from wtforms import EmailField
from wtforms.validators import Email

from lsp_assess.web.form_fields import DayField, decimal, line, radios, select, ticks, tidy_line, whole
from lsp_assess.web.forms import Form, VersionedForm


def email_field(hint: str = "Invitations go there, and the person signs in with it.") -> EmailField:
    return EmailField(
        "E-mail address",
        filters=[tidy_line],
        description=hint,
        validators=[Email("Enter an e-mail address such as name@example.org")],
    )


class SettingsForm(VersionedForm):
    name = line("Name of the partnership", needed="Enter the partnership’s name")
    matching = radios("What is compared from round to round?", needed="Choose what is compared")
    small_group = whole(
        "Smallest group of partners about which anything is shown",
        low=1,
        high=50,
        hint="5 or more. Smaller groups could be recognised.",
    )
    survey_minimum = whole(
        "Fewest answers on which a survey result is shown", low=1, high=1000, hint="30 or more."
    )
    smallest_change = decimal(
        "Smallest change that matters, in percentage points (optional)",
        most=100,
        hint="Smaller changes are called too small to matter, however certain they are.",
    )
    accent = line(
        "Colour of the partnership",
        needed="Enter a colour",
        hint="Six digits or letters a to f after #, for example #1d5b79. White text stands on it.",
        longest=20,
    )


class OrganisationForm(VersionedForm):
    name = line("Name", needed="Enter the organisation’s name")
    sector = select("Sector", wrong="Choose a sector")
    since = DayField("Member since (optional)")


class OrganisationDetailsForm(VersionedForm):
    name = line("Name", needed="Enter the organisation’s name")
    sector = select("Sector", wrong="Choose a sector")


class EndForm(VersionedForm):
    last_day = DayField("Last day", needed="Enter the last day", hint="For example, 27 3 2026")


class MemberForm(Form):
    name = line("Name", needed="Enter the person’s name")
    email = email_field()
    role = radios("Role", needed="Choose a role")
    organisation = select(
        "Organisation", hint="Whom the person answers for. Evaluators and scrutiny need none."
    )
    seat = line(
        "Seat (optional)",
        hint="A place at the table that outlives whoever fills it, for example “Chief executive”.",
    )
    since = DayField("From", needed="Enter the first day")
    areas = ticks("Areas in which a community researcher may work")


class PersonForm(VersionedForm):
    name = line("Name", needed="Enter the person’s name")
    email = email_field()


class SeatForm(VersionedForm):
    seat = line(
        "Seat",
        needed="Enter the seat’s title",
        hint="A place at the organisation’s table that outlives whoever fills it.",
    )


class HandOverForm(VersionedForm):
    name = line("Successor’s name", needed="Enter the successor’s name")
    email = email_field()
    first_day = DayField("Successor’s first day", needed="Enter the first day")
    same_respondent = radios(
        "Whose answers are the successor’s compared with?",
        needed="Choose with whose",
        hint="From round to round. Neither ever sees what the other answered.",
    )


class ResearcherAreasForm(Form):
    areas = ticks("Areas in which the researcher may work")


class AreaForm(VersionedForm):
    code = line(
        "Code",
        needed="Enter a code",
        hint="As it is written in the files of samples and indicators.",
        longest=40,
    )
    name = line("Name", needed="Enter the area’s name")
    type = select("Type", wrong="Choose a type")
    standing = radios("Where does it lie?", needed="Choose where it lies")
    priority = ticks("Is it a priority neighbourhood?")
    group = select("Group of areas", hint="Results of small areas are shown together by group.")
    valid_from = DayField("Boundary valid from (optional)")
    valid_to = DayField("Boundary valid to (optional)")
