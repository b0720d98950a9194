# Seconds that R's survey takes to rake: Rscript raking.R DATA.csv MARGINS.csv REPEATS
suppressMessages(library(survey))
given <- commandArgs(trailingOnly = TRUE)
design <- svydesign(ids = ~1, weights = ~weight, data = read.csv(given[1]))
targets <- split(read.csv(given[2]), ~margin)
margins <- lapply(names(targets), function(name) reformulate(name))
population <- lapply(names(targets), function(name)
  setNames(targets[[name]][c("category", "people")], c(name, "Freq")))
cat(replicate(as.integer(given[3]), system.time(rake(design, margins, population))[["elapsed"]]))
