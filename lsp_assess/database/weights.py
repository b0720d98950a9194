"""The stages of the weights of a sample, and where its households are."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from lsp_assess.database.models.partnerships import Area
from lsp_assess.database.models.residents import Household, SampleMember, Weight
from lsp_assess.database.session import scope_of
from lsp_assess.kernel.ids import new_id
from lsp_assess.residents.weight_stages import WeightStage


def areas_of(session: Session, collection_id: UUID) -> dict[str, str]:
    """Code and name of each area that the sample was drawn in."""
    rows = session.execute(
        select(Area.code, Area.name)
        .join(Household, (Household.partnership_id == Area.partnership_id) & (Household.area_id == Area.id))
        .join(
            SampleMember,
            (SampleMember.partnership_id == Household.partnership_id)
            & (SampleMember.household_id == Household.id),
        )
        .where(SampleMember.collection_id == collection_id)
        .distinct()
        .order_by(Area.code)
    )
    return {row.code: row.name for row in rows}


def put_weights(
    session: Session, collection_id: UUID, stages: Mapping[UUID, Mapping[WeightStage, float]]
) -> None:
    """In the place of all that the collection has; `stages` is by sample member."""
    members = select(SampleMember.id).where(SampleMember.collection_id == collection_id)
    session.execute(delete(Weight).where(Weight.sample_member_id.in_(members)))
    partnership_id = scope_of(session).partnership_id
    session.execute(
        insert(Weight),
        [
            {
                "partnership_id": partnership_id,
                "id": new_id(),
                "sample_member_id": member,
                "stage": stage,
                "value": value,
            }
            for member, values in stages.items()
            for stage, value in values.items()
        ],
    )
