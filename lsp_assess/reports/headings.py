"""Which finding heads which table, by the beginning of its id."""

from collections.abc import Mapping

from lsp_assess.disclosure.gate import FindingRule
from lsp_assess.reports.headings_level_one import (
    criteria_finding,
    editions_finding,
    matched_finding,
    spread_finding,
)
from lsp_assess.reports.headings_line import agreement_finding
from lsp_assess.reports.headings_residents import area_finding, change_finding, distribution_finding
from lsp_assess.reports.headings_response import rates_finding
from lsp_assess.reports.tables_actions import actions_finding
from lsp_assess.reports.tables_challenge import challenge_finding, meetings_finding
from lsp_assess.reports.tables_outcome_series import series_finding
from lsp_assess.reports.tables_outcomes import lights_finding
from lsp_assess.reports.tables_stories import counts_finding

RULES: Mapping[str, FindingRule] = {
    "last_actions.": actions_finding,
    "response.rates": rates_finding,
    "level_one.criteria": criteria_finding,
    "level_one.editions": editions_finding,
    "level_one.scores.": spread_finding,
    "level_one.then.": spread_finding,
    "level_one.matched.": matched_finding,
    "level_two.outcomes.lights": lights_finding,
    "level_two.outcomes.series.": series_finding,
    "level_two.residents.change.": change_finding,
    "level_two.residents.explored.": change_finding,
    "level_two.residents.answers.": distribution_finding,
    "level_two.residents.areas.": area_finding,
    "level_two.residents.groups.": area_finding,
    "level_three.stories.counts": counts_finding,
    "line.agreement.": agreement_finding,
    "challenge.meetings": meetings_finding,
    "challenge.questions.": challenge_finding,
}

PAIRWISE = (
    "level_one.matched.",
    "level_one.unmatched.",
    "level_two.residents.change.",
    "level_two.residents.explored.",
    "line.",
)
"""Tables about certain rounds, and nothing without one of them."""


def finding_rule(table_id: str) -> FindingRule | None:
    return next((rule for prefix, rule in RULES.items() if table_id.startswith(prefix)), None)
