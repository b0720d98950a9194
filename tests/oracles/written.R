# Answers as JSON, in base R: names become keys, matrices and data frames lists of rows, a vector of one
# a plain value.
json <- function(x, indent = "") {
  deeper <- paste0(indent, "  ")
  joined <- function(parts, open, close)
    paste0(open, "\n", paste0(deeper, parts, collapse = ",\n"), "\n", indent, close)
  inline <- function(parts) paste0("[", paste(parts, collapse = ", "), "]")
  if (is.null(x)) "null"
  else if (is.data.frame(x)) json(lapply(seq_len(nrow(x)), function(at) as.list(x[at, , drop = FALSE])), indent)
  else if (is.list(x) && length(names(x)))
    joined(paste0('"', names(x), '": ', vapply(x, json, "", deeper)), "{", "}")
  else if (is.list(x)) joined(vapply(x, json, "", deeper), "[", "]")
  else if (is.matrix(x)) joined(apply(x, 1, function(row) inline(values_of(row))), "[", "]")
  else if (length(x) == 1) values_of(x)
  else inline(values_of(x))
}

values_of <- function(x) {
  if (is.factor(x)) x <- as.character(x)
  said <- if (is.character(x)) paste0('"', x, '"')
    else if (is.logical(x)) tolower(as.character(x))
    else vapply(x, function(one) format(one, digits = 15), "")
  ifelse(is.na(x), "null", said)
}

written <- function(answers, file) cat(json(answers), "\n", file = file, sep = "")
