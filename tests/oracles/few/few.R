# A handful of partners and short series: R's own tests where they are exact, else every pattern of signs and every
# order counted one by one, and closed forms from base R. Run in this directory: Rscript few.R
source("../written.R")

# A handful of partners ------------------------------------------------------------------------------------------

signs <- function(m) as.matrix(expand.grid(rep(list(c(-1, 1)), m)))
share_as_far <- function(all, seen) mean(abs(all) >= abs(seen) - 1e-9)
smallest_of <- function(all) share_as_far(all, max(abs(all)))

flipped <- function(amounts) {
  amounts <- amounts[amounts != 0]
  share_as_far(signs(length(amounts)) %*% abs(amounts), sum(amounts))
}
pratt <- function(changes) {
  ranks <- rank(abs(changes))
  flipped((sign(changes) * ranks)[changes != 0])
}
paired <- list(
  plain = c(5, 12.5, 20, -2.5, 30, 7.5, -17.5),
  tied = c(5, 5, -5, 10, 10, 15, -2.5, 20),
  zeros = c(0, 5, 10, 0, 15, -20, 25, 30, 0, -5),
  fine = c(0.12345, -0.00217, 0.31416, 0.27183, 0.16181, -0.05772, 0.14142, 0.22361, 0.30103),
  thirds = c(10 / 3, 20 / 3, -5 / 3, 10, 25 / 7, -15 / 7, 40 / 3)
)

shrout_fleiss <- rbind(c(9, 2, 5, 8), c(6, 1, 3, 2), c(8, 4, 6, 8), c(7, 1, 2, 6), c(10, 5, 6, 9), c(6, 2, 4, 7))
partners <- rbind(
  c(40, 55, 60, 35, 70, 45, 50, 65), c(35, 50, 65, 30, 60, 40, 55, 70), c(45, 60, 55, 40, 75, 35, 45, 60),
  c(30, 45, 70, 25, 65, 50, 40, 55), c(50, 40, 60, 45, 55, 30, 60, 75)
)
camps <- rbind(c(0, 100, 0, 100), c(5, 90, 10, 95), c(100, 5, 90, 0))

intraclass <- function(scores) {
  long <- data.frame(y = as.vector(scores), target = factor(row(scores)), person = factor(col(scores)))
  ms <- anova(lm(y ~ target + person, long))[["Mean Sq"]]
  n <- nrow(scores)
  k <- ncol(scores)
  told <- function(below) if (below > 0) (ms[1] - ms[3]) / below
  list(
    scores = scores,
    single = told(ms[1] + (k - 1) * ms[3] + k * (ms[2] - ms[3]) / n),
    average = told(ms[1] + (ms[2] - ms[3]) / n)
  )
}
cronbach <- function(scores, level = 0.95) {
  k <- nrow(scores)
  n <- ncol(scores)
  alpha <- k / (k - 1) * (1 - sum(apply(scores, 1, var)) / var(colSums(scores)))
  tails <- c((1 + level) / 2, (1 - level) / 2)
  list(scores = scores, alpha = alpha, limits = 1 - (1 - alpha) * qf(tails, n - 1, (n - 1) * (k - 1)))
}

# Krippendorff by its definition: disagreement over all pairs within units, and over all pairs of all values.
alpha_by_pairs <- function(codes, squared) {
  units <- lapply(seq_len(nrow(codes)), function(u) codes[u, !is.na(codes[u, ])])
  units <- units[lengths(units) > 1]
  all <- unlist(units)
  over <- function(values) sum(outer(values, values, Vectorize(function(a, b) squared(a, b, all))))
  observed <- sum(sapply(units, function(v) over(v) / (length(v) - 1))) / length(all)
  1 - observed / (over(all) / (length(all) * (length(all) - 1)))
}
metrics <- list(
  nominal = function(a, b, all) as.numeric(a != b),
  ordinal = function(a, b, all) {
    between <- sum(all >= min(a, b) & all <= max(a, b))
    (between - (sum(all == a) + sum(all == b)) / 2)^2
  },
  interval = function(a, b, all) (a - b)^2
)
krippendorff_2011 <- t(rbind(
  c(1, 2, 3, 3, 2, 1, 4, 1, 2, NA, NA, NA), c(1, 2, 3, 3, 2, 2, 4, 1, 2, 5, NA, 3),
  c(NA, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, NA), c(1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, NA)
))
grades <- rbind(c(0, 4), c(1, 1), c(2, 3), c(4, 4), c(NA, 2), c(3, 0), c(2, 2))
fives <- rbind(c(35, 40, 55), c(60, NA, 62.5), c(70, 75, 75), c(NA, 10, 15), c(50, 50, 50))
alphas <- lapply(list(published = krippendorff_2011, grades = grades, fives = fives), function(codes) {
  c(list(codes = codes), lapply(metrics, function(squared) alpha_by_pairs(codes, squared)))
})

# Series -----------------------------------------------------------------------------------------------------------

orders <- function(n) {
  if (n == 1) return(matrix(1))
  less <- orders(n - 1)
  do.call(rbind, lapply(seq_len(n), function(i) cbind(i, less + (less >= i))))
}
rho <- function(x, y) if (length(unique(x)) < 2 || length(unique(y)) < 2) 0 else cor(rank(x), rank(y))
spearman <- function(x, y) {
  everything <- apply(orders(length(y)), 1, function(o) rho(x, y[o]))
  list(rho = rho(x, y), p = share_as_far(everything, rho(x, y)), smallest_p = smallest_of(everything))
}
kendall_s <- function(y) sum(sign(outer(y, y, "-"))[lower.tri(diag(length(y)))])
sen <- function(t, y, level = 0.95) {
  slopes <- sort((outer(y, y, "-") / outer(t, t, "-"))[lower.tri(diag(length(y)))])
  falling <- (length(slopes) - apply(orders(length(y)), 1, kendall_s)) / 2
  k <- max(which(sapply(seq_len(length(slopes) / 2), function(k) mean(falling < k)) <= (1 - level) / 2))
  everything <- apply(orders(length(y)), 1, function(o) kendall_s(y[o]))
  list(
    times = t, values = y, slope = median(slopes), limits = c(slopes[k], rev(slopes)[k]), s = kendall_s(y),
    p = share_as_far(everything, kendall_s(y)), smallest_p = smallest_of(everything)
  )
}
trends <- list(
  seven = sen(c(2010, 2011, 2012, 2013.5, 2014, 2016, 2017), c(31.2, 30.8, 29.9, 30.1, 28.7, 27.5, 27.9)),
  tied = sen(2001:2008, c(4, 4, 5, 5, 5, 7, 6, 8))
)

leading <- c(12.1, 11.8, 13.0, 14.2, 13.9, 15.5, 16.0, 15.2)
following <- c(50, 51, 49.5, 53, 55, 54, 58, 59.5)
tied <- c(2, 2, 3, 3, 3, 5, 5, 4)
at_lag <- function(x, y, lag) {
  n <- length(x)
  list(x = x[seq_len(n - lag)], y = y[seq_len(n - lag) + lag])
}
lagged <- function(x, y, lag) {
  one <- at_lag(x, y, lag)
  two <- at_lag(diff(x), diff(y), lag)
  list(
    lag = lag, levels = spearman(one$x, one$y),
    differences = if (length(two$x) >= 5) spearman(two$x, round(two$y, 9)) else NULL
  )
}
strongest <- function(x, y, lags) {
  lags <- lags[length(x) - lags >= 5]
  largest <- function(y) max(sapply(lags, function(lag) with(at_lag(x, y, lag), abs(rho(x, y)))))
  everything <- apply(orders(length(y)), 1, function(o) largest(y[o]))
  list(rho = largest(y), p = share_as_far(everything, largest(y)), smallest_p = smallest_of(everything))
}
scanned <- function(x, y, lags) list(
  leading = x, following = y, lags = lags,
  levels = strongest(x, y, lags), differences = strongest(diff(x), round(diff(y), 9), lags)
)

weighted <- function(t, y, se, level = 0.95) {
  made <- lm(y ~ t, weights = 1 / se^2)
  df <- made$df.residual
  q <- sum(residuals(made)^2 / se^2)
  slope <- unname(coef(made)["t"])
  by_errors <- sqrt(summary(made)$cov.unscaled["t", "t"])
  by_scatter <- summary(made)$coefficients["t", "Std. Error"]
  tail <- (1 + level) / 2
  list(
    times = t, values = y, errors = se, slope = slope, se = by_errors, q = q, q_p = pchisq(q, df, lower.tail = FALSE),
    p = max(2 * pnorm(-abs(slope) / by_errors), summary(made)$coefficients["t", "Pr(>|t|)"]),
    limits = slope + c(-1, 1) * max(qnorm(tail) * by_errors, qt(tail, df) * by_scatter)
  )
}
weighted_trends <- list(
  close = weighted(c(2016, 2017, 2018.5, 2020), c(0.62, 0.64, 0.655, 0.69), c(0.021, 0.018, 0.025, 0.03)),
  scattered = weighted(2011:2016, c(3.1, 3.4, 3.0, 3.6, 3.2, 3.9), c(0.08, 0.1, 0.07, 0.12, 0.09, 0.1))
)

individuals <- c(31, 28, 35, 33, 30, 41, 29, 32, 34, 30, 36)
xmr <- list(
  values = individuals, mean = mean(individuals), mean_range = mean(abs(diff(individuals))),
  limits = mean(individuals) + c(-1, 1) * 2.66 * mean(abs(diff(individuals)))
)

funnel <- function(counts, bases) {
  theta <- sum(counts) / sum(bases)
  z <- (counts / bases - theta) / sqrt(theta * (1 - theta) / bases)
  ends <- quantile(z, c(0.1, 0.9), names = FALSE)
  phi <- mean(pmin(pmax(z, ends[1]), ends[2])^2)
  lower <- function(p, share) {
    r <- qbinom(p, bases, share)
    (r - (pbinom(r, bases, share) - p) / dbinom(r, bases, share)) / bases
  }
  limits <- function(p) {
    exact <- cbind(lower(p, theta), 1 - lower(p, 1 - theta))
    pmin(pmax(theta + sqrt(max(1, phi)) * (exact - theta), 0), 1)
  }
  list(
    counts = counts, bases = bases, target = theta, dispersion = phi, warning = limits(0.025), alarm = limits(0.001)
  )
}
funnels <- list(
  alike = funnel(c(12, 30, 8, 55, 19, 3), c(100, 260, 90, 480, 150, 20)),
  scattered = funnel(c(12, 90, 8, 25, 59, 1, 33, 70, 4, 18, 41), c(100, 260, 90, 480, 150, 20, 310, 205, 88, 64, 402))
)

answers <- list(
  paired = lapply(paired, function(d) list(changes = d, wilcoxon = pratt(d), sign_flip = flipped(d))),
  untied_wilcoxon = wilcox.test(paired$plain, exact = TRUE)$p.value,
  intraclass = lapply(list(published = shrout_fleiss, partners = partners, camps = camps), intraclass),
  cronbach = lapply(list(published = shrout_fleiss, partners = partners, camps = camps), cronbach),
  krippendorff = alphas,
  trend = trends,
  lagged = list(leading = leading, following = following, tied = tied,
                at = lapply(0:3, function(lag) lagged(leading, following, lag)),
                at_tied = lapply(0:3, function(lag) lagged(leading, tied, lag))),
  scan = list(plain = scanned(leading, following, 0:3), tied = scanned(leading, tied, 0:2)),
  weighted_trend = weighted_trends,
  xmr = xmr,
  funnel = funnels
)
written(answers, "few.json")
