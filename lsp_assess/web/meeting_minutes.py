"""The minutes of the meeting, to take away."""

from uuid import UUID

from flask import Response, g

from lsp_assess.actions import meeting as actions
from lsp_assess.actions.meeting import Meeting
from lsp_assess.actions.work import Work
from lsp_assess.assessment.record import standing
from lsp_assess.kernel.messages import message
from lsp_assess.rendering.minutes import Minutes, MinutesPart, render_minutes
from lsp_assess.rendering.wording import say_value
from lsp_assess.web.languages import language, spoken
from lsp_assess.web.meeting_second import as_step, shown_second
from lsp_assess.web.meeting_shown import ShownLine, shown_meeting, shown_step
from lsp_assess.web.result_files import attachment
from lsp_assess.web.transactions import work


def minutes(collection_id: UUID) -> Response:
    doing = work()
    found = actions.meeting(doing, collection_id)
    held = found.held
    shown = shown_meeting(found)
    printed = render_minutes(
        Minutes(
            partnership=g.partnership.name,
            title=shown.title,
            round=held.round.name,
            standing=spoken(message(f"minutes.standing.{held.collection.status.value}")),
            printed=say_value(doing.now, "moment", language()),
            outcome=f"{shown.agreed} of {len(shown.lines)} parts agreed"
            + (f", {shown.total} of {shown.possible} points." if shown.total else "."),
            parts=tuple(
                _part(doing, found, part, line) for part, line in zip(found.agenda, shown.lines, strict=True)
            ),
            mark=spoken(message("minutes.demonstration")) if g.partnership.demonstration else "",
        )
    )
    doing.record("minutes_taken", object_kind="collection", object_id=collection_id)
    return attachment(printed, "application/pdf", f"{g.partnership.slug}-{held.round.name}-minutes.pdf")


def _part(doing: Work, found: Meeting, part: str, line: ShownLine) -> MinutesPart:
    step = standing(found.record.get(part, ()))
    told, second = shown_step(step) if step else None, shown_second(doing, found, part)
    return MinutesPart(
        title=line.title,
        criterion=line.criterion,
        range=line.range,
        median=line.median,
        flag="▲ wide spread" if line.is_flagged else "",
        agreed="" if line.agreed is None else str(line.agreed),
        moved=line.moved,
        again=as_step(second).rationale if second and second.is_revealed else "",
        rationale=told.rationale if told else "",
        evidence=told.evidence if told else (),
        dissents=told.dissents if told else (),
        recorded=" by ".join(each for each in (told.at, told.by) if each) if told else "",
    )
