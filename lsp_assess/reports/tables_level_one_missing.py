"""Level one: why there was no score, counted over everybody who answered."""

from collections.abc import Iterator

from lsp_assess.disclosure.complement import Relation
from lsp_assess.disclosure.rules import Figure, Open
from lsp_assess.disclosure.tables import (
    Column,
    Heading,
    Kind,
    Purpose,
    RawCell,
    RawRow,
    RawTable,
    Unit,
)
from lsp_assess.disclosure.values import Number
from lsp_assess.instruments.scales import MissingKind
from lsp_assess.kernel.messages import message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.partners import Driver, Scored, response_key


def missing_table(driver: Driver, now: Scored) -> Draft:
    """Parts that all scored are left out."""
    table = RawTable(
        heading=Heading(
            id="level_one.missing",
            title=message("level_one.title.missing"),
            purpose=Purpose.NONE,
            base=message("level_one.base.respondents"),
            source=driver.source,
            rounds=round_labels(now.of.round),
        ),
        columns=(
            label_column(message("level_one.column.part")),
            *(
                Column(
                    key=kind.value,
                    kind=Kind.COUNT,
                    heading=message(f"shown.missing.{kind.value}"),
                    unit=Unit.PEOPLE,
                )
                for kind in MissingKind
            ),
        ),
        rows=tuple(
            RawRow(
                key=item,
                cells=(
                    label(driver.part_titles[item]),
                    *(_cell(now, item, kind) for kind in MissingKind),
                ),
            )
            for item, summary in now.summaries.items()
            if summary.missing
        ),
    )
    if not table.rows:
        return Draft()
    few = [item for item, one in now.summaries.items() if one.missing and 0 < one.n < driver.threshold]
    return Draft(
        tables=(table,),
        relations=tuple(_relations(driver, now, few)),
        unshown=(now.respondents, _answered(driver, now)) if few else (),
    )


def _cell(now: Scored, item: str, kind: MissingKind) -> RawCell:
    figure = _figure(now, item, kind)
    return RawCell(Number(figure.rule.size), (now.respondents, figure))


def _figure(now: Scored, item: str, kind: MissingKind) -> Figure:
    n = dict(now.summaries[item].missing).get(kind, 0)
    return Figure(f"{now.figure(item).key}/missing:{kind.value}", Open(n))


def _answered(driver: Driver, now: Scored) -> Figure:
    """The same people as they are counted among the responses."""
    return Figure(response_key(driver.instrument, now.key), now.respondents.rule)


def _relations(driver: Driver, now: Scored, few: list[str]) -> Iterator[Relation]:
    """Where few scored a part, those who did not say how many they were."""
    for item in few:
        parts = (now.figure(item).key, *(_figure(now, item, kind).key for kind in MissingKind))
        yield Relation(total=now.respondents.key, parts=parts)
    if few:
        yield Relation(total=_answered(driver, now).key, parts=(now.respondents.key,))
