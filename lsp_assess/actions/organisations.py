"""Organisations join the partnership, change and leave it."""

from datetime import date
from uuid import UUID

from lsp_assess.actions.editing import check_free, check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.database import membership as stored
from lsp_assess.database.models.partnerships import Organisation
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.organisations import Sector


def add_organisation(work: Work, *, name: str, sector: Sector, since: date | None = None) -> UUID:
    work.check("coordinate")
    check_free("name", name, _names(work))
    organisation = Organisation(
        partnership_id=work.actor.partnership_id,
        id=new_id(),
        name=name,
        sector=sector.value,
        valid_from=since,
    )
    work.session.add(organisation)
    work.session.flush()
    work.record("organisation_added", object_kind="organisation", object_id=organisation.id)
    return organisation.id


def change_organisation(work: Work, organisation_id: UUID, *, version: int, name: str, sector: str) -> None:
    work.check("coordinate")
    organisation = found(work, Organisation, organisation_id)
    check_version(organisation, version)
    check_free("name", name, _names(work), but=organisation.id)
    organisation.name, organisation.sector = name, sector
    work.session.flush()
    work.record("organisation_changed", object_kind="organisation", object_id=organisation_id)


def end_organisation(work: Work, organisation_id: UUID, *, version: int, last_day: date) -> int:
    """The organisation leaves, and with it whoever was there for it; how many memberships ended. What they
    answered stays."""
    work.check("coordinate")
    organisation = found(work, Organisation, organisation_id)
    check_version(organisation, version)
    held = [one.membership for one in stored.members_of(work.session, organisation_id)]
    running = [one for one in held if one.valid_to is None or one.valid_to > last_day]
    if any(one.valid_from > last_day for one in running):
        raise Invalid(problem("ends_before_members_begin", Place(question="last_day")))
    if organisation.valid_from is not None and last_day < organisation.valid_from:
        raise Invalid(
            problem("ends_before_it_begins", Place(question="last_day"), since=organisation.valid_from)
        )
    organisation.valid_to = last_day
    for one in running:
        one.valid_to = last_day
    work.session.flush()
    work.record(
        "organisation_ended",
        object_kind="organisation",
        object_id=organisation_id,
        last_day=last_day.isoformat(),
        memberships=len(running),
    )
    return len(running)


def _names(work: Work) -> dict[str, UUID]:
    return {one.name: one.id for one in stored.organisations(work.session)}
