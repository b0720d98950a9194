"""Level one as evidence for another body's framework: what was scored, agreed, found and done."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from lsp_assess.assessment.evidence import Relied
from lsp_assess.disclosure.rules import Figure
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
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.instruments.frameworks import Framework, FrameworkCriterion
from lsp_assess.instruments.scoring import Criterion
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.headings_level_one import OF_FRAMEWORKS
from lsp_assess.reports.method import listed
from lsp_assess.reports.partners import Driver, Scored
from lsp_assess.reports.spoken import said
from lsp_assess.reports.tables_actions import ActionTold, stands
from lsp_assess.reports.tables_level_one_meeting import said_figure


def framework_tables(
    frameworks: Sequence[Framework], driver: Driver | None, actions: Sequence[ActionTold]
) -> Draft:
    """Of the criteria for which the edition has parts."""
    if driver is None or not driver.now.people:
        return Draft()
    now = Scored(driver, driver.now)
    found = [
        _table(driver, now, framework, criterion, parts, actions)
        for framework in frameworks
        for criterion in framework.criteria
        if (parts := _parts(driver, criterion))
    ]
    return Draft(tables=tuple(found))


def _parts(driver: Driver, criterion: FrameworkCriterion) -> tuple[str, ...]:
    return tuple(item for item in criterion.parts.get(driver.instrument, ()) if item in driver.parts)


def _table(
    driver: Driver,
    now: Scored,
    framework: Framework,
    criterion: FrameworkCriterion,
    parts: tuple[str, ...],
    actions: Sequence[ActionTold],
) -> RawTable:
    return RawTable(
        heading=Heading(
            id=f"{OF_FRAMEWORKS}{framework.name}.{criterion.name}",
            title=message(
                "level_one.title.framework", framework=said(framework.title), criterion=said(criterion.title)
            ),
            purpose=Purpose.NONE,
            base=message("level_one.base.framework"),
            source=driver.source,
            rounds=round_labels(now.of.round),
            footnotes=(said(criterion.text), message("level_one.note.framework")),
        ),
        columns=(
            label_column(message("level_one.column.evidence")),
            _column("kind", Kind.TEXT),
            _column("score", Kind.SCORE),
            _column("agreed_score", Kind.SCORE),
            _column("in_words", Kind.TEXT),
        ),
        rows=(
            *(_part_row(driver, now, item) for item in parts),
            *_evidence_rows(driver, now, parts),
            *(row for each in driver.model.criteria for row in _written(driver, now, each, parts)),
            *(_action_row(action) for action in actions if action.part in parts),
        ),
    )


def _column(key: str, kind: Kind) -> Column:
    unit = Unit.SCORE if kind is Kind.SCORE else Unit.NONE
    decimals = 1 if kind is Kind.SCORE else 0
    return Column(
        key=key, kind=kind, heading=message(f"level_one.column.{key}"), unit=unit, decimals=decimals
    )


def _kind(name: str) -> RawCell:
    return RawCell(Words(message(f"level_one.kind.{name}")))


def _part_row(driver: Driver, now: Scored, item: str) -> RawRow:
    median, agreed = now.medians.get(item), now.agreed_on(item)
    return RawRow(
        key=f"part:{item}",
        cells=(
            label(driver.part_titles[item]),
            _kind("part"),
            RawCell(None if median is None else Number(float(median)), (now.figure(item),)),
            RawCell(None if agreed is None else Number(agreed.score)),
            RawCell(None if agreed is None else Words(given(agreed.rationale))),
        ),
    )


def _evidence_rows(driver: Driver, now: Scored, parts: tuple[str, ...]) -> Iterator[RawRow]:
    """What the agreed scores of the parts rely on, by the titles that the release tells; an item once, for
    however many of the parts."""
    served: dict[UUID, list[str]] = {}
    relied: dict[UUID, Relied] = {}
    for agreed in now.of.agreed:
        for one in agreed.evidence if agreed.item in parts else ():
            served.setdefault(one.item_id, []).append(agreed.item)
            relied[one.item_id] = one
    for item_id, items in served.items():
        one = relied[item_id]
        shown = listed([driver.part_titles[item] for item in items], "reports.listed_apart")
        code = "evidence_stale" if one.was_stale else "evidence_for"
        words = message(f"level_one.framework.{code}", parts=shown)
        title = given(one.title or "")
        yield _words(f"evidence:{item_id}", title, "evidence", words, ())


def _written(driver: Driver, now: Scored, of: Criterion, parts: tuple[str, ...]) -> Iterator[RawRow]:
    """What the meeting found under a criterion of which a part stands here; until it has ranked, what people
    wrote."""
    if not any(part.item in parts for part in of.parts):
        return
    title = driver.criterion_titles[of.name]
    if driver.findings:
        for place, found in enumerate(one for one in driver.findings if one.criterion == of.name):
            yield _words(f"finding:{of.name}:{place}", title, found.kind.value, given(found.words), ())
        return
    for each in (each for each in driver.said if each.criterion == of.name):
        figures = (said_figure(driver, now, each),)
        for kind, words in (("strength", each.strengths), ("improvement", each.improvements)):
            text = given("\n".join(words)) if words else None
            yield _words(f"{kind}:{of.name}", title, kind, text, figures)


def _words(key: str, title: Message, kind: str, words: Message | None, figures: tuple[Figure, ...]) -> RawRow:
    cells = (
        label(title),
        _kind(kind),
        RawCell(),
        RawCell(),
        RawCell(None if words is None else Words(words), figures),
    )
    return RawRow(key=key, cells=cells)


def _action_row(action: ActionTold) -> RawRow:
    status = stands(action)
    changed = action.what_changed
    words = (
        status if not changed else message("level_one.action_changed", status=status, changed=given(changed))
    )
    return RawRow(
        key=f"action:{action.key}",
        cells=(label(given(action.title)), _kind("action"), RawCell(), RawCell(), RawCell(Words(words))),
    )
