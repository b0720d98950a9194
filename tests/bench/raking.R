# Seconds that R's survey takes to rake: Rscript raking.R DATA.csv MARGINS.json REPEATS
suppressMessages({library(survey); library(jsonlite)})
given <- commandArgs(trailingOnly = TRUE)
targets <- read_json(given[2], simplifyVector = TRUE)
design <- svydesign(ids = ~1, weights = ~weight, data = read.csv(given[1]))
margins <- lapply(names(targets), function(name) reformulate(name))
population <- lapply(names(targets), function(name)
  setNames(data.frame(seq_along(targets[[name]]) - 1, Freq = targets[[name]]), c(name, "Freq")))
cat(replicate(as.integer(given[3]), system.time(rake(design, margins, population))[["elapsed"]]))
