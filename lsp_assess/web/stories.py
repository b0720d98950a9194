"""Stories: mine, those of others to vote on, and the panel’s decisions."""

from uuid import UUID

from flask import Blueprint, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from lsp_assess.actions import stories as actions
from lsp_assess.actions.stories import StorySeen
from lsp_assess.actions.work import Work
from lsp_assess.kernel.errors import Denied, NotFound, problem
from lsp_assess.kernel.messages import message
from lsp_assess.stories.consents import FOR_STORIES, ConsentState
from lsp_assess.stories.grades import Contribution, Evidence
from lsp_assess.stories.selection import Choice, Decision
from lsp_assess.web.form_fields import choices, choices_of, radios, text
from lsp_assess.web.forms import FormPage, VersionedForm, form_page, posted, status_of
from lsp_assess.web.languages import spoken
from lsp_assess.web.stories_shown import desk, shown_parts, shown_scales, shown_story
from lsp_assess.web.transactions import work

pages = Blueprint("stories", __name__, url_prefix="/p/<partnership>/stories")


class VoteForm(VersionedForm):
    contribution = radios(
        "What did the partnership contribute?",
        needed="Choose what the partnership contributed",
        hint="Think of what would have happened anyway.",
    )
    evidence = radios("How well is that shown?", needed="Choose how well it is shown")


class DecisionForm(VersionedForm):
    choice = radios("What did the panel decide?", needed="Choose what the panel decided")
    reason = text(
        "Why?",
        needed="Say why",
        hint="The reason is kept and, for a story that is not selected, published with the count of those."
        " Name nobody in it.",
    )


@pages.get("/")
def listing() -> str:
    return render_template("pages/stories/listing.html", desk=desk(work()))


@pages.get("/<uuid:story_id>")
def story(story_id: UUID) -> ResponseReturnValue:
    doing = work()
    seen = actions.story(doing, story_id)
    return _story_page(doing, seen, _vote_form(seen))


@pages.post("/<uuid:story_id>/grade")
def grade(story_id: UUID) -> ResponseReturnValue:
    doing = work()
    seen = actions.story(doing, story_id)
    form = _vote_form(seen)

    def act() -> None:
        actions.grade(
            doing,
            story_id,
            contribution=Contribution(int(form.contribution.data)),
            evidence=Evidence(int(form.evidence.data)),
            version=form.seen,
        )

    if form.attempt(act):
        flash(_("Your vote is recorded. You can change it until the panel meets."))
        return redirect(url_for(".listing"))
    return _story_page(doing, seen, form)


@pages.route("/<uuid:story_id>/decision", methods=("GET", "POST"))
def decide(story_id: UUID) -> ResponseReturnValue:
    doing = work()
    seen = actions.story(doing, story_id)
    held = seen.decision
    shown = {
        "choice": held.choice.value if held else None,
        "reason": held.reason if held else "",
        "version": seen.version,
    }
    form = DecisionForm(posted(), data=shown)
    form.choice.choices = choices_of("story_choice", Choice)

    def act() -> None:
        decision = Decision(Choice(form.choice.data), form.reason.data or "")
        actions.decide(doing, story_id, decision, version=form.seen)

    if form.attempt(act):
        flash("The panel’s decision is recorded.")
        return redirect(url_for(".story", story_id=story_id))
    return form_page(form, _page(seen, "The panel’s decision", "Record the decision"))


@pages.route("/<uuid:story_id>/consents/<to>/withdraw", methods=("GET", "POST"))
def withdraw(story_id: UUID, to: str) -> ResponseReturnValue:
    doing = work()
    seen = actions.story(doing, story_id)
    consent = next((each for each in FOR_STORIES if each.value == to), None)
    if consent is None or seen.state_of(consent) is not ConsentState.GIVEN:
        raise NotFound
    if not actions.may_withdraw(doing, seen):
        raise Denied(problem("consent_of_another"))
    form = VersionedForm(posted())
    if form.attempt(lambda: actions.withdraw(doing, story_id, consent)):
        flash(spoken(message(f"consent_withdrawn.{consent.value}")))
        return redirect(url_for(".story", story_id=story_id) if seen.is_own else url_for(".listing"))
    title = spoken(message(f"consent_withdraw.{consent.value}"))
    lead = spoken(message(f"consent_withdraw_means.{consent.value}"))
    return form_page(form, _page(seen, title, "Take the consent back", lead=lead, warning=True))


def _vote_form(seen: StorySeen) -> VoteForm:
    mine = seen.my_vote
    shown = {
        "contribution": str(mine.contribution) if mine else None,
        "evidence": str(mine.evidence) if mine else None,
        "version": mine.version if mine else 0,
    }
    form = VoteForm(posted(), data=shown)
    form.contribution.choices = choices(_points("contribution", Contribution))
    form.evidence.choices = choices(_points("evidence", Evidence))
    return form


def _points(scale: str, points: type[Contribution] | type[Evidence]) -> list[tuple[int, str]]:
    return [(int(point), f"{point:d} – {spoken(message(f'{scale}.{point:d}'))}") for point in points]


def _story_page(doing: Work, seen: StorySeen, form: VoteForm) -> ResponseReturnValue:
    grades = actions.spread(doing, seen)
    page = render_template(
        "pages/stories/story.html",
        story=shown_story(seen),
        seen=seen,
        parts=shown_parts(seen),
        form=form,
        grades=grades,
        scales=shown_scales(grades) if grades else (),
        may_withdraw=actions.may_withdraw(doing, seen),
    )
    return page, status_of(form)


def _page(seen: StorySeen, title: str, button: str, *, lead: str = "", warning: bool = False) -> FormPage:
    return FormPage(
        title=title,
        button=button,
        back=url_for(".story", story_id=seen.id),
        back_text="The story",
        caption=shown_story(seen).title,
        lead=lead,
        warning=warning,
    )
