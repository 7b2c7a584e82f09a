# Fits models to tables with the R package CLVTools; see doc.go.
#
#     clvtools.R version
#     clvtools.R fit MODEL TABLE
#
# Prints one line of JSON. Times are from the package's data object in memory to
# the result, as those of the other programs are from the table.

suppressPackageStartupMessages({
  library(data.table)
  library(CLVTools)
})

fitters <- list("pareto-nbd" = pnbd, "bg-nbd" = bgnbd, "gamma-gamma" = gg)

# The columns x, t_x, t and mean spend of a table in NumPy's format 1.0.
read <- function(path) {
  file <- file(path, "rb")
  on.exit(close(file))
  start <- readBin(file, "raw", 10)
  header <- rawToChar(readBin(file, "raw", sum(as.integer(start[9:10]) * c(1, 256))))
  shape <- as.integer(strsplit(sub(".*\\((\\d+), (\\d+)\\).*", "\\1 \\2", header), " ")[[1]])
  columns <- lapply(seq_len(shape[1]), function(i) readBin(file, "double", shape[2], endian = "little"))
  setNames(as.data.table(columns), c("x", "tx", "t", "m"))
}

# The package takes purchases, not tables. These have the table's x, t_x, t and
# mean spend: repeat purchases are spread evenly over distinct days up to t_x,
# and all customers are watched until one day.
purchases <- function(table) {
  end <- as.Date("2026-06-30")
  day <- function(weeks) as.integer(round(7 * weeks))
  first <- end - day(table$t)
  x <- as.integer(table$x)
  repeated <- rep(seq_along(x), x)
  k <- sequence(x)
  data.table(
    Id = as.character(c(seq_along(x), repeated)),
    Date = c(first, first[repeated] + ceiling(k * day(table$tx)[repeated] / x[repeated])),
    Price = c(table$m, table$m[repeated])
  )
}

fit <- function(model, path) {
  data <- clvdata(purchases(read(path)),
    date.format = "ymd", time.unit = "weeks", estimation.split = NULL,
    name.id = "Id", name.date = "Date", name.price = "Price", data.end = as.Date("2026-06-30")
  )
  began <- proc.time()
  fitted <- fitters[[model]](data, verbose = FALSE)
  took <- proc.time() - began
  params <- coef(fitted)
  number <- function(v) sprintf("%.17g", v)
  sprintf('{"CPU": %s, "Wall": %s, "Params": {%s}, "log_likelihood": %s}',
    number(took[["user.self"]] + took[["sys.self"]]), number(took[["elapsed"]]),
    paste(sprintf('"%s": %s', names(params), number(params)), collapse = ", "),
    number(as.numeric(logLik(fitted)))
  )
}

args <- commandArgs(trailingOnly = TRUE)
if (args[1] == "version") {
  cat(sprintf('"CLVTools %s (R %s)"\n', packageVersion("CLVTools"), getRversion()))
} else {
  cat(fit(args[2], args[3]), "\n")
}
