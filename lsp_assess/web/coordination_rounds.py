"""Rounds: what is in each, how far it is, and the next step."""

from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from lsp_assess.actions import questionnaires
from lsp_assess.actions import rounds as actions
from lsp_assess.actions.editing import found
from lsp_assess.actions.publication import publication_progress
from lsp_assess.actions.round_reminders import Rule, set_rule
from lsp_assess.actions.work import Work
from lsp_assess.assessment.evidence import USUAL_MONTHS
from lsp_assess.database import rounds as stored
from lsp_assess.database.loop import actions_recorded
from lsp_assess.database.models.partnerships import Round
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.kernel.messages import message
from lsp_assess.partnerships.rounds import CollectionStatus
from lsp_assess.rendering.wording import texts
from lsp_assess.residents.selection import SelectionRule
from lsp_assess.web.coordination_round_forms import CollectionForm, ReminderRuleForm, RoundForm
from lsp_assess.web.form_fields import choices, choices_of
from lsp_assess.web.forms import FormPage, form_page, posted
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.round_progress import cards, next_step, standing, standings
from lsp_assess.web.transactions import work


def rounds() -> str:
    doing = work()
    listed = standings(doing.session, stored.rounds(doing.session))
    return render_template("pages/coordination/rounds.html", rounds=listed)


def add_round() -> ResponseReturnValue:
    doing = work()
    number = stored.last_number(doing.session) + 1
    form = RoundForm(posted(), name=f"Round {number}", evidence_months=USUAL_MONTHS)
    made: list[UUID] = []
    if form.attempt(lambda: made.append(actions.add_round(doing, _round(form)))):
        flash(f"{form.name.data} is made.")
        return redirect(url_for(".round", round_id=made[0]))
    lead = (
        "A round is one wave of one or more questionnaires. What changes from round to round is what counts."
    )
    return form_page(form, _page("Make a round", "Make the round", lead=lead))


def change_round(round_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Round, round_id)
    form = RoundForm(posted(), obj=row)
    if form.attempt(lambda: actions.change_round(doing, round_id, _round(form), version=form.seen)):
        flash("The round is changed.")
        return redirect(url_for(".round", round_id=round_id))
    return form_page(form, _page(f"Change {row.name}", "Save the round", of=row))


def reminder_rule(round_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Round, round_id)
    shown = {"before": row.remind_before, "every": row.remind_every or 1, "most": row.remind_most}
    form = ReminderRuleForm(
        posted(),
        data={"version": row.version, **{f"remind_{name}": str(days) for name, days in shown.items()}},
    )

    def act() -> None:
        rule = Rule(
            before=int(form.remind_before.data or 0),
            every=int(form.remind_every.data or 0),
            most=int(form.remind_most.data or 0),
        )
        set_rule(doing, round_id, rule, version=form.seen)

    if form.attempt(act):
        flash("The reminders are set.")
        return redirect(url_for(".round", round_id=round_id))
    lead = (
        "Whoever is asked and has not sent their answers gets an e-mail by this rule, until the questionnaire"
        " closes. Nobody who has sent them is reminded."
    )
    return form_page(form, _page("Reminders", "Save the reminders", of=row, lead=lead))


def round(round_id: UUID) -> str:
    doing = work()
    row = found(doing, Round, round_id)
    stands = standing(doing.session, row)
    shown = cards(doing.session, stands, today=doing.now, language=language())
    progress = publication_progress(doing, round_id=round_id)
    return render_template(
        "pages/coordination/round.html",
        round=row,
        status=stands.status,
        releases=stands.releases,
        cards=shown,
        next=next_step(shown, stands.status),
        ready=bool(shown) and all(one.collection.status is CollectionStatus.FINAL for one in shown),
        publishing=progress is not None and not progress.has_ended,
        actions=actions_recorded(doing.session, round_id),
    )


def add_collection(round_id: UUID) -> ResponseReturnValue:
    doing = work()
    row = found(doing, Round, round_id)
    offered = _offered(doing)
    form = CollectionForm(posted(), languages=["en"], rule=SelectionRule.LAST_BIRTHDAY.value)
    form.instrument.choices = choices(
        (hash_, f"{one.title.say(language())} (version {one.version})") for hash_, one in offered.items()
    )
    codes = sorted({code for one in offered.values() for code in one.complete_languages})
    form.languages.choices = choices((code, _language_name(code)) for code in codes)
    form.rule.choices = choices_of("selection_rule", SelectionRule)

    def add() -> None:
        new = actions.NewCollection(
            instrument_hash=form.instrument.data or "",
            languages=tuple(form.languages.data or ()),
            closes_on=form.closes_on.data,
            rule=SelectionRule(form.rule.data) if form.rule.data else None,
        )
        actions.add_collection(doing, round_id, new)

    if form.attempt(add):
        flash("The questionnaire is in the round, as a draft. Open it when it may be answered.")
        return redirect(url_for(".round", round_id=round_id))
    return form_page(form, _page("Add a questionnaire to the round", "Add it to the round", of=row))


def _offered(doing: Work) -> dict[str, Instrument]:
    """What the partnership holds, and what is shipped, by title."""
    own = [row.content_hash for row in stored.instrument_rows(doing.session)]
    every = {hash_: questionnaires.viewed(doing, hash_) for hash_ in (*own, *questionnaires.shipped())}
    return dict(sorted(every.items(), key=lambda pair: pair[1].title.say(language())))


def _language_name(code: str) -> str:
    """A partnership's own questionnaire may speak languages that the software has no name for."""
    named = f"language.{code}"
    return spoken(message(named)) if named in texts("en") else code


def _round(form: RoundForm) -> actions.RoundDetails:
    return actions.RoundDetails(
        name=form.name.data or "",
        starts_on=form.starts_on.data,
        ends_on=form.ends_on.data,
        evidence_months=int(form.evidence_months.data or USUAL_MONTHS),
    )


def _page(title: str, button: str, *, of: Round | None = None, lead: str = "") -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for(".round", round_id=of.id) if of else url_for(".rounds"),
        back_text=of.name if of else "Rounds",
        lead=lead,
    )
