"""Weights that were raked before they came here: the totals that they meet are their own."""

from lsp_assess.estimation.calibration import raked
from lsp_assess.estimation.margins import Margin, margin
from lsp_assess.estimation.refusal import refuse
from lsp_assess.estimation.weighting import Weighting


def already_raked(weighting: Weighting, *columns: str) -> Weighting:
    """To the present weighted totals of these columns, which moves no weight, so that variances are those of
    the residuals (Deville & Särndal 1992, §3; R: `calibrate` to the totals that the design has). A round in
    which a column is empty throughout was not raked to it. Raises on a column that is empty in part."""
    for missing in (column for column in columns if column not in weighting.frame):
        raise refuse("column_missing", column=missing)
    margins: list[Margin] = []
    for name, rows in weighting.rounds:
        own = weighting.in_sample(rows)
        held = weighting.frame.iloc[own]
        for column in columns:
            if held[column].notna().any():
                sums = held[column].to_frame().assign(weight=weighting.weights[own]).groupby(column)["weight"]
                margins.append(margin(column, sums.sum().to_dict(), round=name))
    return raked(weighting, *margins) if margins else weighting
