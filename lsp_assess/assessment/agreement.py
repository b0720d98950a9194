"""How far the people agree on one part: rwg and the average deviation from the median."""

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise

from lsp_assess.assessment.scores import NotScored
from lsp_assess.estimation.few import Agreement, agreement
from lsp_assess.instruments.scales import Scale


def part_agreement(scores: Sequence[Fraction], scale: Scale) -> Agreement | None:
    """None where nobody scored. The points of a scored scale lie equally far apart; rwg is measured against
    the uniform distribution over them."""
    if not scores:
        return None
    values = scale.values
    steps = {after - before for before, after in pairwise(values)}
    if len(steps) != 1:
        raise NotScored(f"the points of {scale.name} are not equally far apart")
    return agreement(
        [float(score) for score in scores], lowest=min(values), highest=max(values), step=steps.pop()
    )
