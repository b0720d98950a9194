"""Level two, facts: indicators, their measurements and plan lines; objectives and what serves them."""

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from lsp_assess.database.base import (
    Base,
    Json,
    OfPartnership,
    Versioned,
    choice,
    lookup,
    placed,
    within,
)
from lsp_assess.partnerships.agreements import Allows, LawfulBasis
from lsp_assess.partnerships.periods import PeriodType
from lsp_assess.partnerships.retention import RetentionClass as Keep


class DataSource(OfPartnership, Versioned, Base):
    """Where data comes from, under which licence, and how to say so."""

    __tablename__ = "data_source"
    __table_args__ = placed("main", Keep.CONFIGURATION, UniqueConstraint("partnership_id", "title"))
    title: Mapped[str]
    publisher: Mapped[str | None]
    licence: Mapped[str]
    attribution: Mapped[str | None]


class SharingAgreement(OfPartnership, Versioned, Base):
    """Under what a source's data may be used; without one in force nothing of the source is taken in. The
    lawful basis stands here and nowhere among the consents."""

    __tablename__ = "sharing_agreement"
    __table_args__ = placed(
        "main",
        Keep.CONFIGURATION,
        lookup("source"),
        CheckConstraint("valid_to IS NULL OR valid_to >= valid_from", name="ends_after_start"),
    )
    source: Mapped[str] = mapped_column(
        doc="as mappings name it: a source's title or its publisher; for research, who gets the records"
    )
    allows: Mapped[Allows] = mapped_column(choice(Allows))
    purpose: Mapped[str]
    lawful_basis: Mapped[LawfulBasis] = mapped_column(choice(LawfulBasis))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    signed_by: Mapped[str]
    reference: Mapped[str] = mapped_column(doc="where the agreement itself can be read")


class ImportRun(OfPartnership, Base):
    """One file taken in, with the account of every row of it."""

    __tablename__ = "import_run"
    __table_args__ = placed("operations", Keep.RECORDS, within("agreement_id", "main.sharing_agreement"))
    kind: Mapped[str]
    file_name: Mapped[str]
    file_hash: Mapped[str]
    mapping: Mapped[str] = mapped_column(doc="the mapping's YAML as used")
    reconciliation: Mapped[Json]
    account_id: Mapped[UUID | None]
    at: Mapped[datetime]
    agreement_id: Mapped[UUID | None] = mapped_column(doc="none before agreements were kept")


class Indicator(OfPartnership, Versioned, Base):
    """`details` holds what domain.md §6 lists and no query needs: rationale, numerator, lag, …"""

    __tablename__ = "indicator"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("source_id", "main.data_source"),
        within("lead_organisation_id", "main.organisation"),
        within("project_manager_id", "main.person"),
        within("information_manager_id", "main.person"),
        UniqueConstraint("partnership_id", "code"),
        CheckConstraint("polarity IN ('higher', 'lower', 'range')", name="polarity"),
    )
    code: Mapped[str]
    title: Mapped[str]
    definition: Mapped[str | None]
    measure: Mapped[str | None]
    unit: Mapped[str | None]
    polarity: Mapped[str]
    range_low: Mapped[float | None]
    range_high: Mapped[float | None]
    tolerance: Mapped[float | None]
    tolerance_kind: Mapped[str] = mapped_column(default="relative")
    source_id: Mapped[UUID | None]
    lead_organisation_id: Mapped[UUID | None]
    project_manager_id: Mapped[UUID | None] = mapped_column(doc="delivers")
    information_manager_id: Mapped[UUID | None] = mapped_column(doc="answers for the data")
    headline: Mapped[bool] = mapped_column(default=False)
    details: Mapped[Json] = mapped_column(default=dict)


class Measurement(OfPartnership, Base):
    """A value of an indicator for an area and a period. A revision is a new row; the old one stays,
    superseded."""

    __tablename__ = "measurement"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("indicator_id", "main.indicator"),
        within("area_id", "main.area"),
        lookup(
            "indicator_id",
            "area_id",
            "period_type",
            "period_start",
            "period_end",
            unique_where="superseded_at IS NULL",
            name="uq_measurement_current",
        ),
        CheckConstraint("value IS NOT NULL OR missing IS NOT NULL", name="value_or_reason"),
        CheckConstraint("period_end >= period_start", name="period"),
    )
    indicator_id: Mapped[UUID]
    area_id: Mapped[UUID]
    period_type: Mapped[PeriodType] = mapped_column(choice(PeriodType))
    period_start: Mapped[date]
    period_end: Mapped[date]
    value: Mapped[float | None]
    missing: Mapped[str | None] = mapped_column(doc="why there is no value")
    lower: Mapped[float | None]
    upper: Mapped[float | None]
    numerator: Mapped[float | None]
    denominator: Mapped[float | None]
    recorded_at: Mapped[datetime]
    superseded_at: Mapped[datetime | None]
    import_run_id: Mapped[UUID | None]


class SeriesBreak(OfPartnership, Base):
    """From `on_date` an indicator is defined differently: no line is drawn and no change is read across."""

    __tablename__ = "series_break"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("indicator_id", "main.indicator"),
        UniqueConstraint("partnership_id", "indicator_id", "on_date"),
    )
    indicator_id: Mapped[UUID]
    on_date: Mapped[date]
    note: Mapped[str]


class PlanLine(OfPartnership, Versioned, Base):
    """A target trajectory; the one marked `is_the_line` gives the light."""

    __tablename__ = "plan_line"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("indicator_id", "main.indicator"),
        lookup("indicator_id", unique_where="is_the_line", name="uq_plan_line_the_line"),
    )
    indicator_id: Mapped[UUID]
    name: Mapped[str]
    is_the_line: Mapped[bool]


class PlanPoint(OfPartnership, Base):
    __tablename__ = "plan_point"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("plan_line_id", "main.plan_line"),
        UniqueConstraint("partnership_id", "plan_line_id", "on_date"),
    )
    plan_line_id: Mapped[UUID]
    on_date: Mapped[date]
    value: Mapped[float]


class Objective(OfPartnership, Versioned, Base):
    __tablename__ = "objective"
    __table_args__ = placed("main", Keep.CONFIGURATION, UniqueConstraint("partnership_id", "code"))
    code: Mapped[str]
    title: Mapped[str]


class ObjectiveLink(OfPartnership, Base):
    """An indicator, question or driver part that bears on an objective; asserted until tested."""

    __tablename__ = "objective_link"
    __table_args__ = placed(
        "main",
        Keep.CONFIGURATION,
        within("objective_id", "main.objective"),
        UniqueConstraint("partnership_id", "objective_id", "target_kind", "target_code"),
    )
    objective_id: Mapped[UUID]
    target_kind: Mapped[str]
    target_code: Mapped[str]
    asserted_by: Mapped[str | None]


class Action(OfPartnership, Versioned, Base):
    """Finding → decision → action → what changed: the loop that the next report opens with."""

    __tablename__ = "action"
    __table_args__ = placed(
        "main",
        Keep.PUBLISHED,
        within("round_id", "main.round"),
        within("owner_id", "main.organisation"),
        within("finding_id", "main.finding"),
        within("objective_id", "main.objective"),
        within("indicator_id", "main.indicator"),
        lookup("round_id"),
        CheckConstraint("light IN ('green', 'amber', 'red')", name="light"),
    )
    round_id: Mapped[UUID]
    finding: Mapped[str]
    decision: Mapped[str]
    title: Mapped[str]
    owner_id: Mapped[UUID | None]
    due_on: Mapped[date | None]
    status: Mapped[str]
    what_changed: Mapped[str | None]
    light: Mapped[str | None] = mapped_column(doc="how it goes, while it is neither done nor dropped")
    finding_id: Mapped[UUID | None] = mapped_column(doc="the ranked finding that it came from")
    part: Mapped[str | None] = mapped_column(doc="the part of the driver that it is to lift")
    objective_id: Mapped[UUID | None]
    indicator_id: Mapped[UUID | None]
