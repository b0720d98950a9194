"""All that a round is published from, and the tables that are made of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from lsp_assess.disclosure.release import RoundStated
from lsp_assess.instruments.frameworks import Framework
from lsp_assess.kernel.messages import Message
from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.line import LineMaterial, ObjectiveLinks
from lsp_assess.reports.outcomes import OutcomeSeries
from lsp_assess.reports.partners import Driver
from lsp_assess.reports.survey import ResidentSurvey
from lsp_assess.reports.tables_actions import ActionTold, action_tables
from lsp_assess.reports.tables_challenge import Challenged, challenge_tables
from lsp_assess.reports.tables_level_one import level_one_tables
from lsp_assess.reports.tables_level_one_frameworks import framework_tables
from lsp_assess.reports.tables_line import line_tables
from lsp_assess.reports.tables_outcomes import outcome_tables
from lsp_assess.reports.tables_panel import Panel, panel_table
from lsp_assess.reports.tables_residents import resident_tables
from lsp_assess.reports.tables_response import Fieldwork, InstrumentResponse, response_tables
from lsp_assess.reports.tables_stories import Stories, story_tables


@dataclass(frozen=True, kw_only=True)
class Evidence:
    """`rounds` are the published round and all that were published before, oldest first. What was not
    held is None or empty. `source` names the partnership's own records."""

    rounds: tuple[RoundStated, ...]
    published: date
    source: Message
    threshold: int
    driver: Driver | None = None
    panels: tuple[Panel, ...] = ()
    survey: ResidentSurvey | None = None
    outcomes: tuple[OutcomeSeries, ...] = ()
    stories: Stories | None = None
    responses: tuple[InstrumentResponse, ...] = ()
    fieldwork: tuple[Fieldwork, ...] = ()
    actions: tuple[ActionTold, ...] = ()
    challenged: Challenged = field(default_factory=Challenged)
    objectives: tuple[ObjectiveLinks, ...] = ()
    frameworks: tuple[Framework, ...] = ()
    ends: Mapping[str, date] = field(default_factory=lambda: MappingProxyType({}))
    """The last day of each round, by its key."""


def tables_of(evidence: Evidence) -> Draft:
    """In the order of the report."""
    drafts = [
        action_tables(evidence.actions, source=evidence.source),
        response_tables(
            evidence.responses,
            evidence.fieldwork,
            rounds=evidence.rounds,
            source=evidence.source,
            threshold=evidence.threshold,
        ),
    ]
    if evidence.driver is not None:
        drafts.append(level_one_tables(evidence.driver))
    drafts.append(framework_tables(evidence.frameworks, evidence.driver, evidence.actions))
    drafts += [panel_table(panel) for panel in evidence.panels]
    drafts.append(outcome_tables(evidence.outcomes, on=evidence.published))
    if evidence.survey is not None:
        drafts.append(resident_tables(evidence.survey))
    if evidence.stories is not None:
        drafts.append(story_tables(evidence.stories))
    drafts.append(_line(evidence))
    drafts.append(challenge_tables(evidence.challenged, source=evidence.source))
    return together(drafts)


def _line(evidence: Evidence) -> Draft:
    material = LineMaterial(
        objectives=evidence.objectives,
        ends={one.key: evidence.ends[one.key] for one in evidence.rounds if one.key in evidence.ends},
        outcomes=evidence.outcomes,
        survey=evidence.survey,
        driver=evidence.driver,
    )
    return line_tables(material, rounds=evidence.rounds, source=evidence.source)
