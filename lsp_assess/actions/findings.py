"""What a round found, in the words of the meeting: written, changed, merged, taken out again, until partners
vote on it."""

from collections.abc import Collection as Of
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.access.policies import POLICIES, allows
from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.assessment.consensus import FindingKind
from lsp_assess.assessment.ranking import REVEALED, SCORED, RankingStatus, check_gathering
from lsp_assess.database import findings as stored
from lsp_assess.database.answering import held_open
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.findings import Finding
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.instruments.scoring import ScoringModel
from lsp_assess.kernel.errors import Conflict, Invalid, NotFound, Place, problem
from lsp_assess.kernel.ids import new_id

FEWEST_MERGED = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingDetails:
    kind: FindingKind
    words: str
    criterion: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The findings of a collection as the actor may see them; `merged` by the finding that took them in."""

    collection: Collection
    model: ScoringModel
    ranking: RankingStatus
    findings: tuple[Finding, ...]
    merged: dict[UUID, tuple[Finding, ...]]
    may_gather: bool
    may_vote: bool

    def finding(self, id_: UUID) -> Finding:
        """Raises NotFound."""
        for one in self.findings:
            if one.id == id_:
                return one
        raise NotFound


def gathered(work: Work, collection_id: UUID) -> Gathered:
    """Raises NotFound where nothing is scored, and to partners until they are asked to rank."""
    work.check("read_findings")
    collection = found(work, Collection, collection_id)
    model = instrument_of(work.session, collection.instrument_hash).scoring
    ranking = stored.status_of(stored.ranking(work.session, collection_id))
    gathers = allows(POLICIES["gather_findings"], work.actor)
    shown = ranking is not RankingStatus.GATHERING and collection.status in REVEALED
    if model is None or not (gathers or shown):
        raise NotFound
    rows = stored.findings(work.session, collection_id)
    merged: dict[UUID, tuple[Finding, ...]] = {}
    for row in rows:
        if row.merged_into is not None:
            merged[row.merged_into] = (*merged.get(row.merged_into, ()), row)
    return Gathered(
        collection=collection,
        model=model,
        ranking=ranking,
        findings=tuple(row for row in rows if row.merged_into is None),
        merged=merged,
        may_gather=gathers and ranking is RankingStatus.GATHERING and collection.status in SCORED,
        may_vote=shown and ranking is RankingStatus.OPEN and allows(POLICIES["rank_findings"], work.actor),
    )


def gathered_with(work: Work, finding_id: UUID) -> tuple[Gathered, Finding]:
    """The finding among those beside it. Raises NotFound where it was merged, too."""
    held = gathered(work, found(work, Finding, finding_id).collection_id)
    return held, held.finding(finding_id)


def add_finding(work: Work, collection_id: UUID, details: FindingDetails) -> UUID:
    work.check("gather_findings")
    model = _hold(work, collection_id)
    row = _new(work, collection_id, details, model)
    work.record("finding_added", object_kind="finding", object_id=row.id)
    return row.id


def change_finding(work: Work, finding_id: UUID, details: FindingDetails, *, version: int) -> None:
    work.check("gather_findings")
    row = found(work, Finding, finding_id)
    model = _hold(work, row.collection_id)
    check_version(row, version)
    _check(details, model)
    row.kind, row.words, row.criterion = details.kind, details.words, details.criterion
    work.session.flush()
    work.record("finding_changed", object_kind="finding", object_id=finding_id)


def merge_findings(work: Work, collection_id: UUID, ids: Of[UUID], details: FindingDetails) -> UUID:
    """One in the place of several, which stay with it. Raises Conflict where one of them was merged or taken
    out meanwhile."""
    work.check("gather_findings")
    model = _hold(work, collection_id)
    if len(set(ids)) < FEWEST_MERGED:
        raise Invalid(problem("merge_needs_two", Place(question="merged")))
    rows = stored.held(work.session, ids)
    if {row.id for row in rows if row.collection_id == collection_id} != set(ids):
        raise NotFound
    if any(row.merged_into is not None for row in rows):
        raise Conflict(problem("changed_meanwhile"))
    whole = _new(work, collection_id, details, model)
    for row in rows:
        row.merged_into = whole.id
    work.session.flush()
    work.record("findings_merged", object_kind="finding", object_id=whole.id, of=len(rows))
    return whole.id


def remove_finding(work: Work, finding_id: UUID, *, version: int) -> None:
    """Those that were merged into it come back."""
    work.check("gather_findings")
    row = found(work, Finding, finding_id)
    _hold(work, row.collection_id)
    check_version(row, version)
    for each in stored.findings(work.session, row.collection_id):
        if each.merged_into == finding_id:
            each.merged_into = None
    work.session.flush()
    work.session.delete(row)
    work.session.flush()
    work.record("finding_removed", object_kind="finding", object_id=finding_id)


def _hold(work: Work, collection_id: UUID) -> ScoringModel:
    """Until this transaction ends the ranking is not opened."""
    found(work, Collection, collection_id)
    collection = held_open(work.session, collection_id)
    model = instrument_of(work.session, collection.instrument_hash).scoring
    if model is None:
        raise NotFound
    check_gathering(collection.status, stored.status_of(stored.ranking(work.session, collection_id)))
    return model


def _new(work: Work, collection_id: UUID, details: FindingDetails, model: ScoringModel) -> Finding:
    _check(details, model)
    row = Finding(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        collection_id=collection_id,
        kind=details.kind,
        words=details.words,
        criterion=details.criterion,
    )
    work.session.add(row)
    work.session.flush()
    return row


def _check(details: FindingDetails, model: ScoringModel) -> None:
    known = {criterion.name for criterion in model.criteria}
    if details.criterion is not None and details.criterion not in known:
        raise Invalid(problem("criterion_unknown", Place(question="criterion")))
