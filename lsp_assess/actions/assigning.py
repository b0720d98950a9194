"""Households of a sample are dealt out to community researchers, each within the areas allowed."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from lsp_assess.actions.editing import found
from lsp_assess.actions.work import Work
from lsp_assess.database import sample_progress as stored
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.sample_progress import Researcher, Sampled
from lsp_assess.kernel.errors import Invalid, NotFound, Place, problem


@dataclass(frozen=True, slots=True)
class Dealt:
    """How many households were assigned, and the areas where nobody may work."""

    assigned: int
    areas_without: tuple[UUID, ...] = ()


def assign_area(work: Work, collection_id: UUID, *, area_id: UUID, researcher_id: UUID) -> Dealt:
    """Every household of the area that nobody works yet."""
    found(work, Collection, collection_id)
    households = stored.sampled(work.session, collection_id, area_id=area_id)
    free = [one for one in households if one.researcher_id is None and not one.finished]
    return _give(work, collection_id, free, researcher_id)


def assign_households(
    work: Work, collection_id: UUID, *, member_ids: Sequence[UUID], researcher_id: UUID | None
) -> Dealt:
    """The households named, whoever had them; None takes them back. A finished case stays with whoever
    finished it."""
    found(work, Collection, collection_id)
    wanted = set(member_ids)
    chosen = [one for one in stored.sampled(work.session, collection_id) if one.id in wanted]
    if len(chosen) != len(wanted):
        raise NotFound
    if not chosen:
        raise Invalid(problem("no_household_chosen", Place(question="household")))
    return _give(work, collection_id, [one for one in chosen if not one.finished], researcher_id)


def assign_evenly(work: Work, collection_id: UUID) -> Dealt:
    """Deal out what nobody works yet: each household to the researcher of its area who has the fewest."""
    work.check("coordinate")
    found(work, Collection, collection_id)
    people = _researchers(work, collection_id)
    load = Counter({one.id: one.assigned - one.finished for one in people})
    dealt: dict[UUID, list[UUID]] = defaultdict(list)
    without: dict[UUID, None] = {}
    for one in stored.sampled(work.session, collection_id):
        if one.researcher_id is not None or one.finished:
            continue
        allowed = [person for person in people if one.area_id in person.areas]
        if not allowed:
            without[one.area_id] = None
            continue
        chosen = min(allowed, key=lambda person: (load[person.id], person.name))
        load[chosen.id] += 1
        dealt[chosen.id].append(one.id)
    for researcher_id, member_ids in dealt.items():
        stored.assign(work.session, member_ids, researcher_id=researcher_id)
    assigned = sum(map(len, dealt.values()))
    _record(work, collection_id, assigned)
    return Dealt(assigned, tuple(without))


def _give(
    work: Work, collection_id: UUID, households: Sequence[Sampled], researcher_id: UUID | None
) -> Dealt:
    work.check("coordinate")
    if researcher_id is not None:
        person = next((one for one in _researchers(work, collection_id) if one.id == researcher_id), None)
        if person is None:
            raise NotFound
        if any(one.area_id not in person.areas for one in households):
            raise Invalid(problem("researcher_not_in_area", Place(question="researcher"), name=person.name))
    if households:
        stored.assign(work.session, [one.id for one in households], researcher_id=researcher_id)
    _record(work, collection_id, len(households))
    return Dealt(len(households))


def _researchers(work: Work, collection_id: UUID) -> list[Researcher]:
    return stored.researchers(work.session, collection_id, on=work.now.date())


def _record(work: Work, collection_id: UUID, assigned: int) -> None:
    work.record("households_assigned", object_kind="collection", object_id=collection_id, assigned=assigned)
