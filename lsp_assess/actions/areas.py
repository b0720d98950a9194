"""Areas that the partnership serves, the groups they form, and those it is compared with."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from lsp_assess.actions.editing import check_free, check_version, found
from lsp_assess.actions.work import Work
from lsp_assess.database import membership as stored
from lsp_assess.database.models.partnerships import Area
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.areas import AreaStanding, AreaType


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaDetails:
    code: str
    name: str
    type: AreaType
    standing: AreaStanding = AreaStanding.OWN
    priority: bool = False
    group_id: UUID | None = None
    valid_from: date | None = None
    valid_to: date | None = None


def add_area(work: Work, details: AreaDetails) -> UUID:
    work.check("coordinate")
    area = Area(partnership_id=work.actor.partnership_id, id=new_id())
    _put(work, area, details)
    work.session.add(area)
    work.session.flush()
    work.record("area_added", object_kind="area", object_id=area.id)
    return area.id


def change_area(work: Work, area_id: UUID, details: AreaDetails, *, version: int) -> None:
    work.check("coordinate")
    area = found(work, Area, area_id)
    check_version(area, version)
    _put(work, area, details)
    work.session.flush()
    work.record("area_changed", object_kind="area", object_id=area_id)


def _put(work: Work, area: Area, details: AreaDetails) -> None:
    """Check everything first, so that a refusal has changed nothing."""
    held = {one.code: one.id for one in stored.areas(work.session) if one is not area}
    check_free("code", details.code, held)
    if details.valid_from and details.valid_to and details.valid_to < details.valid_from:
        place = Place(question="valid_to")
        raise Invalid(problem("area_ends_before_it_begins", place, area=details.code))
    if details.group_id is not None:
        group = found(work, Area, details.group_id)
        if group.type is not AreaType.GROUP_OF_AREAS or details.type is AreaType.GROUP_OF_AREAS:
            raise Invalid(problem("not_a_group_of_areas", Place(question="group")))
    area.code, area.name, area.type = details.code, details.name, details.type
    area.comparator = details.standing is AreaStanding.COMPARATOR
    area.priority = details.priority
    area.group_id = details.group_id
    area.valid_from, area.valid_to = details.valid_from, details.valid_to
