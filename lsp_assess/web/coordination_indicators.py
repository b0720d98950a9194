"""The plan of an indicator: its targets, its tolerance, who is answerable, which objectives it serves."""

from decimal import Decimal
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions.editing import found
from lsp_assess.actions.indicators import IndicatorPlan, plan_indicator
from lsp_assess.actions.release_outcomes import indicator_of
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.database import loop, plans
from lsp_assess.database import membership as members
from lsp_assess.database.models.outcomes import Indicator
from lsp_assess.database.outcomes import record_of
from lsp_assess.kernel.errors import NotFound
from lsp_assess.outcomes.indicators import Polarity, ToleranceKind
from lsp_assess.outcomes.written_plans import read_objectives, read_targets
from lsp_assess.partnerships.periods import PeriodType
from lsp_assess.rendering.wording.values import say_value
from lsp_assess.web.form_fields import choices, decimal, radios, select, text, ticks
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, id_or_none, posted
from lsp_assess.web.transactions import work

HEADLINE = "headline"
PER_CENT = 100


class PlanForm(VersionedForm):
    lead = select("Lead organisation", hint="It answers for the result.")
    project_manager = select("Project manager", hint="Delivers what should move it.")
    information_manager = select("Information manager", hint="Answers for the data.")
    headline = ticks("Is it a headline indicator?")
    tolerance_kind = radios("How far off is amber?", needed="Choose how the tolerance is meant")
    tolerance = decimal(
        "Tolerance (optional)",
        most=10**9,
        hint="In per cent of what is planned, or in the indicator’s unit. Further off is red. "
        "Without one, all that falls short is red.",
    )
    targets = text(
        "Targets",
        hint="One to a line: a day or period, a comma, and the value. For example: 31 March 2027, 12.5. "
        "Between two targets the plan runs straight.",
    )
    objectives = text(
        "Objectives that it serves (optional)",
        hint="One to a line: the code, a comma, and the title. For example: SAFE, Safer streets.",
    )


def change_indicator(indicator_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Indicator, indicator_id)
    form = _form(doing, row)
    _offer(doing, form, row)
    type_ = _period_type(doing, indicator_id)
    if form.attempt(lambda: plan_indicator(doing, indicator_id, _plan(form, type_), version=form.seen)):
        flash("The plan of the indicator is changed.")
        return redirect(url_for("outcomes.indicator", indicator_id=indicator_id))
    return form_page(form, _page(row))


def _form(doing: Work, row: Indicator) -> PlanForm:
    """As the plan stands, or as it was sent."""
    line = plans.the_line(doing.session, row.id)
    points = plans.points_of(doing.session, line) if line else {}
    served = plans.objectives_of(doing.session, row.code)
    form = PlanForm(
        posted(),
        version=row.version,
        lead=str(row.lead_organisation_id or ""),
        project_manager=str(row.project_manager_id or ""),
        information_manager=str(row.information_manager_id or ""),
        headline=[HEADLINE] if row.headline else [],
        tolerance_kind=row.tolerance_kind,
        tolerance=_shown_tolerance(row),
        targets="\n".join(
            f"{say_value(on, '', 'en')}, {_plain(Decimal(str(value)))}" for on, value in points.items()
        ),
        objectives="\n".join(f"{one.code}, {one.title}" for one in served),
    )
    if Polarity(row.polarity) is Polarity.RANGE:
        del form.targets
    return form


def _offer(doing: Work, form: PlanForm, row: Indicator) -> None:
    day = today(doing)
    leads = loop.possible_owners(doing.session, day, held={row.lead_organisation_id})
    form.lead.choices = choices([(one.id, one.name) for one in leads], empty="Nobody yet")
    named = {row.project_manager_id, row.information_manager_id}
    people = {
        one.person.id: one.person.name
        for one in members.members(doing.session)
        if one.current_on(day) or one.person.id in named
    }
    form.project_manager.choices = choices(people.items(), empty="Nobody yet")
    form.information_manager.choices = choices(people.items(), empty="Nobody yet")
    form.headline.choices = choices([(HEADLINE, "Yes, shown first")])
    form.tolerance_kind.choices = choices(
        [
            (ToleranceKind.RELATIVE.value, "By a share of what is planned, in per cent"),
            (
                ToleranceKind.ABSOLUTE.value,
                f"By an amount, in the indicator’s unit ({row.unit or 'not stated'})",
            ),
        ]
    )


def _plan(form: PlanForm, type_: PeriodType) -> IndicatorPlan:
    kind = ToleranceKind(form.tolerance_kind.data)
    amount: Decimal | None = form.tolerance.data
    if amount is not None and kind is ToleranceKind.RELATIVE:
        amount /= PER_CENT
    return IndicatorPlan(
        lead_id=id_or_none(form.lead.data),
        project_manager_id=id_or_none(form.project_manager.data),
        information_manager_id=id_or_none(form.information_manager.data),
        headline=bool(form.headline.data),
        tolerance=amount,
        tolerance_kind=kind,
        targets=read_targets(form.targets.data or "", type_, field="targets") if form.targets else (),
        objectives=read_objectives(form.objectives.data or "", field="objectives"),
    )


def _shown_tolerance(row: Indicator) -> Decimal | None:
    if row.tolerance is None:
        return None
    share = ToleranceKind(row.tolerance_kind) is ToleranceKind.RELATIVE
    return Decimal(_plain(Decimal(str(row.tolerance)) * (PER_CENT if share else 1)))


def _plain(value: Decimal) -> str:
    """As it was typed: no decimals that say nothing, no exponent."""
    return f"{value.normalize():f}"


def _end(value: float | None) -> str:
    return "what nobody has stated" if value is None else _plain(Decimal(str(value)))


def _period_type(doing: Work, indicator_id: UUID) -> PeriodType:
    record = record_of(doing.session, indicator_id)
    if record is None:
        raise NotFound
    return indicator_of(record).period_type


def _page(row: Indicator) -> FormPage:
    better = {Polarity.HIGHER: "Higher is better.", Polarity.LOWER: "Lower is better."}.get(
        Polarity(row.polarity),
        f"Best between {_end(row.range_low)} and {_end(row.range_high)}: this range gives the light.",
    )
    unit = f" Counted in: {row.unit}." if row.unit else ""
    return FormPage(
        title=f"Plan of {row.title}",
        button="Save the plan",
        back=url_for("outcomes.indicator", indicator_id=row.id),
        back_text=row.title,
        lead=better + unit,
    )
