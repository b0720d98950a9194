"""The driver round by round, in whichever edition each round used."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy.orm import Session

from lsp_assess.actions.release_reading import Read
from lsp_assess.assessment.consensus import AgreedScore, Dissent
from lsp_assess.assessment.editions import Frame, corresponding, frame_of, same_parts
from lsp_assess.assessment.record import standing
from lsp_assess.assessment.scores import Respondent, person_attributes, person_scores, scoring_of
from lsp_assess.database.meeting import records
from lsp_assess.disclosure.release import RoundStated
from lsp_assess.instruments import Instrument
from lsp_assess.instruments.scales import Scale
from lsp_assess.kernel.messages import Message, given, message
from lsp_assess.reports.partners import DriverRound, EditionRound
from lsp_assess.reports.spoken import said


def driver_round(session: Session, read: Read, stated: RoundStated, edition: Instrument) -> DriverRound:
    """Those who scored the parts of the edition in that round; nobody where it used another one."""
    held = [one for one in read.in_round(UUID(stated.key)) if same_parts(one.instrument, edition)]
    return DriverRound(
        round=stated,
        people=tuple(
            Respondent(
                answered.row.respondent,
                answered.row.organisation_id or answered.row.respondent,
                person_scores(one.instrument, answered.answers),
                person_attributes(one.instrument, answered.answers),
            )
            for one in held
            for answered in read.answered(one)
        ),
        agreed=tuple(_agreed(session, [one.row.id for one in held])),
    )


def _agreed(session: Session, collections: Sequence[UUID]) -> Iterator[AgreedScore]:
    """Without the names of those who dissented: they agreed to stand in the minutes, and what is released
    can never be taken back. Of evidence the titles that all partners may still see."""
    for record in records(session, collections).values():
        step = standing(record)
        if step is not None and step.agreed is not None:
            nameless = tuple(Dissent(dissent.words) for dissent in step.agreed.dissents)
            seen = tuple(one for one in step.agreed.evidence if one.title and not one.is_withdrawn)
            yield replace(step.agreed, dissents=nameless, evidence=seen)


def editions_of(session: Session, read: Read, now: Instrument) -> tuple[EditionRound, ...]:
    """Every round that was scored, oldest first, by its own edition."""
    return tuple(_editions(session, read, now))


def _editions(session: Session, read: Read, now: Instrument) -> Iterator[EditionRound]:
    frame = frame_of(now)
    for stated in read.stated():
        edition = _edition(read, stated, now, frame)
        held = None if edition is None else driver_round(session, read, stated, edition)
        if edition is None or held is None or not held.people:
            continue
        crosswalk = scoring_of(edition).crosswalk
        yield EditionRound(
            of=held,
            model=scoring_of(edition),
            scale=scale_of(edition),
            part_titles=part_titles(edition),
            name=message("level_one.edition", name=said(edition.title), version=edition.version),
            source=message("residents.source", survey=said(edition.title), by=read.name),
            criteria=corresponding(edition, frame),
            note=None if crosswalk is None or crosswalk.note is None else said(crosswalk.note),
            is_other=not same_parts(edition, now),
            threshold=read.threshold,
        )


def _edition(read: Read, stated: RoundStated, now: Instrument, frame: Frame) -> Instrument | None:
    """Of several in one round that of today, or else the first that can be compared."""
    scored = [one.instrument for one in read.in_round(UUID(stated.key)) if one.instrument.scoring is not None]
    order = sorted(scored, key=lambda one: (not same_parts(one, now), not corresponding(one, frame)))
    return order[0] if order else None


def scale_of(edition: Instrument) -> Scale:
    return next(scale for scale in edition.scales if scale.name == scoring_of(edition).scale)


def part_titles(edition: Instrument) -> Mapping[str, Message]:
    parts = [part.item for criterion in scoring_of(edition).criteria for part in criterion.parts]
    asked = {item: edition.question(item) for item in parts}
    return {item: given(item) if one is None else said(one.text) for item, one in asked.items()}
