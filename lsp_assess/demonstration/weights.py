"""The stages of each interview's weight.

design   adults of the household ÷ chance of the address
panel    times eligible addresses issued ÷ interviewed, in each ward apart for revisits and fresh addresses
trimmed  at most four times the round's median
final    the same, scaled to a mean of 1
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import mean, median

from lsp_assess.database.models.residents import PanelState
from lsp_assess.demonstration.panel import Issued
from lsp_assess.residents.outcomes import Disposition
from lsp_assess.residents.sample import design_weight

TRIMMED_AT = 4.0


@dataclass(frozen=True, slots=True)
class WeightStages:
    design: float
    panel: float
    trimmed: float
    final: float

    def items(self) -> tuple[tuple[str, float], ...]:
        return (
            ("design", self.design),
            ("panel", self.panel),
            ("trimmed", self.trimmed),
            ("final", self.final),
        )


def weigh(issued: Sequence[Issued]) -> Mapping[int, WeightStages]:
    """By number of the household, for those that were interviewed in a round."""
    done = [(one, one.resident) for one in issued if one.is_interviewed]
    attrition = _attrition(issued)
    design = {
        one.household.number: design_weight(adults=resident.adults, probability=one.probability)
        for one, resident in done
        if resident is not None
    }
    panel = {one.household.number: design[one.household.number] * attrition[_cell(one)] for one, _ in done}
    limit = TRIMMED_AT * median(panel.values())
    trimmed = {number: min(weight, limit) for number, weight in panel.items()}
    average = mean(trimmed.values())
    return {
        number: WeightStages(design[number], panel[number], trimmed[number], trimmed[number] / average)
        for number in design
    }


def _cell(one: Issued) -> tuple[str, PanelState]:
    return one.household.ward.code, one.state


def _attrition(issued: Sequence[Issued]) -> Mapping[tuple[str, PanelState], float]:
    eligible = Counter(_cell(one) for one in issued if one.outcome is not Disposition.NOT_ELIGIBLE)
    interviewed = Counter(_cell(one) for one in issued if one.is_interviewed)
    return {cell: eligible[cell] / n for cell, n in interviewed.items()}
