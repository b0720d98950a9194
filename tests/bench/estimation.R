# Seconds that R's survey takes for the means of all items in all wards: Rscript estimation.R DATA.csv REPEATS
suppressMessages(library(survey))
given <- commandArgs(trailingOnly = TRUE)
data <- read.csv(given[1])
design <- svydesign(ids = ~cluster, strata = ~stratum, weights = ~weight, data = data)
items <- reformulate(grep("^q", names(data), value = TRUE))
cat(replicate(as.integer(given[2]), system.time(svyby(items, ~ward, design, svymean))[["elapsed"]]))
