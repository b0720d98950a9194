"""The stages of an interview's weight."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from lsp_assess.estimation import (
    Margin,
    Weighting,
    attrition,
    margin,
    raked,
    starting_weights,
    trimmed,
    trimmed_and_raked,
)
from lsp_assess.residents.population import UNKNOWN, Population
from lsp_assess.residents.sample import design_weight
from lsp_assess.residents.weight_stages import WeightStage

TRIMMED_AT = 4.0

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Issued:
    """An eligible address. `categories` are those of whom was interviewed, by margin; None for nobody."""

    id: UUID
    probability: float
    area: str
    panel: str
    adults: int
    categories: Mapping[str, str] | None


def weights_of(
    issued: Sequence[Issued], population: Population | None
) -> dict[UUID, dict[WeightStage, float]]:
    """Of each interview, by its address. An area in which nobody was interviewed has nobody to stand for it.
    Raises EstimationRefused where the figures of the population cannot be met."""
    frame = pd.DataFrame({"start": [1 / one.probability for one in issued]}).assign(
        area=[one.area for one in issued],
        panel=[one.panel for one in issued],
        interviewed=[float(one.categories is not None) for one in issued],
    )
    met = frame.groupby(["area", "panel"])["interviewed"].transform("max")
    weighting = starting_weights(frame.assign(start=frame["start"] * met), weights="start")
    stayed = attrition(weighting, stayed="interviewed", classes=("area", "panel")).weights
    done = [
        (one, weight, one.categories)
        for one, weight in zip(issued, stayed, strict=True)
        if one.categories is not None
    ]
    panel = np.array([weight * one.adults for one, weight, _ in done])
    design = np.array([design_weight(adults=one.adults, probability=one.probability) for one, _, _ in done])
    columns = {} if population is None else {name: [c[name] for *_, c in done] for name in population.people}
    made = _fitted(starting_weights(pd.DataFrame({"start": panel, **columns}), weights="start"), population)
    stages = {WeightStage.DESIGN: design, WeightStage.PANEL: panel, **made}
    return {
        one.id: {stage: float(weights[i]) for stage, weights in stages.items()}
        for i, (one, *_) in enumerate(done)
    }


def _fitted(weighting: Weighting, population: Population | None) -> dict[WeightStage, Floats]:
    if population is None:
        cut = trimmed(weighting, upper=TRIMMED_AT).weights
        return {WeightStage.TRIMMED: cut, WeightStage.FINAL: cut / cut.mean()}
    margins = [_margin(weighting, name, people) for name, people in population.people.items()]
    first = raked(weighting, *margins)
    *_, within, last = trimmed_and_raked(first, *margins, upper=TRIMMED_AT).stages
    return {
        WeightStage.RAKED: first.weights,
        WeightStage.TRIMMED: within.weights,
        WeightStage.FINAL: last.weights / last.weights.mean(),
    }


def _margin(weighting: Weighting, name: str, people: Mapping[str, int]) -> Margin:
    """Those of whom the category is not known keep the share that they have."""
    is_unknown = (weighting.frame[name] == UNKNOWN).to_numpy()
    unknown = float(weighting.weights[is_unknown].sum() / weighting.weights.sum())
    everybody = sum(people.values())
    shares: dict[object, float] = {each: (1 - unknown) * n / everybody for each, n in people.items()}
    return margin(name, {**shares, UNKNOWN: unknown} if unknown else shares)
