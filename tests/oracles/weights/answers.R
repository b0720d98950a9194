# What R's survey package answers to the data beside it.
# Debian 12: R 4.2.2, survey 4.1-1. Run in this directory: Rscript answers.R
library(survey)
source("../written.R")

plain <- function(made) list(value = unname(coef(made)), se = unname(as.vector(SE(made))))

## Schools: a cluster sample with a finite population, and a stratified one.

schools <- function(design, covariate) list(
  weights = unname(weights(design)),
  mean = plain(svymean(~api00, design)),
  total = plain(svytotal(~enroll, design)),
  means_by_type = plain(svyby(~api00, ~stype, design, svymean)),
  totals_by_award = plain(svyby(~enroll, ~sch.wide, design, svytotal)),
  ratio = plain(svyratio(~api00, ~api99, design)))

clustered <- read.csv("schools_in_districts.csv")
stratified <- read.csv("schools_by_type.csv")
in_districts <- svydesign(ids = ~dnum, weights = ~pw, fpc = ~fpc, data = clustered)
by_type <- svydesign(ids = ~1, strata = ~stype, weights = ~pw, fpc = ~fpc, data = stratified)
types <- data.frame(stype = c("E", "H", "M"), Freq = c(4421, 755, 1018))
awards <- data.frame(sch.wide = c("No", "Yes"), Freq = c(1072, 5122))
tight <- list(maxit = 1000, epsilon = 1e-11)
totals <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, api99 = 3914069)
margins <- c(`(Intercept)` = 6194, stypeH = 755, stypeM = 1018, sch.wideYes = 5122)

of_schools <- function(design, bounds) list(
  stated = schools(design),
  post_stratified = schools(postStratify(design, ~stype, types)),
  raked = schools(rake(design, list(~stype, ~sch.wide), list(types, awards), control = tight)),
  linear = schools(calibrate(design, ~ stype + sch.wide, margins)),
  raking = schools(calibrate(design, ~ stype + sch.wide, margins, calfun = "raking", epsilon = 1e-11, maxit = 200)),
  linear_with_total = schools(calibrate(design, ~ stype + api99, totals)),
  bounded_linear = schools(calibrate(design, ~ stype + api99, totals, bounds = bounds, epsilon = 1e-11, maxit = 500)),
  bounded_raking = schools(calibrate(design, ~ stype + api99, totals, calfun = "raking", bounds = bounds,
                                     epsilon = 1e-11, maxit = 500)),
  logit = schools(calibrate(design, ~ stype + api99, totals, calfun = "logit", bounds = bounds,
                            epsilon = 1e-11, maxit = 500)))

## Schools drawn within districts that were drawn, a correction at each stage.

two_stages <- read.csv("schools_in_two_stages.csv")
drawn_twice <- svydesign(ids = ~ dnum + snum, weights = ~pw, fpc = ~ fpc1 + fpc2, data = two_stages)
of_two_stages <- function(design) list(
  weights = unname(weights(design)),
  mean = plain(svymean(~api00, design)),
  means_by_type = plain(svyby(~api00, ~stype, design, svymean)),
  schools_with_award = plain(svytotal(~ I(sch.wide == "Yes"), design)))
fitted_twice <- lapply(c(linear = "linear", raking = "raking"), function(how)
  of_two_stages(calibrate(drawn_twice, ~ stype + sch.wide, margins, calfun = how, epsilon = 1e-11, maxit = 200)))

## The panel: each round fitted to margins of its own, the rounds stacked.

panel <- read.csv("panel.csv")
panel$design <- panel$adults / panel$probability
class <- interaction(panel$round, panel$stratum, panel$age)
panel$attrition <- panel$design * panel$stayed * ave(panel$design, class, FUN = sum) /
  ave(panel$design * panel$stayed, class, FUN = sum)
attrition <- panel$attrition
stays <- panel[panel$stayed == 1, ]

targets <- list(
  sex = list(c(f = 5150, m = 4850), c(f = 5230, m = 4870), c(f = 5260, m = 4990)),
  age = list(c(`16-34` = 3000, `35-64` = 4600, `65+` = 2400), c(`16-34` = 2950, `35-64` = 4650, `65+` = 2500),
             c(`16-34` = 2950, `35-64` = 4700, `65+` = 2600)),
  area = list(c(east = 3500, north = 3300, west = 3200), c(east = 3500, north = 3400, west = 3200),
              c(east = 3550, north = 3400, west = 3300)))
for (name in names(targets)) stays[[paste0("of_", name)]] <- paste(stays$round, stays[[name]])
frequencies <- lapply(names(targets), function(name) {
  made <- data.frame(unlist(lapply(1:3, function(r) paste(r, names(targets[[name]][[r]])))),
                     Freq = unlist(targets[[name]]))
  names(made)[1] <- paste0("of_", name)
  made
})
# One column for each category of each round, without those that follow from the others.
indicators <- NULL
for (name in names(targets)) for (r in 1:3) {
  categories <- names(targets[[name]][[r]])
  for (category in if (name == "sex") categories else categories[-1]) {
    column <- make.names(paste(name, r, category))
    stays[[column]] <- as.numeric(stays$round == r & stays[[name]] == category)
    indicators[column] <- targets[[name]][[r]][category]
  }
}
formula <- as.formula(paste("~ 0 +", paste(names(indicators), collapse = " + ")))
# Starting weights at the size of the population, so that bounds are of the same factors.
people <- sapply(1:3, function(r) sum(targets$sex[[r]]))
stays$start <- stays$attrition * people[stays$round] / ave(stays$attrition, stays$round, FUN = sum)
# svyby cannot give the covariances of domains of a calibrated design: means are made of totals.
stays$answered <- as.numeric(!is.na(stays$score))
stays$given <- ifelse(is.na(stays$score), 0, stays$score)
stays$top <- as.numeric(stays$given >= 4)
domains <- c(as.list(1:3), unlist(lapply(c("east", "north", "west"), function(a) paste(1:3, a)), recursive = FALSE))
for (d in seq_along(domains)) {
  inside <- if (d <= 3) stays$round == domains[[d]] else paste(stays$round, stays$area) == domains[[d]]
  for (name in c("answered", "given", "top")) stays[[paste0(name, d)]] <- stays[[name]] * inside
}
stated <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~start, data = stays)

of_panel <- function(design) {
  each <- seq_along(domains)
  averages <- function(of, over) {
    totals <- svytotal(reformulate(c(paste0(of, over), paste0("answered", over))), design)
    svycontrast(totals, lapply(setNames(over, over), function(d)
      str2lang(paste0(of, d, " / answered", d))))
  }
  means <- averages("given", each)
  list(weights = unname(weights(design)),
       means = list(domains = domains, value = unname(coef(means)), covariance = unname(vcov(means))),
       top_by_round = plain(averages("top", 1:3)),
       spend_by_round_and_age = plain(svyby(~spend, ~ round + age, design, svytotal)),
       change = plain(svycontrast(means, replace(0 * coef(means), c(1, 3), c(-1, 1)))))
}

raked <- rake(stated, lapply(frequencies, function(f) as.formula(paste("~", names(f)[1]))), frequencies,
              control = list(maxit = 2000, epsilon = 1e-10))
fit <- function(...) calibrate(stated, formula, indicators, epsilon = 1e-11, maxit = 500, ...)

## Trimming, at multiples of each round's mean; then raked again.

LOWER <- 0.4; UPPER <- 2.2
one_round <- function(r) {
  own <- stays[stays$round == r, ]
  design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~start, data = own)
  average <- mean(own$start)
  freq <- lapply(frequencies, function(f) f[startsWith(f[[1]], paste0(r, " ")), ])
  fitted <- function(d) rake(d, lapply(freq, function(f) as.formula(paste("~", names(f)[1]))), freq,
                             control = list(maxit = 2000, epsilon = 1e-10))
  cut <- function(d) trimWeights(d, lower = LOWER * average, upper = UPPER * average, strict = TRUE)
  once <- trimWeights(design, lower = LOWER * average, upper = UPPER * average)
  trimmed <- cut(design)
  both <- trimmed
  for (turn in 1:100) both <- fitted(cut(both))
  # The trimmed weights stated afresh, and raked: standard errors of the last raking.
  afresh <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~w,
                      data = transform(own, w = unname(weights(trimmed))))
  again <- calibrate(afresh, reformulate(c("0", grep(paste0("\\.", r, "\\."), names(indicators), value = TRUE))),
                     indicators[grep(paste0("\\.", r, "\\."), names(indicators))], calfun = "raking",
                     epsilon = 1e-11, maxit = 200)
  list(round = r, once = unname(weights(once)), trimmed = unname(weights(trimmed)),
       raked = unname(weights(fitted(trimmed))), by_turns = unname(weights(both)),
       mean = plain(svyratio(~given, ~answered, again)),
       spend = plain(svytotal(~spend, again)))
}

## A stratum of a single cluster: what each rule makes of residuals.

alone <- stays[stays$round == 1 & (stays$stratum != "s1" | stays$cluster == "1-1"), ]
of_sex <- data.frame(sex = c("f", "m"), Freq = c(5150, 4850))
single <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~start, data = alone)
rules <- lapply(c(certainty = "certainty", remove = "remove", adjust = "adjust", average = "average"),
  function(rule) {
    options(survey.lonely.psu = rule)
    made <- postStratify(single, ~sex, of_sex)
    list(mean = plain(svyratio(~given, ~answered, made)), spend = plain(svytotal(~spend, made)),
         spend_by_area = plain(svyby(~spend, ~area, made, svytotal)))
  })
options(survey.lonely.psu = "fail")

clustered_answers <- of_schools(in_districts, c(0.5, 1.8))
stratified_answers <- of_schools(by_type, c(0.97, 1.03))
answers <- list(
  schools_in_districts = clustered_answers,
  schools_by_type = stratified_answers,
  schools_in_two_stages = fitted_twice,
  lonely = rules,
  targets = targets,
  attrition = attrition,
  panel = list(
    stated = of_panel(stated),
    post_stratified = of_panel(postStratify(stated, ~of_age, frequencies[[2]])),
    raked = of_panel(raked),
    linear = of_panel(fit()),
    raking = of_panel(fit(calfun = "raking")),
    # To the totals that the stated weights have: no weight moves, only the residuals count.
    already = of_panel(calibrate(stated, formula, calfun = "raking", epsilon = 1e-11, maxit = 500,
      population = sapply(names(indicators), function(column) sum(stays$start * stays[[column]])))),
    bounded_linear = of_panel(fit(bounds = c(0.6, 1.7))),
    logit = of_panel(fit(calfun = "logit", bounds = c(0.5, 2.2)))),
  trimmed = lapply(1:3, one_round))
written(answers, "answers.json")
