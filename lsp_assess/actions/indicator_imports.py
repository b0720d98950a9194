"""Take in a file of indicators: first a preview, then all of it in one transaction, or nothing."""

from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.agreements import agreement_for
from lsp_assess.actions.importing import (
    Upload,
    check_as_previewed,
    ensure_source,
    fingerprint,
    record_import,
)
from lsp_assess.actions.work import Work
from lsp_assess.database import importing as shared
from lsp_assess.database import indicator_imports as stored
from lsp_assess.exchange.indicator_mapping import IndicatorDefinition
from lsp_assess.exchange.indicator_plans import (
    IndicatorChanges,
    IndicatorPlan,
    IndicatorReconciliation,
    MeasurementKey,
    PlannedBreak,
    PlannedMeasurement,
    Reading,
    compare,
)
from lsp_assess.exchange.indicators import plan_indicators
from lsp_assess.exchange.mapping import MappingKind
from lsp_assess.exchange.mapping_files import read_indicator_mapping
from lsp_assess.exchange.reading import read_file
from lsp_assess.kernel.errors import Conflict, problem
from lsp_assess.outcomes.indicators import NoValue


@dataclass(frozen=True, slots=True)
class IndicatorImport:
    """What a file would write, or has written once `run_id` is there."""

    plan: IndicatorPlan
    changes: IndicatorChanges
    breaks: tuple[PlannedBreak, ...]
    held: dict[MeasurementKey, UUID]
    run_id: UUID | None = None

    @property
    def reconciliation(self) -> IndicatorReconciliation:
        return self.changes.reconciliation

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.plan.digest, self.plan.mapping.head.text, self.reconciliation)


def preview_indicators(work: Work, *, file: Upload, mapping: Upload) -> IndicatorImport:
    """Nothing is written. Raises Invalid with every row that cannot be taken."""
    work.check("coordinate")
    read = read_indicator_mapping(mapping.text(), file=mapping.name)
    agreement_for(work, read.head.source, file=mapping.name)
    plan = plan_indicators(read_file(file.content, file=file.name, form=read.head.form), read)
    codes = [indicator.code for indicator in plan.indicators]
    _check_units(stored.units_of(work.session, codes), plan)
    held = stored.held_measurements(work.session, codes)
    readings = {(one.indicator, one.area, one.period): _reading(one.value) for one in held}
    known = stored.breaks_of(work.session, codes)
    breaks = tuple(one for one in plan.breaks if (one.indicator, one.period.start) not in known)
    ids = {(one.indicator, one.area, one.period): one.id for one in held}
    return IndicatorImport(plan, compare(plan, readings), breaks, ids)


def import_indicators(
    work: Work, *, file: Upload, mapping: Upload, previewed: str | None = None
) -> IndicatorImport:
    """Write what the file adds or revises; where that is nothing, nothing at all. `previewed` is the
    fingerprint of the preview that was confirmed."""
    work.check("coordinate")
    shared.hold_imports(work.session)
    found = preview_indicators(work, file=file, mapping=mapping)
    check_as_previewed(found.fingerprint, previewed)
    if not (found.changes.new or found.changes.revised or found.breaks):
        return found
    plan = found.plan
    run_id = record_import(
        work, plan, plan.mapping.head, kind=MappingKind.INDICATORS, reconciliation=found.reconciliation
    )
    _write(work, found, run_id)
    return IndicatorImport(found.plan, found.changes, found.breaks, found.held, run_id)


def _check_units(held: dict[str, str | None], plan: IndicatorPlan) -> None:
    problems = [
        problem("import_other_unit", indicator=one.code, held=held[one.code], found=one.unit)
        for one in plan.indicators
        if held.get(one.code, one.unit) != one.unit
    ]
    if problems:
        raise Conflict(*problems)


def _write(work: Work, found: IndicatorImport, run_id: UUID) -> None:
    plan, session = found.plan, work.session
    source_id = ensure_source(work, plan.mapping.head.source)
    areas = shared.ensure_areas(
        session,
        (shared.NewArea(area.code, area.name, area.type, area.standing) for area in plan.areas),
    )
    indicators = {one.code: _indicator(work, one, source_id) for one in plan.indicators}
    stored.supersede(session, [found.held[one.key] for one in found.changes.revised], at=work.now)
    stored.add_measurements(
        session,
        (
            stored.New(indicators[one.indicator], areas[one.area], one.period, _value(one))
            for one in (*found.changes.new, *found.changes.revised)
        ),
        run_id=run_id,
        at=work.now,
    )
    for one in found.breaks:
        stored.add_break(
            session, indicator_id=indicators[one.indicator], on_date=one.period.start, note=one.note
        )


def _indicator(work: Work, one: IndicatorDefinition, source_id: UUID) -> UUID:
    return stored.ensure_indicator(
        work.session,
        code=one.code,
        title=one.title,
        definition=one.definition,
        measure=one.measure,
        unit=one.unit,
        polarity=one.polarity.value,
        range_low=one.low,
        range_high=one.high,
        source_id=source_id,
        details={**one.details, "kind": one.kind.value, "period_type": one.period.value},
    )


def _reading(value: stored.Value) -> Reading:
    return Reading(
        value.value,
        NoValue(value.missing) if value.missing is not None else None,
        value.lower,
        value.upper,
        value.numerator,
        value.denominator,
    )


def _value(one: PlannedMeasurement) -> stored.Value:
    reading = one.reading
    return stored.Value(
        value=reading.value,
        missing=reading.missing.value if reading.missing is not None else None,
        lower=reading.lower,
        upper=reading.upper,
        numerator=reading.numerator,
        denominator=reading.denominator,
    )
