"""Level two, perceptions: every table of the resident survey."""

from lsp_assess.reports.draft import Draft, together
from lsp_assess.reports.measured import measure
from lsp_assess.reports.survey import ResidentSurvey
from lsp_assess.reports.survey_asked import Measure
from lsp_assess.reports.tables_residents_areas import area_tables
from lsp_assess.reports.tables_residents_change import change_tables
from lsp_assess.reports.tables_residents_distribution import distribution_tables
from lsp_assess.reports.tables_residents_margins import margin_tables
from lsp_assess.reports.tables_residents_weights import weight_tables


def resident_tables(survey: ResidentSurvey) -> Draft:
    measured = [measure(survey, question) for question in survey.asked_now()]
    followed = [one for one in measured if one.question.measure is not Measure.ANSWERS]
    made = together(
        (
            change_tables(survey, followed),
            distribution_tables(survey, measured),
            area_tables(survey, followed),
            weight_tables(survey),
            margin_tables(survey),
        )
    )
    return together((made, Draft(caveats=survey.caveats)))
