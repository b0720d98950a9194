# Makes the data the answers are computed from: R's own samples of Californian schools, and an invented
# panel; the seed keeps it the same. Run in this directory: Rscript data.R
library(survey)
data(api)
columns <- c("dnum", "snum", "stype", "sch.wide", "pw", "fpc", "api99", "api00", "enroll")
write.csv(apiclus1[, columns], "schools_in_districts.csv", row.names = FALSE)
write.csv(apistrat[, columns], "schools_by_type.csv", row.names = FALSE)
columns <- c("dnum", "snum", "stype", "sch.wide", "pw", "fpc1", "fpc2", "api00", "enroll")
write.csv(apiclus2[, columns], "schools_in_two_stages.csv", row.names = FALSE, na = "")

# Three rounds: 4 strata of 8 clusters, 7 people each; whoever stays is asked again, and in rounds 2 and 3
# three fresh people a cluster join. A row for everybody who was to be asked; `stayed` is 0 where they left,
# and their answers are empty.
set.seed(20260314)
rows <- list()
for (stratum in 1:4) {
  for (c in 1:8) {
    place <- rnorm(1, 0, 0.5)
    people <- NULL
    for (round in 1:3) {
      fresh <- if (round == 1) 7 else 3
      people <- rbind(people, data.frame(
        sex = sample(c("f", "m"), fresh, replace = TRUE, prob = c(0.6, 0.4)),
        age = sample(c("16-34", "35-64", "65+"), fresh, replace = TRUE, prob = c(0.2, 0.45, 0.35)),
        area = sample(c("east", "north", "west"), fresh, replace = TRUE),
        adults = sample(1:4, fresh, replace = TRUE, prob = c(0.35, 0.45, 0.15, 0.05)),
        taste = rnorm(fresh, 3, 0.9)))
      n <- nrow(people)
      stayed <- if (round == 1) rep(1, n) else
        as.integer(runif(n) < ifelse(people$age == "16-34", 0.6, 0.85) | seq_len(n) > n - fresh)
      latent <- people$taste + place + 0.2 * round + 0.3 * (people$age == "65+") + rnorm(n, 0, 0.5)
      score <- ifelse(stayed == 0 | runif(n) < 0.06, NA, pmin(5, pmax(1, round(latent))))
      rows[[length(rows) + 1]] <- data.frame(
        round = round, stratum = paste0("s", stratum), cluster = sprintf("%d-%d", stratum, c),
        probability = c(0.02, 0.03, 0.05, 0.08)[stratum], people[, c("adults", "sex", "age", "area")],
        stayed = stayed, score = score,
        spend = ifelse(stayed == 0, NA, round(people$adults * rgamma(n, 4, 0.2), 2)))
      people <- people[stayed == 1, ]
    }
  }
}
write.csv(do.call(rbind, rows), "panel.csv", row.names = FALSE, na = "")
