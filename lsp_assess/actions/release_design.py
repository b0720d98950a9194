"""The design that is stated of each round's sample, and the one design of all rounds stacked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any
from uuid import UUID

import pandas as pd

from lsp_assess.actions.release_reading import Answered
from lsp_assess.database.release_data import SampleRow
from lsp_assess.estimation import Design, Lonely, simple_random_sample, stated_design
from lsp_assess.reports.survey import ROUND, WEIGHT, RoundDesign, WeightStage
from lsp_assess.residents.sample import design_weight

STRATUM, CLUSTER, UNIT = "stratum", "cluster", "unit"
UNSTATED = "unstated"


@dataclass(frozen=True, slots=True)
class Designed:
    """`columns` are those of the design, one mapping an answer, in the answers' order."""

    stated: RoundDesign
    columns: list[dict[str, Any]]


def designed(answered: Sequence[Answered], sample: Mapping[UUID, SampleRow], *, round_key: str) -> Designed:
    """A round's design is stated when every answer of it comes from a sampled address with a weight;
    where only some do, nothing is known of the others, and the round stands as a simple random sample."""
    members = [sample.get(one.row.sample_member_id) if one.row.sample_member_id else None for one in answered]
    weights = [None if member is None else _weight(member) for member in members]
    if not answered or any(weight is None for weight in weights):
        return Designed(
            RoundDesign(round=round_key, has_strata=False, has_clusters=False),
            [
                {WEIGHT: None, STRATUM: f"{UNSTATED}:{round_key}", CLUSTER: str(one.row.respondent)}
                for one in answered
            ],
        )
    strata = all(member is not None and member.stratum is not None for member in members)
    clusters = all(member is not None and member.cluster is not None for member in members)
    columns = [
        {
            WEIGHT: weight,
            STRATUM: member.stratum if strata else round_key,
            CLUSTER: member.cluster if clusters else str(one.row.respondent),
        }
        for one, member, weight in zip(answered, members, weights, strict=True)
        if member is not None
    ]
    stages = _stages([member for member in members if member is not None])
    return Designed(
        RoundDesign(round=round_key, has_strata=strata, has_clusters=clusters, stages=stages), columns
    )


def _weight(member: SampleRow) -> float | None:
    if member.weight is not None:
        return member.weight
    if member.adults is None or member.probability is None:
        return None
    return design_weight(adults=member.adults, probability=member.probability)


def _stages(members: Sequence[SampleRow]) -> tuple[WeightStage, ...]:
    """Those that all interviews went through; the design's weight alone where nothing further is kept."""
    kept = tuple(stage for stage in WeightStage if all(stage.value in member.stages for member in members))
    return kept if members and WeightStage.FINAL in kept else (WeightStage.DESIGN,)


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
    )


def design_of(frame: pd.DataFrame) -> Design:
    """Rounds of which nothing is stated weigh 1 each; where that is all of them, the design says so."""
    if frame[WEIGHT].isna().all():
        return simple_random_sample(frame, rounds=ROUND, units=UNIT)
    filled = frame.assign(**{WEIGHT: frame[WEIGHT].astype(float).fillna(1.0)})
    return stated_design(
        filled, weights=WEIGHT, strata=STRATUM, clusters=CLUSTER, rounds=ROUND, lonely=Lonely.ADJUST
    )
