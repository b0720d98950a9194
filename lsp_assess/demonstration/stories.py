"""Thirty stories with the grades and decisions that they were given, and two that still wait for theirs.

Assumed: six partners grade each story, never its teller. Most stay within one point of a careful reader's
grade; traders and police see less contribution, volunteers and residents more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np

from lsp_assess.demonstration.chance import stream
from lsp_assess.demonstration.driver_scores import SECTOR_OF
from lsp_assess.demonstration.people import Partner, partners_in
from lsp_assess.demonstration.remarks import data
from lsp_assess.instruments.answers import Answer, Answered
from lsp_assess.instruments.items import ConsentTo
from lsp_assess.partnerships.organisations import Sector
from lsp_assess.stories.consents import FOR_STORIES
from lsp_assess.stories.links import LinkTarget, Relation, StoryLink
from lsp_assess.stories.selection import Choice, Decision

RATERS = 6
LEANS = {Sector.BUSINESS: -0.6, Sector.POLICE: -0.3, Sector.VOLUNTARY: 0.4, Sector.RESIDENTS: 0.3}
DISAGREEMENT = 0.65
# Items of the questionnaire by the key that stands for them in the data.
ITEMS = {
    "title": "story_title",
    "area": "story_area",
    "before": "situation_before",
    "changed": "what_changed",
    "whom": "for_whom",
    "people": "how_many",
    "matters": "why_it_matters",
    "did": "partner_contributions",
    "how": "how_it_worked",
    "anyway": "anyway",
    "why_believed": "anyway_reason",
    "other": "other_causes",
    "downsides": "downsides",
    "cost": "cost",
    "evidence": "evidence",
    "corroborator": "corroborator_name",
    "started": "started_on",
    "ended": "ended_on",
}


class Withdrawn(StrEnum):
    """When the teller took back the use of the story."""

    BEFORE_RELEASE = "before"
    AFTER_RELEASE = "after"


@dataclass(frozen=True, slots=True)
class Vote:
    rater: str
    contribution: int
    evidence: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStory:
    key: str
    round_number: int
    teller: Partner
    answers: Mapping[str, Answer]
    votes: tuple[Vote, ...]
    decision: Decision | None
    consents: Mapping[ConsentTo, bool]
    withdrawn: Withdrawn | None
    links: tuple[StoryLink, ...]


def told_stories(organisations: Mapping[str, str]) -> Iterator[ToldStory]:
    """`organisations` are the names by key."""
    for entry in data("stories"):
        partners = {partner.name: partner for partner in partners_in(entry["round"])}
        teller = partners[entry["teller"]]
        consents = _consents(entry)
        yield ToldStory(
            key=entry["key"],
            round_number=entry["round"],
            teller=teller,
            answers=_answers(entry, teller, organisations, consents),
            votes=tuple(_votes(entry, teller)),
            decision=_decision(entry),
            consents=consents,
            withdrawn=Withdrawn(entry["withdrawn"]) if "withdrawn" in entry else None,
            links=tuple(
                StoryLink(LinkTarget(kind), code, Relation(relation))
                for relation, kind, code in entry.get("links", ())
            ),
        )


def _answers(
    entry: Mapping[str, Any],
    teller: Partner,
    organisations: Mapping[str, str],
    consents: Mapping[ConsentTo, bool],
) -> dict[str, Answer]:
    given: dict[str, Answer] = {
        "teller_name": Answered(teller.name),
        "teller_organisation": Answered(organisations[teller.organisation]),
        "evidence_kind": Answered(tuple(entry["evidence_kinds"])),
    }
    given |= {item: Answered(_value(entry[key])) for key, item in ITEMS.items() if key in entry}
    given |= {f"consent_{to.value}": Answered("yes" if agreed else "no") for to, agreed in consents.items()}
    return given


def _value(entered: object) -> int | str | date:
    assert isinstance(entered, int | str | date)  # noqa: S101  our own file
    return entered


def _consents(entry: Mapping[str, Any]) -> dict[ConsentTo, bool]:
    refused = entry.get("consents", {})
    return {to: refused.get(to.value) != "no" for to in FOR_STORIES}


def _decision(entry: Mapping[str, Any]) -> Decision | None:
    return Decision(Choice(entry["decision"]), entry["reason"]) if "decision" in entry else None


def _votes(entry: Mapping[str, Any], teller: Partner) -> Iterator[Vote]:
    if "grades" not in entry:
        return
    chance = stream("votes", entry["key"])
    others = [partner for partner in partners_in(entry["round"]) if partner.name != teller.name]
    contribution, evidence = entry["grades"]
    for index in chance.choice(len(others), size=RATERS, replace=False):
        rater = others[index]
        lean = LEANS.get(SECTOR_OF[rater.organisation], 0.0)
        yield Vote(
            rater.name,
            _grade(contribution + lean + chance.normal(0, DISAGREEMENT)),
            _grade(evidence + chance.normal(0, DISAGREEMENT)),
        )


def _grade(value: float) -> int:
    return int(np.clip(round(value), 0, 4))
