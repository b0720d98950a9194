"""Settings of a partnership, and what may no longer be changed about them."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from lsp_assess.actions.editing import check_version
from lsp_assess.actions.work import Work
from lsp_assess.database import rounds as stored
from lsp_assess.database.models.partnerships import Partnership
from lsp_assess.kernel.errors import Invalid, NotFound, Place, Problem, problem
from lsp_assess.partnerships.accent import LEAST_CONTRAST, contrast_with_white
from lsp_assess.partnerships.roles import Matching

SMALLEST_GROUP = 5
SMALLEST_BASE = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """`smallest_change` is a share from 0 to 1; `accent` a colour as #rrggbb."""

    name: str
    matching: Matching
    small_group: int
    survey_minimum: int
    smallest_change: float | None
    accent: str


def partnership(work: Work) -> Partnership:
    row = work.session.get(Partnership, work.actor.partnership_id)
    if row is None:
        raise NotFound
    return row


def today(work: Work) -> date:
    """Where the partnership is."""
    return work.now.astimezone(zone(work)).date()


def zone(work: Work) -> ZoneInfo:
    return ZoneInfo(partnership(work).time_zone)


def matching_is_fixed(work: Work) -> bool:
    """Once anybody has been invited, answers are kept under keys of that kind."""
    return stored.anybody_invited(work.session)


def change_settings(work: Work, settings: Settings, *, version: int) -> None:
    """Raises Invalid with every setting that cannot be taken."""
    work.check("coordinate")
    row = partnership(work)
    check_version(row, version)
    problems = list(_problems(settings))
    if settings.matching is not row.matching and matching_is_fixed(work):
        problems.append(problem("matching_is_fixed", Place(question="matching")))
    if problems:
        raise Invalid(*problems)
    row.name, row.matching = settings.name, settings.matching
    row.small_group, row.survey_minimum = settings.small_group, settings.survey_minimum
    row.smallest_change, row.accent = settings.smallest_change, settings.accent
    work.session.flush()
    work.record("settings_changed", object_kind="partnership", object_id=row.id)


def _problems(settings: Settings) -> list[Problem]:
    problems = []
    if settings.small_group < SMALLEST_GROUP:
        place = Place(question="small_group")
        problems.append(problem("small_group_too_small", place, least=SMALLEST_GROUP))
    if settings.survey_minimum < SMALLEST_BASE:
        place = Place(question="survey_minimum")
        problems.append(problem("survey_minimum_too_small", place, least=SMALLEST_BASE))
    if settings.smallest_change is not None and not 0 < settings.smallest_change < 1:
        problems.append(problem("smallest_change_out_of_range", Place(question="smallest_change")))
    contrast = contrast_with_white(settings.accent)
    if contrast is None:
        problems.append(problem("accent_not_a_colour", Place(question="accent")))
    elif contrast < LEAST_CONTRAST:
        place = Place(question="accent")
        problems.append(problem("accent_too_pale", place, contrast=round(contrast, 1), least=LEAST_CONTRAST))
    return problems
