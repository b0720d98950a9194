"""Level one: what the meeting agreed and how far it moved; strengths and areas for improvement."""

from collections.abc import Iterable

from lsp_assess.assessment.consensus import AgreedScore
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
from lsp_assess.disclosure.values import Number, Words
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.columns import label, label_column, round_labels
from lsp_assess.reports.draft import Draft
from lsp_assess.reports.partners import Driver, Said, Scored
from lsp_assess.reports.tables_ranked import ranked_table


def meeting_tables(driver: Driver, now: Scored) -> Draft:
    tables = []
    if now.of.agreed:
        tables.append(_agreed(driver, now))
    if any(one.evidence for one in now.of.agreed):
        tables.append(_evidence(driver, now))
    if driver.findings:
        heading = _heading(driver, now, "ranked", Purpose.FEASIBILITY, "ranked")
        tables.append(ranked_table(driver.findings, heading=heading, threshold=driver.threshold))
    if driver.said:
        tables.append(_said(driver, now))
    return Draft(tables=tuple(tables))


def _heading(driver: Driver, now: Scored, name: str, purpose: Purpose, base: str) -> Heading:
    return Heading(
        id=f"level_one.{name}",
        title=message(f"level_one.title.{name}"),
        purpose=purpose,
        base=message(f"level_one.base.{base}"),
        source=driver.source,
        rounds=round_labels(now.of.round),
    )


def _score(key: str, role: Role = Role.DETAIL) -> Column:
    heading = message(f"level_one.column.{key}")
    return Column(key=key, kind=Kind.SCORE, heading=heading, role=role, unit=Unit.SCORE, decimals=1)


def _text(key: str) -> Column:
    return Column(key=key, kind=Kind.TEXT, heading=message(f"level_one.column.{key}"))


def _agreed(driver: Driver, now: Scored) -> RawTable:
    return RawTable(
        heading=_heading(driver, now, "agreed", Purpose.NONE, "meeting"),
        columns=(
            label_column(message("level_one.column.part")),
            _score("median"),
            _score("agreed"),
            _score("moved", Role.CHANGE),
            _text("rationale"),
            _text("dissent"),
        ),
        rows=tuple(_agreed_row(driver, now, one) for one in _in_order(driver, now)),
    )


def _in_order(driver: Driver, now: Scored) -> list[AgreedScore]:
    """As the parts stand in the model."""
    return sorted(now.of.agreed, key=lambda one: driver.parts.index(one.item))


def _agreed_row(driver: Driver, now: Scored, agreed: AgreedScore) -> RawRow:
    figures = (now.figure(agreed.item),)
    median, moved = now.medians.get(agreed.item), now.moved.get(agreed.item)
    return RawRow(
        key=agreed.item,
        cells=(
            label(driver.part_titles[agreed.item]),
            RawCell(None if median is None else Number(float(median)), figures),
            RawCell(Number(agreed.score)),
            RawCell(None if moved is None else Number(float(moved)), figures),
            RawCell(Words(given(agreed.rationale))),
            RawCell(Words(_dissent(agreed))) if agreed.dissents else RawCell(),
        ),
    )


def _evidence(driver: Driver, now: Scored) -> RawTable:
    """What the agreed scores rely on, by its titles."""
    return RawTable(
        heading=_heading(driver, now, "evidence", Purpose.NONE, "meeting"),
        columns=(label_column(message("level_one.column.part")), _text("evidence"), _text("stale")),
        rows=tuple(
            RawRow(
                key=one.item,
                cells=(
                    label(driver.part_titles[one.item]),
                    _titles([each.title for each in one.evidence]),
                    _titles([each.title for each in one.evidence if each.was_stale]),
                ),
            )
            for one in _in_order(driver, now)
            if one.evidence
        ),
    )


def _titles(titles: Iterable[str | None]) -> RawCell:
    told = "\n".join(title for title in titles if title)
    return RawCell(Words(given(told))) if told else RawCell()


def _dissent(agreed: AgreedScore) -> Message:
    said = [one.words if one.by is None else f"{one.words} ({one.by})" for one in agreed.dissents]
    return given("; ".join(said))


def _said(driver: Driver, now: Scored) -> RawTable:
    return RawTable(
        heading=_heading(driver, now, "said", Purpose.NONE, "wrote"),
        columns=(
            label_column(message("level_one.column.criterion")),
            _text("strengths"),
            _text("improvements"),
        ),
        rows=tuple(_said_row(driver, now, said) for said in driver.said),
    )


def said_figure(driver: Driver, now: Scored, said: Said) -> Figure:
    return Figure(f"driver/said/{said.criterion}/{now.key}", SmallGroup(said.people, driver.threshold))


def _said_row(driver: Driver, now: Scored, said: Said) -> RawRow:
    """Free text of fewer people than the threshold is not shown, with or without a name."""
    figures = (said_figure(driver, now, said),)

    def texts(written: tuple[str, ...]) -> RawCell:
        return RawCell(Words(given("\n".join(written))) if written else None, figures)

    return RawRow(
        key=said.criterion,
        cells=(
            label(driver.criterion_titles[said.criterion]),
            texts(said.strengths),
            texts(said.improvements),
        ),
    )
