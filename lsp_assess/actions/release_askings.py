"""Which collections make up the resident survey, and how each round of it asked."""

from collections.abc import Mapping, Sequence
from typing import Any

from lsp_assess.actions.release_reading import Collected
from lsp_assess.database.release_data import RoundRow
from lsp_assess.instruments.instrument import Comparability, Kind
from lsp_assess.reports.askings import RoundInstrument, Wording


def surveys_of(rounds: Sequence[RoundRow], collections: Sequence[Collected]) -> list[Collected]:
    """Household collections of all rounds, oldest first, of the questionnaire that is now in use."""
    found = [
        one
        for round_ in rounds
        for one in collections
        if one.row.round_id == round_.id and one.instrument.kind is Kind.HOUSEHOLD
    ]
    return [one for one in found if one.instrument.name == found[-1].instrument.name]


def askings_of(surveys: Sequence[Collected]) -> tuple[RoundInstrument, ...]:
    """One a round."""
    return tuple(_round_instrument(one) for one in {one.row.round_id: one for one in surveys}.values())


def _round_instrument(one: Collected) -> RoundInstrument:
    declared: Mapping[str, Mapping[str, Any]] = one.row.settings.get("crosswalk", {})
    return RoundInstrument(
        round=str(one.row.round_id),
        instrument=one.instrument,
        wordings={
            item: Wording(Comparability(how["kind"]), how.get("wording"), how.get("note"))
            for item, how in declared.items()
        },
        not_asked=frozenset(one.row.settings.get("not_asked", ())),
    )
