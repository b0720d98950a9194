"""What a release tells of the design and the weights that its survey was drawn with."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.database.models.publications import Release
from lsp_assess.database.models.residents import Household, SampleMember, Weight
from lsp_assess.database.models.responses import Mode, RespondentKey, Response, ResponseStatus
from lsp_assess.database.releases import document_of
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.disclosure.values import Caution, Missing, Number, Words
from lsp_assess.instruments import content_hash, parse
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.kernel.ids import new_id
from lsp_assess.rendering.wording import say
from lsp_assess.reports.method import OF_RESIDENTS
from lsp_assess.shipped import shipped_folder
from tests.integration.publishing.partners import add_collection, add_round, published
from tests.world import World

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Drawn:
    """An address with the design that drew it, and the stages of its weight that are kept."""

    stratum: str | None
    cluster: str | None
    adults: int | None
    stages: Mapping[str, float]


def kept(n: int) -> list[Drawn]:
    """Two strata, in clusters of five; weights of a half and three halves by turns."""
    return [
        Drawn(
            f"stratum {i % 2}",
            f"point {i % 2}-{i // 10}",
            2,
            {"design": 20.0, "trimmed": 15.0, "final": 0.5 if i % 4 < 2 else 1.5},
        )
        for i in range(n)
    ]


def by_design(n: int) -> list[Drawn]:
    """Nothing kept: one adult and three adults by turns weigh 10 and 30, the chance being a tenth."""
    return [Drawn(None, None, 1 if i % 2 else 3, {}) for i in range(n)]


def unweighted(n: int) -> list[Drawn]:
    return [Drawn(None, None, None, {}) for _ in range(n)]


def surveyed(world: World, *rounds: Sequence[Drawn]) -> list[UUID]:
    source = (shipped_folder("questionnaires") / "resident_survey.yaml").read_text(encoding="utf-8")
    instrument = parse(source, file="resident_survey.yaml")
    found = []
    with transaction(world.engine, Scope(partnership_id=world.partnership_id)) as session:
        for number, drawn in enumerate(rounds, start=1):
            round_id = add_round(session, world, number)
            collection = add_collection(session, world, round_id, instrument, source)
            for place, one in enumerate(drawn):
                interview(session, world, collection, instrument, one, place, f"{number}-{place}")
            found.append(round_id)
    return found


def interview(
    session: Session,
    world: World,
    collection: UUID,
    instrument: Instrument,
    drawn: Drawn,
    place: int,
    reference: str,
) -> None:
    of = {"partnership_id": world.partnership_id}
    household, member, key = new_id(), new_id(), new_id()
    session.add_all(
        [
            Household(**of, id=household, area_id=world.areas[0], reference=reference),
            RespondentKey(**of, id=key, imported_id=reference),
        ]
    )
    session.flush()
    session.add(
        SampleMember(
            **of,
            id=member,
            collection_id=collection,
            household_id=household,
            stratum=drawn.stratum,
            cluster=drawn.cluster,
            probability=0.1,
            adults=drawn.adults,
            outcome="complete",
        )
    )
    session.flush()
    session.add_all(
        Weight(**of, id=new_id(), sample_member_id=member, stage=stage, value=value)
        for stage, value in drawn.stages.items()
    )
    session.add(
        Response(
            **of,
            id=new_id(),
            collection_id=collection,
            respondent_key_id=key,
            instrument_hash=content_hash(instrument),
            sample_member_id=member,
            mode=Mode.FACE_TO_FACE,
            status=ResponseStatus.SUBMITTED,
            draft={},
            submission={"area_satisfaction": {"value": 1 + place % 5}},
            started_at=NOW,
            submitted_at=NOW,
        )
    )
    session.flush()


def released(world: World, round_id: UUID) -> ReleaseDocument:
    release_id = published(world, round_id)
    with world.session() as session:
        return document_of(session.execute(select(Release).where(Release.id == release_id)).scalar_one())


def weights(document: ReleaseDocument) -> SafeTable:
    found = document.table(f"{OF_RESIDENTS}weights")
    assert found is not None
    return found


def said(table: SafeTable, row: UUID, column: str) -> str:
    value = table.cell(str(row), column).value
    assert isinstance(value, Words)
    return say(value.message)


def test_the_stages_that_are_kept_are_named_and_the_final_weight_is_used(world: World) -> None:
    """A half and three halves, one each: Kish's effect is 1.25, and 400 interviews are 320 in effect."""
    (only,) = surveyed(world, kept(400))
    table = weights(released(world, only))
    assert said(table, only, "stages") == "chance of being asked, trimmed"
    assert said(table, only, "drawn") == "strata and sampling points"
    assert table.cell(str(only), "largest_weight").value == Number(1.5)
    assert table.cell(str(only), "effective").value == Number(320)


def test_where_no_weight_is_kept_the_design_gives_it(world: World) -> None:
    """Weights 10 and 30 are a half and three halves of their mean."""
    (only,) = surveyed(world, by_design(60))
    table = weights(released(world, only))
    assert said(table, only, "stages") == "chance of being asked"
    assert said(table, only, "drawn") == "no strata, no sampling points"
    assert table.cell(str(only), "smallest_weight").value == Number(0.5)


def test_a_round_drawn_without_weights_is_marked_beside_one_that_was_weighted(world: World) -> None:
    first, second = surveyed(world, unweighted(400), kept(400))
    released(world, first)
    document = released(world, second)
    table = weights(document)
    assert said(table, first, "stages") == "no weights: every interview counts the same"
    assert said(table, first, "drawn") == "not stated: as a simple random sample"
    assert table.cell(str(first), "effective").missing is Missing.NOT_APPLICABLE
    change = document.table(f"level_two.residents.change.shares.{first}")
    assert change is not None
    marked = [
        Caution.SIMPLE_RANDOM_SAMPLE in change.cell("area_satisfaction", f"value:{key}").value.cautions
        for key in (first, second)
    ]
    assert marked == [True, False]


def test_how_each_figure_was_made_is_read_from_what_is_shown(world: World) -> None:
    first, second = surveyed(world, kept(400), kept(400))
    released(world, first)
    document = released(world, second)
    made = document.table(f"{OF_RESIDENTS}methods")
    assert made is not None
    row = f"change.{first}"
    assert say(made.cell(row, "intervals").value.message).startswith("logit interval")
    assert say(made.cell(row, "test").value.message).startswith("Holm, 5% (tested together: ")
    told = document.table(f"level_two.residents.change.shares.{first}")
    assert told is not None
    assert told.cell("area_satisfaction", f"value:{second}").value.df == 30
