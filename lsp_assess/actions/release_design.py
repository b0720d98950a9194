"""The design that is stated of each round's sample, and the one design of all rounds stacked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any
from uuid import UUID

import pandas as pd

from lsp_assess.actions.release_reading import Answered
from lsp_assess.database.release_data import SampleRow
from lsp_assess.estimation import (
    Design,
    Lonely,
    already_raked,
    simple_random_sample,
    starting_weights,
    stated_design,
)
from lsp_assess.reports.survey import BEFORE, RAKED, ROUND, WEIGHT, RoundDesign
from lsp_assess.residents.design import Drawn, as_estimated, stated_in
from lsp_assess.residents.population import Population
from lsp_assess.residents.weight_stages import WeightStage

STRATUM, CLUSTER, UNIT = "stratum", "cluster", "unit"


@dataclass(frozen=True, slots=True)
class Designed:
    """`columns` are those of the design, one mapping an answer, in the answers' order."""

    stated: RoundDesign
    columns: list[dict[str, Any]]


def designed(
    answered: Sequence[Answered],
    sample: Mapping[UUID, SampleRow],
    *,
    round_key: str,
    raked_to: Population | None,
) -> Designed:
    """Of one round."""
    members = [sample.get(one.row.sample_member_id) if one.row.sample_member_id else None for one in answered]
    addresses = [None if member is None else _drawn(member) for member in members]
    stated = stated_in(addresses)
    placed = [
        as_estimated(address, stated, respondent=str(one.row.respondent))
        for one, address in zip(answered, addresses, strict=True)
    ]
    stages = _stages([member for member in members if member is not None]) if stated.weights else ()
    return Designed(
        RoundDesign(
            round=round_key,
            has_strata=stated.strata,
            has_clusters=stated.clusters,
            stages=stages,
            population=raked_to if WeightStage.RAKED in stages else None,
        ),
        [
            {
                WEIGHT: one.weight,
                STRATUM: one.stratum,
                CLUSTER: one.cluster,
                BEFORE: None if member is None else member.stages.get(WeightStage.PANEL),
            }
            for one, member in zip(placed, members, strict=True)
        ],
    )


def _drawn(member: SampleRow) -> Drawn:
    return Drawn(member.weight, member.stratum, member.cluster)


def _stages(members: Sequence[SampleRow]) -> tuple[WeightStage, ...]:
    """Those that all interviews went through."""
    return tuple(stage for stage in WeightStage if all(stage.value in member.stages for member in members))


def of_rounds(stated: Sequence[RoundDesign]) -> tuple[RoundDesign, ...]:
    """One a round: of several samples, what all of them state."""
    found: dict[str, list[RoundDesign]] = {}
    for one in stated:
        found.setdefault(one.round, []).append(one)
    return tuple(reduce(_both, several) for several in found.values())


def _both(one: RoundDesign, other: RoundDesign) -> RoundDesign:
    return RoundDesign(
        round=one.round,
        has_strata=one.has_strata and other.has_strata,
        has_clusters=one.has_clusters and other.has_clusters,
        stages=tuple(stage for stage in one.stages if stage in other.stages),
        population=one.population if one.population == other.population else None,
    )


def design_of(frame: pd.DataFrame) -> Design:
    """Rounds of which nothing is stated weigh 1 each; where that is all of them, the design says so."""
    if frame[WEIGHT].isna().all():
        return simple_random_sample(frame, rounds=ROUND, units=UNIT, lonely=Lonely.ADJUST)
    filled = frame.assign(**{WEIGHT: frame[WEIGHT].astype(float).fillna(1.0)})
    raked = [column for column in frame.columns if column.startswith(RAKED)]
    weights = (
        already_raked(starting_weights(filled, weights=WEIGHT, rounds=ROUND), *raked) if raked else WEIGHT
    )
    return stated_design(
        filled, weights=weights, strata=STRATUM, clusters=CLUSTER, rounds=ROUND, lonely=Lonely.ADJUST
    )
