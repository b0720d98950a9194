"""Stories as pages show them: in words, and no more of them than the actor may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import url_for
from flask_babel import gettext as _

from lsp_assess.actions.release_stories import AREA, ORGANISATION, TITLE
from lsp_assess.actions.stories import StorySeen, stories
from lsp_assess.actions.work import Work
from lsp_assess.database.answering import next_number
from lsp_assess.database.stories import Telling, open_to
from lsp_assess.instruments import Answered
from lsp_assess.instruments.answers import Answers
from lsp_assess.instruments.items import ConsentItem, Sensitivity, questions_of
from lsp_assess.kernel.messages import message
from lsp_assess.stories.consents import ConsentState
from lsp_assess.stories.grades import Contribution, Evidence, GradeSummary
from lsp_assess.web.languages import spoken
from lsp_assess.web.progress import in_words
from lsp_assess.web.questionnaire_words import told

TAGS = {
    "sent": "blue",
    "draft": "teal",
    "selected": "green",
    "not_selected": "grey",
    "withdrawn": "grey",
    "no_consent": "grey",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownStory:
    """A story in a list; `href` is None, and the title says no more than that it is there, where it may not
    be read. `state` is a code of `story_state`."""

    id: UUID
    title: str
    byline: str
    state: str
    votes: int
    vote: tuple[int, int] | None
    changed_since_vote: bool
    href: str | None

    @property
    def tag(self) -> str:
        return TAGS[self.state]


@dataclass(frozen=True, slots=True)
class Draft:
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Invited:
    """Where a story may be told now."""

    round: str
    closes_at: datetime | None
    href: str
    drafts: tuple[Draft, ...]


@dataclass(frozen=True, slots=True)
class OfRound:
    round: str
    stories: tuple[ShownStory, ...]


@dataclass(frozen=True, slots=True)
class Desk:
    """`others` are those that a facilitator or coordinator sees besides."""

    invited: tuple[Invited, ...]
    own: tuple[ShownStory, ...]
    to_vote: tuple[ShownStory, ...]
    voted: tuple[ShownStory, ...]
    others: tuple[OfRound, ...]
    is_partner: bool
    sees_all: bool


@dataclass(frozen=True, slots=True)
class ShownScale:
    """`points`: each with its words and how many chose it."""

    name: str
    median: float
    points: tuple[tuple[int, str, int], ...]


def desk(doing: Work) -> Desk:
    seen = list(stories(doing))
    person_id, roles = doing.actor.person_id, {role.value for role in doing.actor.roles}
    telling = open_to(doing.session, person_id) if person_id is not None else []
    return Desk(
        invited=tuple(_invited(doing, one) for one in telling),
        own=tuple(shown_story(one) for one in seen if one.is_own),
        to_vote=tuple(shown_story(one) for one in seen if one.awaits_vote),
        voted=tuple(shown_story(one) for one in seen if one.my_vote is not None and one.may_read),
        others=tuple(_by_round(seen)),
        is_partner="partner" in roles,
        sees_all=bool(roles & {"coordinator", "facilitator"}),
    )


def shown_story(seen: StorySeen) -> ShownStory:
    answers: Answers = seen.answers if seen.may_read else {}
    mine = seen.my_vote
    return ShownStory(
        id=seen.id,
        title=_title(answers) if seen.may_read else _("A story kept for its teller"),
        byline=_byline(answers),
        state=_state(seen),
        votes=seen.votes,
        vote=(mine.contribution, mine.evidence) if mine else None,
        changed_since_vote=seen.changed_since_my_vote,
        href=url_for("stories.story", story_id=seen.id) if seen.may_read else None,
    )


def shown_parts(seen: StorySeen) -> list[tuple[str, list[tuple[str, str]]]]:
    """By section the questions that were answered. Others than the teller read nothing personal."""
    answers = seen.answers
    parts = []
    for section in seen.instrument.sections:
        lines = [
            (told(item.text), in_words(item, answers[item.name]))
            for each in section.items
            for item in questions_of(each)
            if item.name != TITLE
            and not isinstance(item, ConsentItem)
            and (seen.is_own or item.sensitivity is Sensitivity.ORDINARY)
            and isinstance(answers.get(item.name), Answered)
        ]
        if lines:
            parts.append((told(section.title), lines))
    return parts


def shown_scales(grades: GradeSummary) -> tuple[ShownScale, ...]:
    return (
        _scale("contribution", Contribution, grades.contribution or 0.0, grades.contributions),
        _scale("evidence", Evidence, grades.evidence or 0.0, grades.evidences),
    )


def _scale(
    name: str, points: type[Contribution] | type[Evidence], median: float, counts: Sequence[int]
) -> ShownScale:
    return ShownScale(
        name,
        median,
        tuple((int(p), spoken(message(f"{name}.{p:d}")), n) for p, n in zip(points, counts, strict=True)),
    )


def _state(seen: StorySeen) -> str:
    if seen.use is ConsentState.WITHDRAWN:
        return "withdrawn"
    if seen.use is not ConsentState.GIVEN:
        return "no_consent"
    return seen.decision.choice.value if seen.decision else "sent"


def _title(answers: Answers) -> str:
    return _words(answers, TITLE) or spoken(message("stories.untitled"))


def _byline(answers: Answers) -> str:
    known = {"organisation": _words(answers, ORGANISATION), "area": _words(answers, AREA)}
    named = {key: value for key, value in known.items() if value}
    return spoken(message(f"stories.byline.{'_'.join(named)}", **named)) if named else ""


def _words(answers: Answers, name: str) -> str:
    answer = answers.get(name)
    return str(answer.value).strip() if isinstance(answer, Answered) else ""


def _invited(doing: Work, telling: Telling) -> Invited:
    key_id, collection = telling.participant.respondent_key_id, telling.collection
    number = next_number(doing.session, collection_id=collection.id, respondent_key_id=key_id)
    drafts = tuple(
        Draft(
            _draft_title(row.draft),
            url_for("answering.tasks", collection_id=collection.id, number=row.number),
        )
        for row in telling.drafts
    )
    href = url_for("answering.tasks", collection_id=collection.id, number=number)
    return Invited(telling.round.name, collection.closes_at, href, drafts)


def _draft_title(draft: dict[str, dict[str, object]]) -> str:
    return str(draft.get(TITLE, {}).get("value") or spoken(message("stories.untitled")))


def _by_round(seen: Sequence[StorySeen]) -> Iterator[OfRound]:
    for name in dict.fromkeys(one.sent.round.name for one in seen):
        yield OfRound(name, tuple(shown_story(one) for one in seen if one.sent.round.name == name))
