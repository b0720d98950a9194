"""Which estimates made together tell of the same thing in several rounds."""

from lsp_assess.estimation.estimate import Domain, Estimate, Level, Statistic
from lsp_assess.estimation.together import Estimates

Subject = tuple[str, Statistic, Level | None, Domain]  # variable, statistic, answer, domain but the round


def over_rounds(estimates: Estimates, rounds: str) -> dict[Subject, dict[Level, int]]:
    """The places of each subject's estimates in `estimates.estimates`, by round."""
    found: dict[Subject, dict[Level, int]] = {}
    for place, one in enumerate(estimates.estimates):
        at = one.where(rounds)
        if at is not None:
            found.setdefault(_subject(one, rounds), {})[at] = place
    return found


def _subject(estimate: Estimate, rounds: str) -> Subject:
    domain = tuple((column, value) for column, value in estimate.domain if column != rounds)
    return estimate.variable, estimate.statistic, estimate.category, domain
