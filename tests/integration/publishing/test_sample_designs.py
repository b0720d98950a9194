"""What a release tells of the design and the weights that its survey was drawn with."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from lsp_assess.actions.population import state_population
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.database.models.publications import Release
from lsp_assess.database.models.residents import Household, SampleMember
from lsp_assess.database.models.responses import Mode, RespondentKey, Response, ResponseStatus
from lsp_assess.database.releases import document_of
from lsp_assess.database.session import Scope, transaction
from lsp_assess.disclosure.release import ReleaseDocument
from lsp_assess.disclosure.tables import SafeTable
from lsp_assess.disclosure.values import Caution, Missing, Number, Words
from lsp_assess.instruments import content_hash, parse
from lsp_assess.instruments.instrument import Instrument
from lsp_assess.kernel.errors import Invalid
from lsp_assess.kernel.ids import new_id
from lsp_assess.partnerships.roles import Role
from lsp_assess.rendering.wording import say
from lsp_assess.reports.method import OF_RESIDENTS
from lsp_assess.shipped import shipped_folder
from tests.integration.publishing.partners import add_collection, add_round, published
from tests.world import World

NOW = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass(frozen=True)
class Drawn:
    """An address with the design that drew it."""

    stratum: str | None
    cluster: str | None
    adults: int | None
    sex: str = "female"


def in_clusters(n: int, *, women: int = 0) -> list[Drawn]:
    """Two strata, in clusters of five; one adult and three adults by turns weigh 10 and 30, the chance being
    a tenth. The first `women` of four are women, as many of either weight."""
    return [
        Drawn(
            f"stratum {i % 2}",
            f"point {i % 2}-{i // 10}",
            1 if i % 4 < 2 else 3,
            "female" if i // 4 % 4 < women else "male",
        )
        for i in range(n)
    ]


def without_strata(n: int) -> list[Drawn]:
    return [Drawn(None, None, 1 if i % 2 else 3) for i in range(n)]


def unweighted(n: int) -> list[Drawn]:
    return [Drawn(None, None, None) for _ in range(n)]


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
            submission={"area_satisfaction": {"value": 1 + place % 5}, "sex": {"value": drawn.sex}},
            started_at=NOW,
            submitted_at=NOW,
        )
    )
    session.flush()


def released(world: World, round_id: UUID, *, reason: str | None = None) -> ReleaseDocument:
    release_id = published(world, round_id, reason=reason)
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


def test_the_stages_are_made_and_named_and_the_final_weight_is_used(world: World) -> None:
    """A half and three halves, one each: Kish's effect is 1.25, and 400 interviews are 320 in effect."""
    (only,) = surveyed(world, in_clusters(400))
    table = weights(released(world, only))
    assert said(table, only, "stages") == "chance of being asked, those not reached, trimmed"
    assert said(table, only, "drawn") == "strata and sampling points"
    assert table.cell(str(only), "largest_weight").value == Number(1.5)
    assert table.cell(str(only), "effective").value == Number(320)


def test_a_sample_without_strata_is_weighted_all_the_same(world: World) -> None:
    """Weights 10 and 30 are a half and three halves of their mean."""
    (only,) = surveyed(world, without_strata(60))
    table = weights(released(world, only))
    assert said(table, only, "stages") == "chance of being asked, those not reached, trimmed"
    assert said(table, only, "drawn") == "no strata, no sampling points"
    assert table.cell(str(only), "smallest_weight").value == Number(0.5)


def test_a_round_drawn_without_weights_is_marked_beside_one_that_was_weighted(world: World) -> None:
    first, second = surveyed(world, unweighted(400), in_clusters(400))
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
    first, second = surveyed(world, in_clusters(400), in_clusters(400))
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


def state(world: World, round_id: UUID, people: str) -> None:
    with world.session() as session:
        work = world.work(Role.COORDINATOR, session)
        row = session.execute(select(Collection).where(Collection.round_id == round_id)).scalar_one()
        state_population(work, row.id, version=row.version, source="Census", people=people)
        session.commit()


def test_answers_are_weighted_to_what_is_stated_of_the_population(world: World) -> None:
    """A quarter of the interviews is with women, who are half of the population."""
    (only,) = surveyed(world, in_clusters(400, women=1))
    state(world, only, "sex, female, 5000\nsex, male, 5000")
    document = released(world, only)
    assert said(weights(document), only, "stages") == (
        "chance of being asked, those not reached, known totals, trimmed"
    )
    told = document.table(f"{OF_RESIDENTS}margins.sex")
    assert told is not None
    shown = [told.cell("female", key).value for key in ("population", "before", "after")]
    assert shown == [Number(50), Number(25), Number(50)]
    assert say(told.heading.source).endswith("population: Census")


def test_a_correction_after_the_figures_are_taken_back_is_weighted_without_them(world: World) -> None:
    (only,) = surveyed(world, in_clusters(400, women=1))
    state(world, only, "sex, female, 5000\nsex, male, 5000")
    released(world, only)
    state(world, only, "")
    document = released(world, only, reason="The figures were another town’s")
    assert document.table(f"{OF_RESIDENTS}margins.sex") is None
    assert "known totals" not in said(weights(document), only, "stages")


def test_figures_that_nobody_answers_for_stop_the_release_and_say_which(world: World) -> None:
    (only,) = surveyed(world, in_clusters(60))
    state(world, only, "sex, female, 5000\nsex, male, 5000")
    with pytest.raises(Invalid) as refused:
        released(world, only)
    (told,) = refused.value.problems
    assert told.code == "population_not_met"
    assert "Nobody in the sample is female in “sex”" in say(told.what)
