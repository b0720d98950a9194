"""Actions as their pages show them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import url_for
from sqlalchemy.orm import Session

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions.loop import is_overdue, is_silent
from lsp_assess.actions.settings import today
from lsp_assess.actions.work import Work
from lsp_assess.assessment.ranking import REVEALED, SCORED
from lsp_assess.database import loop as stored
from lsp_assess.database.findings import collections_with_rounds
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.action_progress import Milestone
from lsp_assess.database.models.outcomes import Action
from lsp_assess.database.models.partnerships import Round
from lsp_assess.database.outcomes import titles_of_indicators, titles_of_objectives
from lsp_assess.database.rounds import rounds
from lsp_assess.reports.tables_actions import OPEN
from lsp_assess.web.languages import language

TAGS = {"planned": "blue", "under_way": "teal", "done": "green", "dropped": "grey"}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownAction:
    """`is_silent`: done, and nothing says what changed. `serves` are the titles of the part, objective and
    indicator that it is linked to; `is_theirs` is said of what the reader may tell how it goes, `told` is the
    last note with who wrote it; `ahead` is the first milestone that is not done."""

    id: UUID
    title: str
    finding: str
    decision: str
    owner: str | None
    contributors: Sequence[str]
    due_on: date | None
    status: str
    light: str | None
    tag: str
    what_changed: str | None
    serves: Sequence[str]
    milestones: Sequence[Milestone]
    ahead: Milestone | None
    is_overdue: bool
    is_silent: bool
    is_theirs: bool
    told: stored.Told | None


@dataclass(frozen=True, slots=True)
class ShownRound:
    """`findings` lead to the findings of its collections that the reader may see."""

    round: Round
    actions: Sequence[ShownAction]
    findings: Sequence[str]


def shown_rounds(doing: Work) -> list[ShownRound]:
    """The latest round first."""
    held, led = _shown(doing), _findings(doing)
    return [ShownRound(row, held.get(row.id, ()), led.get(row.id, ())) for row in rounds(doing.session)]


def shown_action(doing: Work, action: Action) -> ShownAction:
    of_round = _shown(doing)[action.round_id]
    return next(one for one in of_round if one.id == action.id)


def _shown(doing: Work) -> dict[UUID, list[ShownAction]]:
    session, day = doing.session, today(doing)
    helping, steps, parts = stored.contributors(session), stored.milestones(session), part_titles(session)
    helpers, notes = stored.helping(session), stored.last_notes(session)
    indicators, objectives = titles_of_indicators(session), titles_of_objectives(session)

    def shown(action: Action, owner: str | None) -> ShownAction:
        serves = (
            parts.get(action.part or "", ""),
            objectives.get(action.objective_id, "") if action.objective_id else "",
            indicators.get(action.indicator_id, "") if action.indicator_id else "",
        )
        milestones = steps.get(action.id, ())
        return ShownAction(
            id=action.id,
            title=action.title,
            finding=action.finding,
            decision=action.decision,
            owner=owner,
            contributors=helping.get(action.id, ()),
            due_on=action.due_on,
            status=action.status,
            light=action.light,
            tag=TAGS[action.status],
            what_changed=action.what_changed,
            serves=[one for one in serves if one],
            milestones=milestones,
            ahead=next((one for one in milestones if not one.done), None),
            is_overdue=is_overdue(action, today=day),
            is_silent=is_silent(action),
            is_theirs=_may_tell(doing, action, helpers.get(action.id, set())),
            told=notes.get(action.id),
        )

    return {
        round_id: [shown(action, owner) for action, owner in held]
        for round_id, held in stored.actions_by_round(session).items()
    }


def _may_tell(doing: Work, action: Action, helping: set[UUID]) -> bool:
    doers = {action.owner_id, *helping}
    return (
        allows(POLICIES["answer"], doing.actor)
        and action.status in OPEN
        and not doing.actor.organisations.isdisjoint(doers)
    )


def _findings(doing: Work) -> dict[UUID, list[str]]:
    """By the round: to whoever gathers, from when scoring is closed; to partners, once they rank."""
    if not allows(POLICIES["read_findings"], doing.actor):
        return {}
    gathers = allows(POLICIES["gather_findings"], doing.actor)
    found: dict[UUID, list[str]] = {}
    for collection, row, ranking in collections_with_rounds(doing.session):
        shows = collection.status in SCORED if gathers else ranking and collection.status in REVEALED
        if shows and instrument_of(doing.session, collection.instrument_hash).scoring is not None:
            found.setdefault(row.id, []).append(url_for("findings.listing", collection_id=collection.id))
    return found


def part_titles(session: Session) -> dict[str, str]:
    """Of every part that any round scored, by its item."""
    titles: dict[str, str] = {}
    for hash_ in dict.fromkeys(row.instrument_hash for row, _, _ in collections_with_rounds(session)):
        instrument = instrument_of(session, hash_)
        for criterion in instrument.scoring.criteria if instrument.scoring else ():
            for part in criterion.parts:
                question = instrument.question(part.item)
                title = part.item if question is None else question.text.say(language())
                titles.setdefault(part.item, f"{criterion.number} {criterion.title.say(language())}: {title}")
    return titles
