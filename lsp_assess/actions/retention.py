"""How long the partnership keeps what, and what has been deleted by it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from lsp_assess.actions.editing import check_version
from lsp_assess.actions.settings import partnership
from lsp_assess.actions.work import Work
from lsp_assess.database import retention as stored
from lsp_assess.database.retention_log import Deletion, last_deletions, last_run
from lsp_assess.kernel.errors import Invalid, Place, problem
from lsp_assess.partnerships.retention import RETENTION, SETTABLE, RetentionClass, RunsFrom, periods_of

SHORTEST, LONGEST = 1, 36500
"""Days."""


@dataclass(frozen=True, slots=True)
class Keeping:
    """Of one class of records: days kept (None: as long as the partnership keeps its records), from when, the
    first day on which something is deleted, and what was deleted last."""

    class_: RetentionClass
    days: int | None
    runs_from: RunsFrom
    next_due: date | None
    last: Deletion | None


@dataclass(frozen=True, slots=True)
class Kept:
    classes: tuple[Keeping, ...]
    ran_at: datetime | None


def kept(work: Work) -> Kept:
    work.check("coordinate")
    periods = periods_of(partnership(work).kept_days)
    due = stored.next_due(work.session, periods, after=work.now)
    deleted = last_deletions(work.session)
    classes = tuple(
        Keeping(class_, periods[class_], RETENTION[class_].runs_from, due.get(class_), deleted.get(class_))
        for class_ in RetentionClass
        if class_ is not RetentionClass.REFERENCE
    )
    return Kept(classes, last_run(work.session))


def change_periods(
    work: Work, days: Mapping[RetentionClass, int], *, ended_on: date | None, version: int
) -> None:
    """Raises Invalid where a period is not a number of days that can be kept to."""
    work.check("coordinate")
    row = partnership(work)
    check_version(row, version)
    wrong = [class_ for class_ in SETTABLE if not SHORTEST <= days[class_] <= LONGEST]
    if wrong:
        raise Invalid(
            *(problem("period_out_of_range", Place(question=one.value), most=LONGEST) for one in wrong)
        )
    row.kept_days = {one.value: days[one] for one in SETTABLE if days[one] != RETENTION[one].days}
    row.ended_on = ended_on
    work.session.flush()
    work.record(
        "retention_changed",
        object_kind="partnership",
        object_id=row.id,
        days=dict(row.kept_days),
        ended_on=None if ended_on is None else ended_on.isoformat(),
    )
