"""Level one: the attributes of each part, of those who scored by attributes instead."""

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction

from lsp_assess.assessment.parts import median
from lsp_assess.disclosure.complement import Relation
from lsp_assess.disclosure.rules import Figure, SmallGroup
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Role,
    Unit,
)
from lsp_assess.disclosure.values import Number
from lsp_assess.instruments.scoring import Attribute, Criterion
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.columns import base_column, label, label_column, of_round, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.partners import Driver, Scored, part_key
from lsp_assess.reports.spoken import said

OF_ATTRIBUTES = "level_one.attributes."


def attribute_tables(driver: Driver, scored: tuple[Scored, ...]) -> Draft:
    """One a criterion; none of a criterion that nobody scored by attributes."""
    using = tuple(one for one in scored if any(person.attributes for person in one.of.people))
    found = [(criterion, _asked(driver, criterion, using)) for criterion in driver.model.criteria]
    found = [(criterion, asked) for criterion, asked in found if asked]
    every = [(one, item, each.name) for _, asked in found for item, each in asked for one in using]
    return Draft(
        tables=tuple(_table(driver, using, criterion, asked) for criterion, asked in found),
        relations=tuple(_relation(one, item, name) for one, item, name in every),
        unshown=tuple(
            figure for one, item, name in every for figure in (_rest(one, item, name), one.figure(item))
        ),
    )


def _asked(
    driver: Driver, criterion: Criterion, using: tuple[Scored, ...]
) -> tuple[tuple[str, Attribute], ...]:
    """Part and attribute, in the order of the edition."""
    elements = driver.model.elements_of(criterion.group)
    if elements is None:
        return ()
    return tuple(
        (part.item, attribute)
        for part in criterion.parts
        if any(part.item in person.attributes for one in using for person in one.of.people)
        for element in elements.elements
        for attribute in element.attributes
    )


def _table(
    driver: Driver, using: tuple[Scored, ...], criterion: Criterion, asked: tuple[tuple[str, Attribute], ...]
) -> RawTable:
    return RawTable(
        heading=Heading(
            id=f"{OF_ATTRIBUTES}{criterion.name}",
            title=message("level_one.title.attributes", criterion=driver.criterion_titles[criterion.name]),
            purpose=Purpose.NONE,
            base=message("level_one.base.attributes"),
            source=driver.source,
            rounds=round_labels(*(one.of.round for one in using)),
            footnotes=(message("level_one.note.attributes"), message("level_one.note.census")),
        ),
        columns=(
            label_column(message("level_one.column.attribute")),
            *(_median_column(one) for one in using),
            *(base_column(one.of.round) for one in using),
        ),
        rows=tuple(_row(driver, using, item, attribute) for item, attribute in asked),
    )


def _median_column(one: Scored) -> Column:
    return Column(
        key=of_round("median", one.of.round),
        kind=Kind.SCORE,
        heading=message("level_one.column.median_in", round=one.of.round.name),
        role=Role.MEDIAN,
        unit=Unit.SCORE,
        decimals=1,
        round=one.key,
    )


def _row(driver: Driver, using: tuple[Scored, ...], item: str, attribute: Attribute) -> RawRow:
    title = message("level_one.attribute_of", part=driver.part_titles[item], attribute=_title(attribute))
    return RawRow(
        key=f"{item}/{attribute.name}",
        group=item,
        cells=(
            label(title),
            *(_median(one, item, attribute.name) for one in using),
            *(_base(one, item, attribute.name) for one in using),
        ),
    )


def _title(attribute: Attribute) -> Message:
    return given(attribute.name) if attribute.title is None else said(attribute.title)


def _scores(one: Scored, item: str, attribute: str) -> Iterator[Fraction]:
    for person in one.of.people:
        score = person.attributes.get(item, {}).get(attribute)
        if score is not None:
            yield score


def _median(one: Scored, item: str, attribute: str) -> RawCell:
    found = median(_scores(one, item, attribute))
    value = None if found is None else Number(float(found))
    return RawCell(value, (_figure(one, item, attribute),))


def _base(one: Scored, item: str, attribute: str) -> RawCell:
    figure = _figure(one, item, attribute)
    return RawCell(Number(figure.rule.size), (figure,))


def _figure(one: Scored, item: str, attribute: str) -> Figure:
    counts = Counter(_scores(one, item, attribute))
    n = counts.total()
    rule = SmallGroup(n, one.driver.threshold, max(counts.values()) / n if n else 0.0)
    return Figure(part_key(item, one.key, f"attribute:{attribute}"), rule)


def _rest(one: Scored, item: str, attribute: str) -> Figure:
    """Those who scored the part and not this attribute."""
    n = one.summaries[item].n - sum(1 for _ in _scores(one, item, attribute))
    return Figure(part_key(item, one.key, f"without:{attribute}"), SmallGroup(n, one.driver.threshold))


def _relation(one: Scored, item: str, attribute: str) -> Relation:
    parts = (_figure(one, item, attribute).key, _rest(one, item, attribute).key)
    return Relation(total=one.figure(item).key, parts=parts)
