"""Forms of the coordinator for rounds and collections."""

from lsp_assess.actions.round_reminders import MOST_DAYS, MOST_REMINDERS
from lsp_assess.web.form_fields import DayField, line, radios, select, text, ticks, whole
from lsp_assess.web.forms import Form, VersionedForm

MOST_MONTHS = 240


class RoundForm(VersionedForm):
    name = line("Name", needed="Enter a name", hint="For example, “Baseline” or “Year 2”.", longest=80)
    starts_on = DayField("First day", needed="Enter the first day", hint="For example, 27 3 2026")
    ends_on = DayField("Last day", needed="Enter the last day")
    evidence_months = whole(
        "Months after which evidence is out of date",
        low=1,
        high=MOST_MONTHS,
        hint="Evidence this old, or past its own last day, is marked in the register and at the meeting.",
    )


class CollectionForm(Form):
    instrument = select("Questionnaire", wrong="Choose a questionnaire")
    languages = ticks("Languages in which it can be answered", needed="Choose at least one language")
    closes_on = DayField(
        "Closing date (optional)",
        hint="Answers are asked for by 23:59 on that day. The questionnaire closes when you close it.",
    )
    rule = radios(
        "Which adult of a household is asked?",
        needed="Choose a rule",
        hint="Counts for household surveys only.",
    )


class DeadlineForm(VersionedForm):
    closes_on = DayField("Closing date", needed="Enter the closing date")


class ReminderRuleForm(VersionedForm):
    remind_before = whole("First reminder: days before the closing date", low=0, high=MOST_DAYS)
    remind_every = whole("Days between two reminders", low=1, high=MOST_DAYS)
    remind_most = whole(
        "Reminders to each person, at most",
        low=0,
        high=MOST_REMINDERS,
        hint="Over the whole round, those that you send by hand counted; 0 for none.",
    )


class ReasonForm(Form):
    reason = text("Reason", needed="Enter the reason", hint="It is kept in the record of the round.")


class AssignForm(Form):
    researcher = select("Researcher", hint="Those who may work in this area")


class CorrectionForm(Form):
    reason = text(
        "What was wrong, and what has been put right",
        needed="Enter the reason",
        hint="It is printed in the correction. The earlier release stays, marked as superseded.",
    )
