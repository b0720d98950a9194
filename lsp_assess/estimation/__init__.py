"""Survey numbers from data and a stated design; knows nothing of questionnaires.

    design = stated_design(frame, weights="weight", strata="ward", clusters="cluster", rounds="round")
    design = simple_random_sample(frame, rounds="round")          # carries a caveat for a footnote
    made = distribution(design, "trust", scale=scale([1, 2, 3, 4, 5]), by=("round", "area"))
    made.estimates                       # each with se, df, interval, n, effective n, deff, flags
    round_changes(made, earlier=1, later=2)                       # Δ with v1, v2, c12, interval, p

Missing answers are NaN or None in the frame; anything else off the scale raises. Estimates made by one
call share a covariance matrix, so `by` has to hold the round for a change to be taken.
Also `mean`, `proportion`, `shares`, `total`, `ratio`, `quantiles`. Each takes one column or several; and
`strata`, `clusters` and `fpc` take one column, or one for each stage of sampling.

    headlines([(change, 0.05), …])       # Holm, the verdict, the minimum detectable change
    explored(changes)                    # Benjamini–Hochberg, for grids of items × areas

    side_by_side(design, "trust", make=mean, units="person", earlier=1, later=2)   # everybody, the panel
    distribution_changes(made, earlier=1, later=2)                # Wald, all answers at once
    association(design, rows="trust", columns="tenure")           # Rao–Scott
    transitions(design, "trust", points=[1, 2, 3, 4, 5], units="person", earlier=1, later=2)
    round_trends(made, times={1: 2019, 2: 2021, 3: 2024})         # the line through three or more rounds

    weighting = address_weights(frame, probability="chance", adults="adults", rounds="round")
    weighting = raked(attrition(weighting, stayed="stayed", classes=("ward",)), margin("sex", {…}), …)
    stated_design(frame, weights=weighting, …)                    # standard errors from the residuals

Weights are made round by round and every stage is kept; also `post_stratified`, `calibrated` (linear, raking
or logit, with bounds), `trimmed`, `trimmed_and_raked`, and `weights_report`. `already_raked`
takes weights that came ready-made.

For a fixed handful of partners: `few` (median, agreement, exact paired change), `reliability` (intraclass
correlation, Cronbach), `krippendorff`. For short series of an indicator: `series` (Theil–Sen, Mann–Kendall,
Spearman), `lags`, `weighted_trend`, `xmr`; `points` tells which periods are points, `funnel` compares areas.
"""

from lsp_assess.estimation.association import Association, association
from lsp_assess.estimation.attrition import attrition
from lsp_assess.estimation.calibration import calibrated, post_stratified, raked
from lsp_assess.estimation.change import Change, difference_of_changes, round_changes
from lsp_assess.estimation.contrast import Contrast
from lsp_assess.estimation.design import Design, Lonely, simple_random_sample, stated_design
from lsp_assess.estimation.distance import Distance
from lsp_assess.estimation.distribution_change import DistributionChange, distribution_changes
from lsp_assess.estimation.estimate import (
    SUPPRESSING,
    Domain,
    Estimate,
    Flag,
    Level,
    Reference,
    Statistic,
)
from lsp_assess.estimation.estimates import distribution, mean, proportion, ratio, shares, total
from lsp_assess.estimation.fitted import already_raked
from lsp_assess.estimation.intervals import Method
from lsp_assess.estimation.margins import Margin, PopulationTotal, margin, population_total
from lsp_assess.estimation.panel import SideBySide, side_by_side
from lsp_assess.estimation.quantiles import quantiles
from lsp_assess.estimation.refusal import EstimationRefused
from lsp_assess.estimation.round_trend import RoundTrend, round_trends
from lsp_assess.estimation.scales import Scale, scale
from lsp_assess.estimation.strata import Nesting
from lsp_assess.estimation.together import Estimates
from lsp_assess.estimation.transitions import Transitions, transitions
from lsp_assess.estimation.trimming import trimmed, trimmed_and_raked
from lsp_assess.estimation.verdicts import Explored, Headline, Verdict, explored, headlines, verdict
from lsp_assess.estimation.wald import Wald
from lsp_assess.estimation.weighting import (
    Adjustment,
    Weighting,
    WeightStage,
    address_weights,
    starting_weights,
)
from lsp_assess.estimation.weights_report import WeightsReport, weights_report

__all__ = [
    "SUPPRESSING",
    "Adjustment",
    "Association",
    "Change",
    "Contrast",
    "Design",
    "Distance",
    "DistributionChange",
    "Domain",
    "Estimate",
    "Estimates",
    "EstimationRefused",
    "Explored",
    "Flag",
    "Headline",
    "Level",
    "Lonely",
    "Margin",
    "Method",
    "Nesting",
    "PopulationTotal",
    "Reference",
    "RoundTrend",
    "Scale",
    "SideBySide",
    "Statistic",
    "Transitions",
    "Verdict",
    "Wald",
    "WeightStage",
    "Weighting",
    "WeightsReport",
    "address_weights",
    "already_raked",
    "association",
    "attrition",
    "calibrated",
    "difference_of_changes",
    "distribution",
    "distribution_changes",
    "explored",
    "headlines",
    "margin",
    "mean",
    "population_total",
    "post_stratified",
    "proportion",
    "quantiles",
    "raked",
    "ratio",
    "round_changes",
    "round_trends",
    "scale",
    "shares",
    "side_by_side",
    "simple_random_sample",
    "starting_weights",
    "stated_design",
    "total",
    "transitions",
    "trimmed",
    "trimmed_and_raked",
    "verdict",
    "weights_report",
]
