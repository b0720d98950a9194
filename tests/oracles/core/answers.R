# What R's survey package answers to its own data and to stages.csv, for every estimator, design and rule
# for lonely clusters. Debian 12: R 4.2.2, survey 4.1-1. Run in this directory: Rscript answers.R
suppressMessages(library(survey))
source("../written.R")
read <- function(name) read.csv(paste0(name, ".csv"))

found <- function(made, ...) {
  list(value = unname(coef(made)), covariance = unname(as.matrix(vcov(made))), ...)
}

by_domain <- function(formula, by, design, fun, ...) {
  made <- svyby(formula, by, design, fun, covmat = TRUE, ...)
  found(made, labels = made[, all.vars(by), drop = FALSE])
}

# Two items together, the first over the second, and one item in domains; quantiles of the first.
answered <- function(design, items, by, above = items[1], below = items[2]) {
  both <- reformulate(items)
  list(
    df = degf(design),
    mean = found(svymean(both, design), deff = as.vector(deff(svymean(both, design, deff = "replace")))),
    total = found(svytotal(both, design), deff = as.vector(deff(svytotal(both, design, deff = "replace")))),
    ratio = found(svyratio(reformulate(above), reformulate(below), design)),
    mean_by = by_domain(both, by, design, svymean),
    total_by = by_domain(reformulate(items[1]), by, design, svytotal),
    ratio_by = by_domain(reformulate(above), by, design, svyratio, denominator = reformulate(below))
  )
}

quantile_rows <- function(formula, design, type, at) {
  made <- svyquantile(formula, design, at, interval.type = type, df = degf(design))[[1]]
  data.frame(at = at, value = made[, 1], lower = made[, 2], upper = made[, 3], se = made[, 4])
}

apistrat <- read("apistrat")
apistrat$fraction <- ave(apistrat$fpc, apistrat$stype, FUN = length) / apistrat$fpc
apiclus1 <- read("apiclus1"); apiclus2 <- read("apiclus2"); mu284 <- read("mu284"); fpc <- read("fpc")
scd <- read("scd"); nhanes <- read("nhanes"); hospital <- read("hospital"); stages <- read("stages")
apiclus2$grade <- cut(apiclus2$api00, c(0, 500, 600, 700, 800, 1000), labels = FALSE)
scd$area <- scd$ambulance
mu284$area <- mu284$id2 %% 2
fpc$twice <- fpc$x^2
fpc$area <- fpc$psuid %% 2
hospital$large <- as.integer(hospital$births > 700)
hospital$area <- hospital$hospno %% 2

designs <- list(
  apistrat = svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = apistrat),
  apistrat_no_fpc = svydesign(id = ~1, strata = ~stype, weights = ~pw, data = apistrat),
  apistrat_fraction = svydesign(id = ~1, strata = ~stype, weights = ~pw, fpc = ~fraction, data = apistrat),
  apiclus1 = svydesign(id = ~dnum, weights = ~pw, fpc = ~fpc, data = apiclus1),
  apiclus1_no_fpc = svydesign(id = ~dnum, weights = ~pw, data = apiclus1),
  apiclus2 = svydesign(id = ~ dnum + snum, weights = ~pw, fpc = ~ fpc1 + fpc2, data = apiclus2),
  apiclus2_no_fpc = svydesign(id = ~ dnum + snum, weights = ~pw, data = apiclus2)
)
api <- lapply(designs, function(design) {
  answered(subset(design, !is.na(enroll)), c("api00", "enroll"), ~ sch.wide + awards, "api00", "api99")
})
api$apiclus2$shares <- found(svymean(~ factor(grade), subset(designs$apiclus2, !is.na(enroll))))

nh <- subset(svydesign(id = ~SDMVPSU, strata = ~SDMVSTRA, weights = ~WTMEC2YR, nest = TRUE, data = nhanes),
             !is.na(HI_CHOL))
small <- list(
  mu284 = answered(svydesign(id = ~ id1 + id2, fpc = ~ n1 + n2, data = mu284), c("y1", "id2"), ~area),
  fpc = answered(svydesign(id = ~psuid, strata = ~stratid, weights = ~weight, fpc = ~Nh, data = fpc,
                           nest = TRUE), c("x", "twice"), ~area),
  fpc_no_correction = answered(svydesign(id = ~psuid, strata = ~stratid, weights = ~weight, data = fpc,
                                         nest = TRUE), c("x", "twice"), ~area),
  scd = answered(svydesign(id = ~ambulance, strata = ~ESA, weights = ~1, data = scd, nest = TRUE),
                 c("alive", "arrests"), ~area),
  hospital = answered(svydesign(id = ~hospno, strata = ~oblevel, weights = ~weighta, fpc = ~tothosp,
                                data = hospital), c("births", "large"), ~area),
  nhanes = c(answered(nh, c("HI_CHOL", "RIAGENDR"), ~ race + RIAGENDR),
             list(shares = found(svymean(~ factor(race), nh))))
)

stage_designs <- list(
  one = svydesign(id = ~district, strata = ~region, weights = ~weight, data = stages),
  one_fpc = svydesign(id = ~district, strata = ~region, weights = ~weight, fpc = ~districts, data = stages),
  two = svydesign(id = ~ district + street, strata = ~ region + half, weights = ~weight,
                  fpc = ~ districts + streets, data = stages),
  three = svydesign(id = ~ district + street + person, strata = ~ region + half, weights = ~weight,
                    fpc = ~ districts + streets + people, data = stages)
)
rules <- c(certainty = "certainty", remove = "remove", adjust = "adjust", average = "average")
lonely <- lapply(rules, function(rule) {
  options(survey.lonely.psu = rule)
  lapply(stage_designs, answered, c("value", "score"), ~area)
})
options(survey.lonely.psu = "certainty")
at <- c(0.1, 0.25, 0.5, 0.75, 0.9)
quantiles <- lapply(c(logit = "xlogit", beta = "beta"), function(type) {
  list(
    apistrat = quantile_rows(~api00, designs$apistrat, type, c(0.02, 0.04, at, 0.97)),
    apiclus1 = quantile_rows(~api00, designs$apiclus1, type, at),
    apiclus2 = quantile_rows(~enroll, subset(designs$apiclus2, !is.na(enroll)), type, at),
    schools_with_award = quantile_rows(~api00, subset(designs$apistrat, awards == "Yes"), type, at),
    stages = quantile_rows(~value, stage_designs$one, type, at)
  )
})
written(list(api = api, small = small, lonely = lonely, quantiles = quantiles), "answers.json")
