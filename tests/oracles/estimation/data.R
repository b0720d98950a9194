# Makes the data the answers are computed from. Invented; the seeds keep it the same.
# Run in this directory: Rscript data.R

# Two rounds of a clustered panel: 4 strata of 6 clusters a round, 4 of them visited twice.
set.seed(20110314)
rows <- list()
for (stratum in 1:4) {
  places <- sprintf("%d-%02d", stratum, 1:8)
  effect <- rnorm(8, 0, 0.5)
  for (round in 1:2) {
    for (c in if (round == 1) 1:6 else 3:8) {
      n <- sample(7:12, 1)
      latent <- rnorm(n, 3 + 0.15 * stratum + 0.25 * (round == 2) + effect[c], 1)
      persons <- sample(1:5, n, replace = TRUE)
      rows[[length(rows) + 1]] <- data.frame(
        round = round, stratum = paste0("s", stratum), cluster = places[c],
        weight = round(runif(n, 0.4, 2.6), 3), population = 8 + 4 * stratum,
        area = sample(c("east", "north", "west"), n, replace = TRUE),
        score = ifelse(runif(n) < 0.08, NA, pmin(5, pmax(1, round(latent)))),
        yes = as.integer(latent > 3.4), rare = as.integer(runif(n) < 0.03),
        spend = round(persons * rgamma(n, 4, 0.2), 2), persons = persons
      )
    }
  }
}
write.csv(do.call(rbind, rows), "panel.csv", row.names = FALSE, na = "")

# One round with two strata of a single cluster, one of them outside the north.
set.seed(15021936)
sizes <- c(a = 4, b = 1, c = 3, d = 1)
rows <- list()
for (stratum in names(sizes)) {
  for (c in seq_len(sizes[stratum])) {
    n <- sample(5:8, 1)
    rows[[length(rows) + 1]] <- data.frame(
      stratum = stratum, cluster = paste0(stratum, c), weight = round(runif(n, 0.5, 2), 3),
      area = if (stratum == "d") "south" else sample(c("north", "south"), n, replace = TRUE),
      value = round(rnorm(n, 10 + c, 3), 2)
    )
  }
}
write.csv(do.call(rbind, rows), "lonely.csv", row.names = FALSE)
