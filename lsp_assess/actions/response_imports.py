"""Take in a survey's file: first a preview, then all of it in one transaction, or nothing."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from lsp_assess.actions.agreements import agreement_for
from lsp_assess.actions.importing import (
    Upload,
    check_as_previewed,
    ensure_source,
    fingerprint,
    record_import,
)
from lsp_assess.actions.questionnaires import shipped
from lsp_assess.actions.work import Work
from lsp_assess.database import importing as shared
from lsp_assess.database import response_imports as stored
from lsp_assess.database.instruments import instrument_of, issue
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.exchange.mapping import MappingKind
from lsp_assess.exchange.mapping_files import read_response_mapping
from lsp_assess.exchange.reading import read_file
from lsp_assess.exchange.response_mapping import MappedRound, ResponseMapping
from lsp_assess.exchange.response_plans import (
    HeldResponse,
    PlannedResponse,
    PlannedRound,
    ResponseChanges,
    ResponseKey,
    ResponsePlan,
    ResponseReconciliation,
    compare,
)
from lsp_assess.exchange.responses import plan_responses
from lsp_assess.instruments import Instrument, Issued, answers_to_json, content_hash, issued, parse
from lsp_assess.kernel.errors import Conflict, Invalid, Place, problem
from lsp_assess.partnerships.rounds import CollectionStatus

TAKES_IMPORTS = frozenset({CollectionStatus.OPEN, CollectionStatus.CLOSED})


@dataclass(frozen=True, slots=True)
class ResponseImport:
    """What a file would write, or has written once `run_id` is there."""

    plan: ResponsePlan
    changes: ResponseChanges
    questionnaire: str | None
    held: dict[ResponseKey, UUID]
    run_id: UUID | None = None

    @property
    def reconciliation(self) -> ResponseReconciliation:
        return self.changes.reconciliation

    @property
    def fingerprint(self) -> str:
        return fingerprint(self.plan.digest, self.plan.mapping.head.text, self.reconciliation)


def preview_responses(
    work: Work, *, file: Upload, mapping: Upload, questionnaire: Upload | None = None
) -> ResponseImport:
    """Nothing is written. `questionnaire` is needed where the one that the mapping names is neither held
    by the partnership nor shipped. Raises Invalid with every row that cannot be taken."""
    work.check("coordinate")
    read = read_response_mapping(mapping.text(), file=mapping.name)
    agreement_for(work, read.head.source, file=mapping.name)
    instrument, source = _instrument(work, read, questionnaire, mapping.name)
    plan = plan_responses(read_file(file.content, file=file.name, form=read.head.form), read, instrument)
    held: dict[ResponseKey, HeldResponse] = {}
    ids: dict[ResponseKey, UUID] = {}
    for planned in plan.rounds:
        collection = _collection(work, planned.round, instrument)
        for one in stored.held_responses(work.session, collection.id) if collection else ():
            held[planned.round.code, one.imported_id] = HeldResponse(one.area, one.submission)
            ids[planned.round.code, one.imported_id] = one.id
    return ResponseImport(plan, compare(plan, held), source, ids)


def import_responses(
    work: Work,
    *,
    file: Upload,
    mapping: Upload,
    questionnaire: Upload | None = None,
    previewed: str | None = None,
) -> ResponseImport:
    """Write what the file adds or revises; where that is nothing, nothing at all. `previewed` is the
    fingerprint of the preview that was confirmed."""
    work.check("coordinate")
    shared.hold_imports(work.session)
    found = preview_responses(work, file=file, mapping=mapping, questionnaire=questionnaire)
    check_as_previewed(found.fingerprint, previewed)
    if not (found.changes.new or found.changes.revised):
        return found
    plan = found.plan
    run_id = record_import(
        work, plan, plan.mapping.head, kind=MappingKind.RESPONSES, reconciliation=found.reconciliation
    )
    _write(work, found, run_id)
    return ResponseImport(found.plan, found.changes, found.questionnaire, found.held, run_id)


def _instrument(
    work: Work, mapping: ResponseMapping, sent: Upload | None, mapping_name: str
) -> tuple[Instrument, str | None]:
    """The questionnaire as issued to the partnership; or the one sent, which may not differ from it; or
    one that is shipped. With its text where it is still to be issued."""
    name, version = mapping.questionnaire, mapping.version
    held = stored.instrument_issued(work.session, name=name, version=version)
    known = instrument_of(work.session, held) if held is not None else None
    if sent is not None:
        before: dict[tuple[str, str], Issued] = {(name, version): issued(known)} if known else {}
        return parse(sent.text(), file=sent.name, issued=before), sent.text()
    if known is not None:
        return known, None
    for instrument, source in shipped().values():
        if (instrument.name, instrument.version) == (name, version):
            return instrument, source
    place = Place(file=mapping_name)
    raise Invalid(problem("import_no_questionnaire", place, name=name, version=version))


def _collection(work: Work, round_: MappedRound, instrument: Instrument) -> Collection | None:
    hash_ = content_hash(instrument)
    return stored.collection_in(work.session, round_name=round_.name, instrument_hash=hash_)


def _write(work: Work, found: ResponseImport, run_id: UUID) -> None:
    plan, session = found.plan, work.session
    ensure_source(work, plan.mapping.head.source)
    areas = shared.ensure_areas(
        session,
        (shared.NewArea(one.code, one.name, one.type, group=one.group) for one in plan.mapping.areas),
    )
    if found.questionnaire is not None:
        issue(session, plan.instrument, source=found.questionnaire, at=work.now)
    in_order = sorted(plan.rounds, key=lambda one: one.round.starts_on)
    collections = {one.round.code: _ensure_collection(work, plan, one) for one in in_order}

    def row(response: PlannedResponse) -> stored.New:
        area = areas[response.area] if response.area is not None else None
        imported_id = plan.respondent_id(response)
        draft = answers_to_json(response.answers)
        collection = collections[response.round]
        return stored.New(collection, imported_id, area, draft, plan.submission(response))

    stored.add_responses(
        session,
        [row(response) for response in found.changes.new],
        instrument_hash=content_hash(plan.instrument),
        language=plan.mapping.language,
        run_id=run_id,
        at=work.now,
    )
    for response in found.changes.revised:
        before = found.held[response.round, plan.respondent_id(response)]
        stored.revise_response(session, before, row(response), run_id=run_id, at=work.now)


def _ensure_collection(work: Work, plan: ResponsePlan, planned: PlannedRound) -> UUID:
    collection = _collection(work, planned.round, plan.instrument)
    settings = _settings(plan, planned)
    if collection is not None:
        if collection.status not in TAKES_IMPORTS:
            raise Conflict(problem("import_collection_final", round=planned.round.name))
        collection.settings = {**collection.settings, **settings}
        return collection.id
    round_ = planned.round
    collection = stored.add_closed_collection(
        work.session,
        round_id=stored.ensure_round(
            work.session, name=round_.name, starts_on=round_.starts_on, ends_on=round_.ends_on
        ),
        instrument_hash=content_hash(plan.instrument),
        opens_on=round_.starts_on,
        closes_at=_end_of(round_, shared.time_zone(work.session)),
        languages=[plan.mapping.language],
        settings=settings,
    )
    for before, event, after in (("draft", "open", "open"), ("open", "close", "closed")):
        stored.record_move(
            work.session,
            collection_id=collection.id,
            event=event,
            before=before,
            after=after,
            reason=plan.file,
            account_id=work.actor.account_id,
            at=work.now,
        )
    return collection.id


def _settings(plan: ResponsePlan, planned: PlannedRound) -> dict[str, Any]:
    """What a comparison must know of the round: how each item was asked, and what was not."""
    return {
        "mode": "imported",
        "source": plan.mapping.head.source.title,
        "round_note": planned.round.note,
        "crosswalk": {
            wording.item: {"kind": wording.kind.value, "wording": wording.wording, "note": wording.note}
            for wording in planned.wordings
        },
        "not_asked": list(planned.not_asked),
    }


def _end_of(round_: MappedRound, time_zone: str) -> datetime:
    return datetime.combine(round_.ends_on + timedelta(days=1), time(), tzinfo=ZoneInfo(time_zone))
