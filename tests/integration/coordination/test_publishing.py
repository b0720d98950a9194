from sqlalchemy import select

from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.publications import Release
from lsp_assess.database.session import Scope, transaction
from lsp_assess.partnerships.rounds import CollectionStatus
from tests.desk import Desk
from tests.integration.publishing.partners import two_rounds
from tests.world import World


def test_a_round_is_published_and_corrected_with_a_reason(world: World, desk: Desk) -> None:
    first, _ = two_rounds(world, [50, 55, 60, 65, 70, 75], [60, 65, 70, 75, 80, 85])
    path = f"/rounds/{first}"
    assert "Everything is final: publish the round" in desk.get(path).text
    assert desk.fill(f"{path}/publish").status_code == 302
    assert desk.fill(f"{path}/publish", reason=" ").status_code == 422
    assert desk.fill(f"{path}/publish", reason="A form was left out").status_code == 302
    page = desk.get(path).text
    assert "Release 1.2" in page
    assert "superseded by a correction" in page
    with world.session() as session:
        assert len(session.execute(select(Release)).scalars().all()) == 2


def test_a_round_that_is_not_final_cannot_be_published(world: World, desk: Desk) -> None:
    first, _ = two_rounds(world, [50] * 6, [60] * 6)
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        session.execute(
            select(Collection).where(Collection.round_id == first)
        ).scalar_one().status = CollectionStatus.OPEN
    assert desk.send(f"/rounds/{first}/publish", {}).status_code == 409
    assert "Publish the round" not in desk.get(f"/rounds/{first}").text
