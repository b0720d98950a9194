"""Role → what is on that role's desk."""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from flask_babel import gettext as _
from flask_babel import ngettext

from lsp_assess.actions.fieldwork import assigned
from lsp_assess.actions.work import Work
from lsp_assess.database.answering import Asked, asked_of
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.responses import ResponseStatus
from lsp_assess.database.release_listing import listed
from lsp_assess.database.rounds import rounds
from lsp_assess.instruments.instrument import Kind
from lsp_assess.partnerships.roles import Role
from lsp_assess.partnerships.rounds import accepts_answers
from lsp_assess.rendering.wording import say_value
from lsp_assess.residents.visits import CaseStatus
from lsp_assess.web.home import Home, Thing, Turn, arranged, earliest, link
from lsp_assess.web.home_challenge import challenge_log, to_answer, to_chase
from lsp_assess.web.home_loop import last_time, overdue, to_gather, to_rank, told_lately, yours
from lsp_assess.web.home_meeting import meeting, score_again, spread
from lsp_assess.web.home_setting_up import setting_up
from lsp_assess.web.home_stories import panel, telling
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.round_progress import Card, Standing, cards, next_step, standings

OTHERS_TURN = frozenset({"round_next.wait"})
NOBODYS_TURN = frozenset({"round_next.published"})


def home_of(doing: Work) -> Home:
    """Of everything that the person is in this partnership."""
    desks = (desk for role, desk in DESKS.items() if role in doing.actor.roles)
    return arranged(iter(dict.fromkeys(thing for desk in desks for thing in desk(doing))))


def partner(doing: Work) -> Iterator[Thing]:
    if doing.actor.person_id is None:
        return
    yield from score_again(doing)
    for asked in asked_of(doing.session, doing.actor.person_id):
        if instrument_of(doing.session, asked.collection.instrument_hash).kind is not Kind.STORY:
            yield _questionnaire(doing, asked)
    yield from to_rank(doing)
    yield from to_answer(doing)
    yield from yours(doing)
    yield from spread(doing)
    yield from telling(doing)
    yield from results(doing)
    yield from last_time(doing)


def _questionnaire(doing: Work, asked: Asked) -> Thing:
    title = instrument_of(doing.session, asked.collection.instrument_hash).title.say(language())
    what = _("%(round)s: %(title)s", title=title, round=asked.round.name)
    href = link("answering.tasks", collection_id=asked.collection.id, number=1)
    response = asked.response
    if response is not None and response.status is ResponseStatus.SUBMITTED and response.submitted_at:
        when = say_value(response.submitted_at, "moment", language())
        return Thing(what, _("Sent on %(when)s", when=when), Turn.NOBODYS, href)
    if not accepts_answers(asked.collection.status):
        return Thing(what, _("Not open"), Turn.NOBODYS, href)
    begun = response is not None
    state = _("In progress, not sent yet") if begun else _("Not yet started")
    act = _("Go on") if begun else _("Start")
    return Thing(what, state, Turn.YOURS, href, asked.collection.closes_at, act)


def researcher(doing: Work) -> Iterator[Thing]:
    cases = assigned(doing)
    left = [case for case in cases if case.status is not CaseStatus.FINISHED]
    if left:
        yield Thing(
            ngettext("%(num)s household to visit", "%(num)s households to visit", len(left)),
            _("%(done)s of %(of)s finished", done=len(cases) - len(left), of=len(cases)),
            Turn.YOURS,
            link("residents.households"),
            earliest(case.case.collection.closes_at for case in left),
            _("See your households"),
        )
    elif cases:
        yield Thing(_("Your households"), _("All finished"), Turn.NOBODYS, link("residents.households"))
    else:
        yield Thing(_("Your households"), _("The coordinator has assigned you none yet"), Turn.OTHERS)
    yield Thing(_("Key in paper forms"), _("Whenever there is a pile"), Turn.NOBODYS, link("keying.piles"))


def coordinator(doing: Work) -> Iterator[Thing]:
    yield from setting_up(doing)
    found = rounds(doing.session)
    if not found:
        state = _("A round is one wave of questionnaires")
        href, act = link("coordination.rounds"), _("Make a round")
        yield Thing(_("Make the first round"), state, Turn.YOURS, href, act=act)
    for stands in standings(doing.session, found):
        yield _round(doing, stands)
    yield from panel(doing)
    yield from overdue(doing)
    yield from to_chase(doing)
    yield from told_lately(doing)
    yield from last_time(doing)


def _round(doing: Work, stands: Standing) -> Thing:
    row = stands.round
    shown = cards(doing.session, stands, today=doing.now, language=language())
    step = next_step(shown, stands.status)
    code = step.what.code
    turn = Turn.OTHERS if code in OTHERS_TURN else Turn.NOBODYS if code in NOBODYS_TURN else Turn.YOURS
    due = earliest(c.collection.closes_at for c in shown if accepts_answers(c.collection.status))
    href = link("coordination.round", round_id=row.id)
    if turn is Turn.NOBODYS:
        return Thing(row.name, spoken(step.what), turn, href)
    state = "; ".join(map(_answered, (c for c in shown if c.asked))) or _("Nobody asked yet")
    return Thing(f"{row.name}: {spoken(step.what)}", state, turn, href, due, _("Open the round"))


def _answered(shown: Card) -> str:
    """Whoever is asked for stories may tell none, or several."""
    answered, asked = (say_value(n, "", language()) for n in (shown.counts.answered, shown.asked))
    told: str = _("%(title)s – %(n)s of %(of)s", title=shown.title, n=answered, of=asked)
    if shown.kind is Kind.STORY:
        told = ngettext("%(num)s story", "%(num)s stories", shown.counts.answered)
    return told


def results(doing: Work) -> Iterator[Thing]:
    """Of every round the release that stands, the newest round first."""
    releases = [release for release in listed(doing.session) if release.is_current]
    for place, release in enumerate(releases):
        when = say_value(release.published_at, "day", language())
        state = _("Release %(number)s, published on %(when)s", number=release.number, when=when)
        turn = Turn.NEWS if place == 0 else Turn.NOBODYS
        what, href = _("Results of %(round)s", round=release.round_name), link("results.listing")
        if place:
            href = link("results.release", number=release.number)
        yield Thing(what, state, turn, href, act=_("See what changed"))
    if not releases:
        state = _("They will be here once the coordinator has published a round")
        yield Thing(_("Results"), state, Turn.OTHERS, link("results.listing"))


def facilitator(doing: Work) -> Iterator[Thing]:
    yield from meeting(doing)
    yield from to_gather(doing)
    yield from results(doing)
    yield from last_time(doing)


def evaluator(doing: Work) -> Iterator[Thing]:
    yield from results(doing)
    yield Thing(_("Indicators"), _("Lights, series and trajectories"), Turn.NOBODYS, link("outcomes.listing"))


def scrutiny(doing: Work) -> Iterator[Thing]:
    yield from evaluator(doing)
    yield from challenge_log(doing)


def administrator(_doing: Work) -> Iterator[Thing]:
    state = _("Make a partnership, or appoint who coordinates one")
    yield Thing(_("Partnerships"), state, Turn.NOBODYS, link("administration.listing"))


DESKS: Mapping[Role, Callable[[Work], Iterator[Thing]]] = MappingProxyType(
    {
        Role.COORDINATOR: coordinator,
        Role.PARTNER: partner,
        Role.RESEARCHER: researcher,
        Role.FACILITATOR: facilitator,
        Role.EVALUATOR: evaluator,
        Role.SCRUTINY: scrutiny,
        Role.ADMINISTRATOR: administrator,
    }
)
