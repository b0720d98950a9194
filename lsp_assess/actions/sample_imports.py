"""Take in the sample of a household survey: a preview first, then all in one transaction, or nothing."""

from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.importing import Upload, check_as_previewed, fingerprint
from lsp_assess.actions.work import Work
from lsp_assess.database import importing as shared
from lsp_assess.database import sample_imports as stored
from lsp_assess.exchange.faults import Faults
from lsp_assess.exchange.reading import read_file
from lsp_assess.exchange.samples import PlannedAddress, SamplePlan, plan_sample
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.partnerships.rounds import CollectionStatus

TAKES_SAMPLES = frozenset({CollectionStatus.DRAFT, CollectionStatus.OPEN})


@dataclass(frozen=True, slots=True)
class SampleReconciliation:
    """read = written + unchanged; of those written, `revisits` were in an earlier sample."""

    read: int
    blank_rows: int
    written: int
    revisits: int
    unchanged: int


@dataclass(frozen=True, slots=True)
class SampleImport:
    collection_id: UUID
    plan: SamplePlan
    new: tuple[stored.NewAddress, ...]
    reconciliation: SampleReconciliation
    run_id: UUID | None = None

    @property
    def fingerprint(self) -> str:
        return fingerprint(str(self.collection_id), self.plan.digest, self.reconciliation)


def preview_sample(work: Work, *, collection_id: UUID, file: Upload) -> SampleImport:
    """Nothing is written. Raises Invalid with every row that cannot be taken."""
    work.check("coordinate")
    _check_collection(work, collection_id)
    plan = plan_sample(read_file(file.content, file=file.name))
    areas = stored.own_areas(work.session)
    references = [one.drawn.reference for one in plan.addresses]
    known = stored.households_known(work.session, collection_id=collection_id, references=references)
    faults = Faults()
    new = []
    for one in plan.addresses:
        before = known.get(one.drawn.reference)
        place = Place(file=plan.file, row=one.row, column="area", value=one.drawn.area[:100])
        if one.drawn.area not in areas:
            faults.add(problem("import_sample_area", place, area=one.drawn.area[:100]))
        elif before is not None and not _same_household(one, before):
            place = Place(file=plan.file, row=one.row, column="reference", value=one.drawn.reference)
            faults.add(problem("import_sample_differs", place, reference=one.drawn.reference))
        elif before is None or not before.in_collection:
            new.append(_new(one, before, areas[one.drawn.area]))
    faults.raise_any()
    revisits = sum(one.household_id is not None for one in new)
    read = len(plan.addresses)
    account = SampleReconciliation(read, plan.blank_rows, len(new), revisits, read - len(new))
    return SampleImport(collection_id, plan, tuple(new), account)


def import_sample(
    work: Work, *, collection_id: UUID, file: Upload, previewed: str | None = None
) -> SampleImport:
    """Write the addresses that are new to the collection; where there are none, nothing at all."""
    work.check("coordinate")
    shared.hold_imports(work.session)
    found = preview_sample(work, collection_id=collection_id, file=file)
    check_as_previewed(found.fingerprint, previewed)
    if not found.new:
        return found
    account = found.reconciliation
    counts = {"read": account.read, "written": account.written, "unchanged": account.unchanged}
    run_id = shared.record_run(
        work.session,
        kind="sample",
        file_name=found.plan.file,
        file_hash=found.plan.digest,
        mapping="",
        reconciliation={**counts, "blank_rows": account.blank_rows, "revisits": account.revisits},
        account_id=work.actor.account_id,
        agreement_id=None,  # the partnership's own sample
        at=work.now,
    )
    stored.add_addresses(work.session, found.new, collection_id=collection_id)
    work.record("sample_imported", object_kind="import_run", object_id=run_id, **counts)
    return SampleImport(collection_id, found.plan, found.new, account, run_id)


def _check_collection(work: Work, collection_id: UUID) -> None:
    found = stored.collection_and_kind(work.session, collection_id)
    if found is None:
        raise NotFound
    collection, kind = found
    if kind != Kind.HOUSEHOLD:
        raise Invalid(problem("import_sample_kind"))
    if collection.status not in TAKES_SAMPLES:
        raise Conflict(problem("import_sample_closed"))


def _same_household(one: PlannedAddress, before: stored.Sampled) -> bool:
    """A reference names one address for good, and its design within one collection."""
    drawn = one.drawn
    if (drawn.area, drawn.address) != (before.area, before.address):
        return False
    design = (before.stratum, before.cluster, before.probability)
    return not before.in_collection or design == (drawn.stratum, drawn.cluster, drawn.probability)


def _new(one: PlannedAddress, before: stored.Sampled | None, area_id: UUID) -> stored.NewAddress:
    drawn = one.drawn
    return stored.NewAddress(
        household_id=before.id if before is not None else None,
        reference=drawn.reference,
        area_id=area_id,
        address=drawn.address,
        postcode=drawn.postcode,
        telephone=one.telephone,
        stratum=drawn.stratum,
        cluster=drawn.cluster,
        probability=drawn.probability,
    )
