# What R's survey package answers to the data beside it.
# Debian 12: R 4.2.2, survey 4.1-1. Run in this directory: Rscript answers.R
library(survey)
source("../written.R")

panel <- read.csv("panel.csv")
panel$top <- as.integer(panel$score >= 4)
stated <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = panel, nest = TRUE)
corrected <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, fpc = ~population,
                       data = panel, nest = TRUE)
# The rounds as samples of their own: each round's strata and clusters apart.
apart <- svydesign(ids = ~interaction(cluster, round), strata = ~interaction(stratum, round),
                   weights = ~weight, data = panel, nest = TRUE)
simple <- svydesign(ids = ~1, strata = ~round, weights = ~1, data = panel)

row <- function(value, se, ...) list(value = unname(value), se = unname(se), ...)

by_domain <- function(formula, by, design, fun, ...) {
  made <- svyby(formula, by, design, fun, covmat = TRUE, ...)
  list(labels = made[, all.vars(by), drop = FALSE], value = unname(coef(made)), se = unname(SE(made)),
       covariance = unname(vcov(made)))
}

change <- function(formula, design, fun = svymean, ...) {
  made <- svyby(formula, ~round, design, fun, covmat = TRUE, ...)
  delta <- svycontrast(made, c(-1, 1))
  v <- vcov(made)
  df <- degf(design)
  t <- unname(coef(delta) / SE(delta))
  list(v1 = v[1, 1], v2 = v[2, 2], c12 = v[1, 2], value = unname(coef(delta)), se = unname(SE(delta)),
       df = df, interval = as.vector(confint(delta, df = df)), p = 2 * pt(-abs(t), df))
}

proportion <- function(formula, design) {
  logit <- attr(svyciprop(formula, design, method = "logit", df = degf(design)), "ci")
  xlogit <- attr(svyciprop(formula, design, method = "xlogit", df = degf(design)), "ci")
  beta <- attr(svyciprop(formula, design, method = "beta"), "ci")
  made <- svymean(formula, design)
  row(coef(made), SE(made), df = degf(design), logit = unname(logit), xlogit = unname(xlogit),
      beta = unname(beta))
}

answered <- function(design) subset(design, !is.na(score))
first <- function(design) subset(design, round == 1)

whole <- function(design) {
  made <- svymean(~ factor(score) + score + top, design, deff = "replace")
  effects <- svymean(~score, design, deff = "replace")
  list(value = unname(coef(made)), covariance = unname(vcov(made)), df = degf(design),
       deff_of_mean = as.vector(deff(effects)),
       interval_of_mean = as.vector(confint(effects, df = degf(design))))
}

lonely <- read.csv("lonely.csv")
alone <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = lonely)
rules <- lapply(c(certainty = "certainty", remove = "remove", adjust = "adjust", average = "average"),
  function(rule) {
    options(survey.lonely.psu = rule)
    north <- subset(alone, area == "north")
    made <- svymean(~value, alone); total <- svytotal(~value, alone); part <- svymean(~value, north)
    list(mean = row(coef(made), SE(made), df = degf(alone)), total = row(coef(total), SE(total)),
         north = row(coef(part), SE(part), df = degf(north)))
  })
options(survey.lonely.psu = "fail")

answers <- list(
  distribution_first_round = whole(first(answered(stated))),
  distribution_first_round_fpc = whole(first(answered(corrected))),
  mean_by_round_and_area = by_domain(~score, ~ round + area, answered(stated), svymean),
  total_by_area = by_domain(~yes, ~area, stated, svytotal),
  ratio_by_round = by_domain(~spend, ~round, stated, svyratio, denominator = ~persons),
  change_of_mean = change(~score, answered(stated)),
  change_of_mean_fpc = change(~score, answered(corrected)),
  change_of_top = change(~top, answered(stated)),
  change_of_ratio = change(~spend, stated, svyratio, denominator = ~persons),
  change_in_north = change(~score, subset(answered(stated), area == "north")),
  change_of_independent_rounds = change(~score, answered(apart)),
  change_of_simple_samples = change(~score, answered(simple)),
  simple_first_round = whole(first(answered(simple))),
  logit = proportion(~yes, first(stated)),
  logit_simple = proportion(~yes, first(simple)),
  korn_graubard = proportion(~rare, first(stated)),
  korn_graubard_simple = proportion(~rare, first(simple)),
  lonely = rules
)
written(answers, "answers.json")
