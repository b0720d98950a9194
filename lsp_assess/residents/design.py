"""What a round's estimates may take for its design: what is known of every interview of it, or nothing."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Drawn:
    """How the address of an interview came to be in the sample; None for what is not known."""

    weight: float | None
    stratum: str | None
    cluster: str | None


@dataclass(frozen=True, slots=True)
class Stated:
    """`weights`: every interview is of a sampled address with a weight. Where only some are, nothing is
    known of the others, and the round stands as a simple random sample. Strata and clusters likewise."""

    weights: bool
    strata: bool
    clusters: bool


ALL = "all"
UNSTATED = Stated(weights=False, strata=False, clusters=False)


def stated_in(interviews: Iterable[Drawn | None]) -> Stated:
    """None is an interview from outside the sample."""
    stated = None
    for one in interviews:
        if one is None or one.weight is None:
            return UNSTATED
        strata, clusters = one.stratum is not None, one.cluster is not None
        if stated is not None:
            strata, clusters = strata and stated.strata, clusters and stated.clusters
        stated = Stated(weights=True, strata=strata, clusters=clusters)
    return stated or UNSTATED


def as_estimated(drawn: Drawn | None, stated: Stated, *, respondent: str) -> Drawn:
    """Of one interview. Without strata there is one, over all rounds, in which a respondent of two rounds
    stays one cluster; without clusters each respondent is one."""
    if not stated.weights or drawn is None:
        return Drawn(None, ALL, respondent)
    return Drawn(
        drawn.weight,
        drawn.stratum if stated.strata else ALL,
        drawn.cluster if stated.clusters else respondent,
    )
