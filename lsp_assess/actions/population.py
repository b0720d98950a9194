"""What a coordinator knows of the population that a household survey stands for."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from lsp_assess.actions.editing import check_version, found
from lsp_assess.actions.release_reading import Collected
from lsp_assess.actions.work import Work
from lsp_assess.database import weights as stored
from lsp_assess.database.instruments import instrument_of
from lsp_assess.database.models.partnerships import Collection
from lsp_assess.instruments.answers import Answered, Answers
from lsp_assess.instruments.instrument import Kind
from lsp_assess.kernel.errors import NotFound
from lsp_assess.residents.population import (
    AREA,
    Population,
    categories_of,
    population_from,
    read_people,
)

STATED, FITTED = "population", "weighted_to"


def margins_of(work: Work, collection_id: UUID) -> Mapping[str, Sequence[str]]:
    """What the figures can be divided by, with the categories of each. Raises NotFound where the collection
    asks no households."""
    work.check("coordinate")
    row = found(work, Collection, collection_id)
    instrument = instrument_of(work.session, row.instrument_hash)
    if instrument.kind is not Kind.HOUSEHOLD:
        raise NotFound
    return categories_of(instrument, stored.areas_of(work.session, collection_id))


def state_population(work: Work, collection_id: UUID, *, version: int, source: str, people: str) -> None:
    """The next release of the round is weighted to it; without a line, to nothing. Raises Invalid with a
    problem for every line that cannot be read, and Conflict where the collection changed meanwhile."""
    margins = margins_of(work, collection_id)
    row = found(work, Collection, collection_id)
    check_version(row, version)
    read = read_people(people, margins, field="people")
    kept = {name: value for name, value in row.settings.items() if name != STATED}
    row.settings = {**kept, STATED: Population(source, read).as_json()} if read else kept
    work.session.flush()
    work.record("population_stated", object_kind="collection", object_id=collection_id, margins=sorted(read))


def stated_population(row: Collection) -> Population | None:
    return population_from(row.settings.get(STATED))


def fitted_to(collected: Collected) -> Population | None:
    """What the weights of the last release were raked to."""
    return population_from(collected.row.settings.get(FITTED))


def categories(population: Population | None, *, area: str | None, answers: Answers) -> dict[str, str]:
    """Of one interview, by margin."""
    found: dict[str, str] = {}
    if population is None:
        return found
    for margin in population.people:
        answer = answers.get(margin)
        value = area if margin == AREA else answer.value if isinstance(answer, Answered) else None
        found[margin] = population.category(margin, value)
    return found
