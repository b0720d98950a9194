# Exact p-values of R's own tests. Run in this directory: Rscript exact.R
source("../written.R")

changes <- list(
  six = c(5, 12.5, 20, -2.5, 30, 7.5),
  nine = c(10, -5, 22.5, 2.5, -17.5, 35, 12.5, 40, 27.5),
  fourteen = c(-1, 2, 3, -4, 5, 6, 7, -8, 9, 10, -11, 12, 13, -14)
)
series <- list(
  five = list(x = c(3, 1, 4, 6, 5), y = c(2, 1, 5, 4, 9)),
  seven = list(x = c(10, 12, 11, 15, 14, 20, 18), y = c(3, 1, 2, 0, -1, -4, -2.5)),
  eight = list(x = c(1, 2, 3, 4, 5, 6, 7, 8), y = c(4.1, 3.8, 4.6, 5.2, 4.9, 5.0, 6.3, 5.8))
)
answers <- list(
  wilcoxon = lapply(changes, function(d) list(changes = d, p = wilcox.test(d, exact = TRUE)$p.value)),
  kendall = lapply(series, function(s)
    c(s, p = cor.test(seq_along(s$y), s$y, method = "kendall", exact = TRUE)$p.value)),
  spearman = lapply(series, function(s) {
    made <- cor.test(s$x, s$y, method = "spearman", exact = TRUE)
    c(s, rho = unname(made$estimate), p = made$p.value)
  })
)
written(answers, "exact.json")
