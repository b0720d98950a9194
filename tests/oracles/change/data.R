# Makes the panel the answers are computed from. Invented; the seed keeps it the same.
# Run in this directory: Rscript data.R

# Three rounds (0, 2 and 5 years) of a household panel in 4 strata of 12 places, 9 of them visited in a round:
# places 1-6 in every round, 7-9 in the first, 8-10 in the second, 10-12 in the third. People are met again in
# seven cases of ten; those lost are replaced by others of the same place. `independent` strata (d) change all
# their places each round.
set.seed(20110704)
places <- list(c(1:6, 7:9), c(1:6, 8:10), c(1:6, 10:12))
times <- c(0, 2, 5)
people <- new.env(); counter <- 0
meet <- function(place, size, effect, stratum) {
  known <- get0(place, envir = people)
  stay <- if (is.null(known)) NULL else known[runif(nrow(known)) < 0.7, ]
  fresh <- max(0, size - NROW(stay))
  ids <- counter + seq_len(fresh); counter <<- counter + fresh
  new <- data.frame(person = sprintf("p%04d", ids), own = rnorm(fresh, 0, 0.9),
                    area = if (fresh) sample(c("east", "north", "west"), fresh, replace = TRUE) else character(0),
                    base = round(runif(fresh, 0.5, 2.4), 3))
  now <- rbind(stay, new); assign(place, now, envir = people)
  now
}
effects <- list(); rows <- list()
for (round in 1:3) for (stratum in c("a", "b", "c", "d")) for (c in places[[round]]) {
  place <- if (stratum == "d") sprintf("d%d-%02d", round, c) else sprintf("%s-%02d", stratum, c)
  if (is.null(effects[[place]])) effects[[place]] <- rnorm(1, 0, 0.35)
  now <- meet(place, sample(9:17, 1), effects[[place]], stratum)
  n <- nrow(now)
  drift <- 0.06 * times[round] + ifelse(now$area == "north", 0.08 * times[round], 0)
  latent <- 2.9 + drift + effects[[place]] + rnorm(1, 0, 0.12) + now$own + rnorm(n, 0, 0.6)
  likert <- function(x) pmin(5, pmax(1, round(x)))
  rows[[length(rows) + 1]] <- data.frame(
    round = round, stratum = stratum, cluster = place, person = now$person, area = now$area,
    weight = round(now$base * runif(n, 0.8, 1.25), 3),
    trust = ifelse(runif(n) < 0.07, NA, likert(latent)),
    safe = ifelse(runif(n) < 0.05, NA, likert(0.6 * latent + rnorm(n, 1.4, 0.8))),
    victim = as.integer(runif(n) < plogis(-0.6 - 0.5 * (latent - 3))),
    tenure = sample(c("own", "rent", "other"), n, replace = TRUE, prob = c(0.55, 0.38, 0.07))
  )
}
write.csv(do.call(rbind, rows), "panel.csv", row.names = FALSE, na = "")
