"""A whole release for the tests of this folder: partners, residents, indicators, stories, actions."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

from lsp_assess.disclosure.release import (
    InstrumentStated,
    ReleaseDocument,
    RoundStated,
    Setting,
    StoryText,
    stated,
)
from lsp_assess.disclosure.tables import RoundLabel
from lsp_assess.instruments.items import ConsentTo
from lsp_assess.kernel.messages import given, message
from lsp_assess.outcomes.indicators import Indicator, Kind, Measurement, Polarity, Tolerance, ToleranceKind
from lsp_assess.outcomes.trajectory import PlanLine, PlanPoint
from lsp_assess.partnerships.periods import PeriodType, year
from lsp_assess.partnerships.releases import ReleaseNumber
from lsp_assess.reports.draft import gated
from lsp_assess.reports.evidence import Evidence, tables_of
from lsp_assess.reports.line import LinkKind, ObjectiveLinks
from lsp_assess.reports.outcomes import OutcomeSeries
from lsp_assess.reports.tables_actions import ActionStatus, ActionTold
from lsp_assess.reports.tables_response import Asked, Fieldwork, InstrumentResponse
from lsp_assess.reports.tables_stories import Stories, Story
from lsp_assess.residents.outcomes import Disposition, response_rates
from lsp_assess.stories.consents import ConsentRecord, Said
from lsp_assess.stories.grades import Contribution, Grade, summarise
from lsp_assess.stories.grades import Evidence as Grading
from lsp_assess.stories.selection import Candidate, Choice, Decision
from tests.unit.reports.drivers import driver, people
from tests.unit.reports.surveys import FIRST, SECOND, answers, survey

PUBLISHED = date(2026, 3, 14)
STORY = UUID(int=77)


def story_text(story: UUID = STORY) -> StoryText:
    return StoryText(
        story=story,
        standing="value_added",
        title=given("The bus that waits"),
        byline=message("stories.byline.unknown"),
        grades=message("stories.standing.value_added"),
        parts=((given("What changed?"), given("It waits now.")),),
    )


def candidate(number: int, *, grades: int = 3, raters: int = 6, decision: str = "selected") -> Candidate:
    said = ConsentRecord(ConsentTo.USE, Said.GIVEN, datetime(2026, 1, 1, tzinfo=UTC))
    given_grades = [Grade(UUID(int=i), Contribution(grades), Grading(grades)) for i in range(raters - 1)]
    given_grades.append(Grade(UUID(int=99), Contribution(1), Grading(4)))
    return Candidate(
        UUID(int=number), (said,), summarise(given_grades), Decision(Choice(decision), "Little evidence")
    )


def stories() -> Stories:
    told = Story(candidate(77), story_text())
    others = [Story(candidate(78, decision="not_selected"), None)]
    return Stories(RoundLabel("r2", SECOND.name), (told, *others), given("Stories"), 5)


def waste(*values: str, plan: str = "50") -> OutcomeSeries:
    """Recycling by calendar years from 2023, higher is better, a tolerance of a twentieth."""
    return OutcomeSeries(
        indicator=Indicator(
            code="waste",
            title="Recycling",
            unit="%",
            kind=Kind.MEASURE,
            polarity=Polarity.HIGHER,
            tolerance=Tolerance(ToleranceKind.RELATIVE, Decimal("0.05")),
            period_type=PeriodType.CALENDAR_YEAR,
            publication_lag=400,
        ),
        title=given("Recycling"),
        unit=given("% of household waste"),
        is_percent=True,
        decimals=1,
        measurements=tuple(
            Measurement(period=year(PeriodType.CALENDAR_YEAR, 2023 + i), value=Decimal(value))
            for i, value in enumerate(values)
        ),
        lines=(PlanLine("plan", (PlanPoint(date(2023, 1, 1), Decimal(plan)),)),),
        breaks=(),
        comparators=(),
        source=given("Council"),
    )


def action(status: ActionStatus, *, changed: str | None, round_: RoundStated = FIRST) -> ActionTold:
    return ActionTold(
        key=f"{round_.key}-{status.value}",
        round=round_,
        finding="Data are not shared",
        decision="Agree a protocol",
        title="Write the protocol",
        owner=given("Council"),
        due=date(2025, 6, 30),
        status=status,
        what_changed=changed,
    )


def evidence(**changes: object) -> Evidence:
    rates = response_rates([Disposition.COMPLETE] * 420 + [Disposition.REFUSAL] * 80)
    whole = Evidence(
        rounds=(FIRST, SECOND),
        published=PUBLISHED,
        source=given("Records"),
        threshold=5,
        driver=driver(people(20, 30, 40, 50, 60, 70), people(30, 40, 50, 60, 70, 80)),
        survey=survey(answers({"a1": 120, "a2": 100, "b1": 110, "b2": 110}, lift=0.4)),
        outcomes=(waste("46", "48", "51.5"),),
        stories=stories(),
        responses=(InstrumentResponse("driver", given("Driver"), (Asked(SECOND, 9, 6),), False),),
        fieldwork=(Fieldwork(SECOND, rates),),
        actions=(
            action(ActionStatus.DONE, changed="Signed by all"),
            action(ActionStatus.PLANNED, changed=None, round_=SECOND),
        ),
        objectives=(
            ObjectiveLinks(
                "clean",
                given("Cleaner streets"),
                (
                    (LinkKind.INDICATOR, "waste"),
                    (LinkKind.QUESTION, "satisfied"),
                    (LinkKind.PART, "vision"),
                ),
            ),
        ),
        ends={"r1": date(2024, 12, 31), "r2": date(2025, 12, 31)},
    )
    return replace(whole, **changes)  # type: ignore[arg-type]


def release(of: Evidence | None = None, **changes: object) -> ReleaseDocument:
    draft = tables_of(of or evidence())
    document = ReleaseDocument(
        partnership_key="p",
        partnership=given("Northbank"),
        rounds=(FIRST, SECOND),
        number=ReleaseNumber(2),
        published=PUBLISHED,
        instruments=(InstrumentStated("r2", given("Driver"), "lsp_driver", "1.0", "ab" * 32),),
        settings=(Setting(message("reports.setting.small_group"), given("5")),),
        caveats=draft.caveats,
        tables=gated(draft).tables,
        stories=(stated(story_text()),),
    )
    return replace(document, **changes)  # type: ignore[arg-type]


def first_release() -> ReleaseDocument:
    return release(
        rounds=(FIRST,), number=ReleaseNumber(1), published=date(2025, 3, 1), tables=(), stories=()
    )
