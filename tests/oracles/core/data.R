# Writes R's own data (package survey), the columns that the answers need, and an invented sample of three
# stages with strata at two of them. Run in this directory: Rscript data.R
library(survey)
data(api); data(mu284); data(fpc); data(scd); data(nhanes); data(hospital)

kept <- function(data, name, columns) {
  write.csv(data[columns], paste0(name, ".csv"), row.names = FALSE, na = "")
}
outcomes <- c("api00", "api99", "enroll", "meals", "sch.wide", "awards")
kept(apistrat, "apistrat", c("stype", "pw", "fpc", outcomes))
kept(apiclus1, "apiclus1", c("dnum", "pw", "fpc", "stype", outcomes))
kept(apiclus2, "apiclus2", c("dnum", "snum", "fpc1", "fpc2", "pw", "stype", outcomes))
kept(mu284, "mu284", names(mu284))
kept(fpc, "fpc", names(fpc))
kept(scd, "scd", names(scd))
kept(nhanes, "nhanes", c("SDMVPSU", "SDMVSTRA", "WTMEC2YR", "HI_CHOL", "race", "RIAGENDR"))
kept(hospital, "hospital", c("hospno", "oblevel", "weighta", "tothosp", "births"))

# Districts drawn in regions, streets drawn in the halves of a district, people in a street. Region "c"
# has one district; some halves have one street.
set.seed(19140628)
rows <- list()
for (region in c("a", "b", "c", "d")) {
  for (district in seq_len(c(a = 4, b = 3, c = 1, d = 3)[region])) {
    for (half in c("hill", "river")) {
      streets <- if (half == "river" && district == 1) 1 else sample(2:3, 1)
      for (street in seq_len(streets)) {
        n <- sample(2:4, 1)
        population <- sample(6:12, 1)
        score <- rnorm(n, 3 + 0.2 * district + 0.3 * (half == "hill"), 1)
        rows[[length(rows) + 1]] <- data.frame(
          region = region, districts = c(a = 9, b = 7, c = 5, d = 8)[[region]],
          district = paste0(region, district), half = half, streets = 5 + (half == "hill"),
          street = paste0(half, street), people = population, person = seq_len(n),
          weight = round(runif(n, 0.5, 3), 3), area = sample(c("north", "south"), n, replace = TRUE),
          score = pmin(5, pmax(1, round(score))), value = round(rnorm(n, 20 + 2 * score, 4), 2)
        )
      }
    }
  }
}
write.csv(do.call(rbind, rows), "stages.csv", row.names = FALSE)
