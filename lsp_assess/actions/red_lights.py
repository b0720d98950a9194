"""What stands on red today."""

from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy.orm import Session

from lsp_assess.actions.release_outcomes import outcome_series
from lsp_assess.database import release_data
from lsp_assess.database.models.outcomes import Indicator
from lsp_assess.database.release_records import IndicatorRecord
from lsp_assess.disclosure.values import Colour
from lsp_assess.reports.outcomes import standing


def red_among(session: Session, records: Sequence[IndicatorRecord], *, on: date) -> Iterator[Indicator]:
    areas = {area.id: area for area in release_data.areas(session)}
    for record in records:
        series = outcome_series(record, areas)
        if series is not None and standing(series, on=on).reading.light.colour is Colour.RED:
            yield record.row
