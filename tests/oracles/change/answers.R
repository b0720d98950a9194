# What R's survey package answers to the panel beside it.
# Debian 12: R 4.2.2, survey 4.1-1. Run in this directory: Rscript answers.R
library(survey)
source("../written.R")

panel <- read.csv("panel.csv")
panel$top <- as.integer(panel$trust >= 4)
for (name in c("trust", "safe", "tenure", "victim")) panel[[paste0(name, "_f")]] <- factor(panel[[name]])
panel$round_f <- factor(panel$round)
# A stratum whose rounds share no place is a stratum a round: those rounds are independent samples.
panel$linked <- ifelse(panel$stratum == "d", paste(panel$stratum, panel$round), panel$stratum)
before <- function(column, earlier, later) {
  ids <- panel$person[panel$round == earlier]
  said <- panel[[column]][panel$round == earlier]
  ifelse(panel$round == later, said[match(panel$person, ids)], NA)
}
panel$from12 <- before("trust", 1, 2)
met12 <- panel$person[!is.na(panel$from12) & !is.na(panel$trust)]
panel$both12 <- panel$round %in% 1:2 & panel$person %in% met12

stated <- svydesign(ids = ~cluster, strata = ~linked, weights = ~weight, data = panel, nest = TRUE)
apart <- svydesign(ids = ~interaction(cluster, round), strata = ~interaction(stratum, round),
                   weights = ~weight, data = panel, nest = TRUE)
persons <- svydesign(ids = ~person, strata = NULL, weights = ~weight, data = panel)
answered <- subset(stated, !is.na(trust))

t_test <- function(delta, df) {
  value <- unname(coef(delta)); se <- as.vector(SE(delta))
  list(value = value, se = se, df = df, interval = value + c(-1, 1) * qt(0.975, df) * se,
       p = 2 * pt(-abs(value / se), df))
}
change <- function(formula, design, earlier, later) {
  two <- subset(design, round %in% c(earlier, later))
  made <- svyby(formula, ~round, two, svymean, covmat = TRUE)
  v <- vcov(made)
  c(list(v1 = v[1, 1], v2 = v[2, 2], c12 = v[1, 2], n = as.vector(table(two$variables$round[is.finite(two$prob) & two$prob > 0]))),
    t_test(svycontrast(made, c(-1, 1)), degf(two)))
}
pairs <- list(c(1, 2), c(1, 3), c(2, 3))
over_pairs <- function(formula, design)
  lapply(pairs, function(both) c(list(earlier = both[1], later = both[2]), change(formula, design, both[1], both[2])))

# North's change less west's, from the six estimates' joint covariance.
did <- function() {
  two <- subset(answered, round %in% 1:2 & area %in% c("north", "west"))
  made <- svyby(~trust, ~ round + area, two, svymean, covmat = TRUE)
  stopifnot(identical(as.character(made$area), c("north", "north", "west", "west")))
  t_test(svycontrast(made, c(-1, 1, 1, -1)), degf(two))
}

# The last answer follows from the others, so it is left out and the rest inverted.
wald <- function(d, v, df) {
  kept <- seq_len(length(d))
  chi2 <- as.vector(t(d) %*% solve(v, d)); r <- length(d)
  f <- chi2 * (df - r + 1) / (df * r)
  list(chi2 = chi2, rank = r, df = df, f = f, p = pf(f, r, df - r + 1, lower.tail = FALSE))
}
whole <- function(formula, design, earlier, later) {
  two <- subset(design, round %in% c(earlier, later))
  made <- svyby(formula, ~round, two, svymean, covmat = TRUE)
  k <- length(coef(made)) / 2
  contrast <- matrix(0, k - 1, 2 * k)  # coefficients run over rounds within an answer
  labels <- names(coef(made))
  first <- grep(paste0("^", earlier, ":"), labels); second <- grep(paste0("^", later, ":"), labels)
  for (i in seq_len(k - 1)) { contrast[i, first[i]] <- -1; contrast[i, second[i]] <- 1 }
  wald(as.vector(contrast %*% coef(made)), contrast %*% vcov(made) %*% t(contrast), degf(two))
}

association <- function(formula, design) {
  f <- svychisq(formula, design, statistic = "F"); chi2 <- svychisq(formula, design, statistic = "Chisq")
  list(f = unname(f$statistic), d = unname(f$parameter[1]), dd = unname(f$parameter[2]),
       p = as.vector(f$p.value), chi2 = unname(chi2$statistic), p_first_order = as.vector(chi2$p.value))
}

times <- c(0, 2, 5)
line <- function(value, v, df) {
  x <- cbind(1, times); w <- solve(v); b <- solve(t(x) %*% w %*% x); beta <- b %*% t(x) %*% w %*% value
  rest <- value - x %*% beta
  q <- as.vector(t(rest) %*% w %*% rest); se <- sqrt(b[2, 2])
  list(slope = beta[2], se = se, df = df, interval = beta[2] + c(-1, 1) * qt(0.975, df) * se,
       p = 2 * pt(-abs(beta[2] / se), df), departure = q, departure_p = pf(q, 1, df, lower.tail = FALSE))
}
trend <- function(formula, design) {
  made <- svyby(formula, ~round, design, svymean, covmat = TRUE)
  line(coef(made), vcov(made), degf(design))
}

moves <- function() {
  paired <- subset(stated, both12 & round == 2)
  paired <- update(paired, cell = factor(paste(from12, trust)), from_f = factor(from12),
                   way = factor(sign(trust - from12), labels = c("down", "same", "up")),
                   moved = as.integer(trust != from12), net = sign(trust - from12),
                   net4 = (trust == 4 & from12 != 4) - (trust != 4 & from12 == 4))
  told <- function(formula) { made <- svymean(formula, paired); list(value = unname(coef(made)), se = unname(as.vector(SE(made)))) }
  cells <- svymean(~cell, paired)
  rows <- svyby(~trust_f, ~from12, paired, svymean)
  list(cells = list(label = sub("^cell", "", names(coef(cells))), value = unname(coef(cells)), se = as.vector(SE(cells))),
       rows = list(from = rows$from12, value = unname(as.matrix(rows[, 2:6])), se = unname(as.matrix(rows[, 7:11]))),
       ways = told(~way), moved = told(~moved), net = told(~net), net4 = told(~net4),
       n = sum(paired$prob < Inf), df = degf(paired))
}

# Every round fitted to the same known people by area and by tenure, linearly.
known <- expand.grid(round_f = factor(1:3), area = c("east", "north", "west"), tenure = c("other", "own", "rent"))
known$people <- 1000 * c(east = 0.35, north = 0.3, west = 0.35)[as.character(known$area)] *
  c(other = 0.1, own = 0.5, rent = 0.4)[as.character(known$tenure)]
totals <- colSums(model.matrix(~ round_f / (area + tenure), known) * known$people)
fitted <- calibrate(stated, ~ round_f / (area + tenure), totals, calfun = "linear")
# R 4.2's svyby gives no covariance between domains of a fitted design, so means of domains are taken from totals
# of everybody: J V J', with the ratios' derivatives J. What is missing or outside counts nothing.
ratios <- function(above, below) {
  k <- ncol(above)
  made <- svytotal(cbind(above, below), fitted); t <- as.vector(coef(made))
  j <- cbind(diag(1 / t[k + 1:k], k), diag(-t[1:k] / t[k + 1:k]^2, k))
  list(value = t[1:k] / t[k + 1:k], v = j %*% vcov(made) %*% t(j))
}
rounds_of <- function(y, inside, waves) {
  inside <- inside & !is.na(y); y <- ifelse(inside, y, 0)
  below <- sapply(waves, function(r) as.numeric(inside & panel$round == r))
  ratios(y * below, below)
}
fitted_change <- function(y, inside, earlier, later) {
  made <- rounds_of(y, inside, c(earlier, later)); v <- made$v
  df <- degf(subset(stated, inside & !is.na(y) & round %in% c(earlier, later)))
  value <- made$value[2] - made$value[1]; se <- sqrt(v[1, 1] + v[2, 2] - 2 * v[1, 2])
  list(v1 = v[1, 1], v2 = v[2, 2], c12 = v[1, 2], value = value, se = se, df = df,
       p = 2 * pt(-abs(value / se), df))
}
fitted_whole <- function(earlier, later) {
  inside <- !is.na(panel$trust)
  below <- sapply(rep(c(earlier, later), each = 4), function(r) as.numeric(inside & panel$round == r))
  above <- below * sapply(rep(1:4, 2), function(a) as.numeric(inside & panel$trust %in% a))
  made <- ratios(above, below); d <- cbind(-diag(4), diag(4))
  wald(as.vector(d %*% made$value), d %*% made$v %*% t(d), degf(subset(answered, round %in% c(earlier, later))))
}
everybody <- rep(TRUE, nrow(panel))

first <- subset(stated, round == 1)
answers <- list(
  mean = over_pairs(~trust, answered),
  top = over_pairs(~top, answered),
  independent = over_pairs(~trust, subset(apart, !is.na(trust))),
  persons = over_pairs(~trust, subset(persons, !is.na(trust))),
  panel_only = change(~trust, subset(stated, both12), 1, 2),
  panel_only_north = change(~trust, subset(stated, both12 & area == "north"), 1, 2),
  north = change(~trust, subset(answered, area == "north"), 1, 2),
  difference_of_changes = did(),
  whole = lapply(pairs, function(both)
    c(list(earlier = both[1], later = both[2]), whole(~trust_f, answered, both[1], both[2]))),
  whole_panel = whole(~trust_f, subset(stated, both12), 1, 2),
  whole_north = whole(~trust_f, subset(answered, area == "north"), 1, 3),
  association = list(
    trust_round = association(~ trust_f + round_f, answered),
    tenure_victim = association(~ tenure_f + victim_f, first),
    trust_tenure = association(~ trust_f + tenure_f, answered),
    trust_tenure_north = association(~ trust_f + tenure_f, subset(answered, area == "north")),
    empty_cells = association(~ trust_f + tenure_f, subset(answered, round == 1 & area == "north")),
    trust_safe = association(~ trust_f + safe_f, subset(answered, !is.na(safe)))
  ),
  moves = moves(),
  calibrated = list(
    mean = fitted_change(panel$trust, everybody, 1, 2),
    panel_only = fitted_change(panel$trust, panel$both12, 1, 2),
    whole = fitted_whole(1, 3),
    tenure_victim = association(~ tenure_f + victim_f, fitted),
    net = rounds_of(ifelse(panel$both12, sign(panel$trust - panel$from12), NA), panel$both12, 2),
    trend = with(rounds_of(panel$trust, everybody, 1:3), line(value, v, degf(answered)))
  ),
  trend = list(everybody = trend(~trust, answered), top = trend(~top, answered),
               north = trend(~trust, subset(answered, area == "north")))
)
written(answers, "answers.json")
