"""Level one as publishing sees it: the driver, the wheel, what partners think was added."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.ranking import as_counted
from lsp_assess.actions.release_editions import driver_round, editions_of, part_titles, scale_of
from lsp_assess.actions.release_reading import Answered, Collected, Read
from lsp_assess.assessment.consensus import MeetingFinding
from lsp_assess.database import release_data
from lsp_assess.database.findings import closed_rankings, findings
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.instruments import Answered as Given
from lsp_assess.instruments.instrument import Kind
from lsp_assess.instruments.items import ScaleItem
from lsp_assess.instruments.scoring import ScoringModel
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.partnerships.organisations import Sector
from lsp_assess.reports.partners import Driver, Said
from lsp_assess.reports.spoken import said
from lsp_assess.reports.survey_asked import AnswerPoint
from lsp_assess.reports.tables_panel import Drawn, Panel, PanelItem, PanelRound

STRENGTHS, IMPROVEMENTS = "strengths_", "improvements_"
"""The driver asks for both under each criterion, in items named after it."""


def driver_of(session: Session, read: Read) -> Driver | None:
    """None where the published round did not hold it. Earlier rounds whose edition had other parts are
    left out of `rounds`, since their scores stand for something else, and are compared by `editions`."""
    held = [one for one in read.in_round(read.now.id) if one.instrument.scoring is not None]
    if not held:
        return None
    now = held[0]
    model = now.instrument.scoring
    assert model is not None  # noqa: S101 (chosen for having one)
    rounds = tuple(driver_round(session, read, stated, now.instrument) for stated in read.stated())
    organisations = release_data.organisations(session)
    return Driver(
        rounds=rounds,
        model=model,
        scale=scale_of(now.instrument),
        criterion_titles={criterion.name: said(criterion.title) for criterion in model.criteria},
        part_titles=part_titles(now.instrument),
        sectors={found: sector for found, (_, sector) in organisations.items()},
        sector_names={sector: _sector(sector) for _, sector in organisations.values()},
        source=_source(now, read),
        instrument=now.instrument.name,
        threshold=read.threshold,
        said=tuple(_said(model, read.answered(now))),
        editions=editions_of(session, read, now.instrument),
        findings=_findings(session, now.row.id, threshold=read.threshold),
    )


def _findings(session: Session, collection_id: UUID, *, threshold: int) -> tuple[MeetingFinding, ...]:
    """None until their ranking is closed: nobody but who gathers them has seen them for good."""
    if not closed_rankings(session, [collection_id]):
        return ()
    rows = findings(session, collection_id)
    return tuple(as_counted(row, threshold=threshold) for row in rows if row.merged_into is None)


def _sector(sector: str) -> Message:
    return message(f"sector.{sector}") if sector in set(Sector) else given(sector)


def _said(model: ScoringModel, answered: Sequence[Answered]) -> Iterator[Said]:
    for criterion in model.criteria:
        strengths = _written(answered, STRENGTHS + criterion.name)
        improvements = _written(answered, IMPROVEMENTS + criterion.name)
        people = strengths.keys() | improvements.keys()
        if people:
            # Sorted by their words, so that the order of arrival tells nothing.
            yield Said(
                criterion.name,
                tuple(sorted(strengths.values())),
                tuple(sorted(improvements.values())),
                len(people),
            )


def _written(answered: Sequence[Answered], item: str) -> dict[UUID, str]:
    return {
        one.row.respondent: answer.value.strip()
        for one in answered
        if isinstance(answer := one.answers.get(item), Given)
        and isinstance(answer.value, str)
        and answer.value.strip()
    }


def _source(one: Collected, read: Read) -> Message:
    return message("residents.source", survey=said(one.instrument.title), by=read.name)


def panels_of(read: Read) -> tuple[Panel, ...]:
    """The wheel, and other questionnaires of partners on scales: a table for each scale."""
    panels: list[Panel] = []
    for one in read.in_round(read.now.id):
        if one.instrument.kind is Kind.SELF_ASSESSMENT and one.instrument.scoring is None:
            panels += _panels(read, one)
    return tuple(panels)


def _panels(read: Read, now: Collected) -> Iterator[Panel]:
    items = [question for question in now.instrument.questions if isinstance(question, ScaleItem)]
    rounds = tuple(_panel_round(read, stated, now) for stated in read.stated())
    wheel = now.instrument.wheel
    if wheel is not None:
        chosen = [item for item in items if item.name in wheel.items]
        yield _panel(read, now, "level_one.wheel", Drawn.WHEEL, chosen, rounds)
        return
    for scale in dict.fromkeys(item.scale.name for item in items):
        chosen = [item for item in items if item.scale.name == scale]
        name = f"level_three.{now.instrument.name}.{scale}"
        yield _panel(read, now, name, Drawn.COUNTS, chosen, rounds)


def _panel(
    read: Read,
    now: Collected,
    name: str,
    drawn: Drawn,
    items: Sequence[ScaleItem],
    rounds: tuple[PanelRound, ...],
) -> Panel:
    return Panel(
        id=name,
        title=said(items[0].text if len(items) == 1 else now.instrument.title),
        drawn=drawn,
        items=tuple(
            PanelItem(
                item.name,
                said(item.text),
                tuple(AnswerPoint(p.value, said(p.label)) for p in item.scale.points),
            )
            for item in items
        ),
        rounds=(*(one for one in rounds[:-1] if one.answers), rounds[-1]),
        source=_source(now, read),
        threshold=read.threshold,
    )


def _panel_round(read: Read, stated: RoundStated, now: Collected) -> PanelRound:
    answers: dict[str, list[int]] = {}
    for one in read.in_round(UUID(stated.key)):
        if one.instrument.name != now.instrument.name:
            continue
        for answered in read.answered(one):
            for name, answer in answered.answers.items():
                if isinstance(answer, Given) and isinstance(answer.value, int):
                    answers.setdefault(name, []).append(answer.value)
    return PanelRound(stated, {name: tuple(values) for name, values in answers.items()})
