// Command nightly times `clientele run` beside DuckDB alone.
//
// In comes a number of customers; out go, on standard output, the medians of
// wall clock, processor time and peak memory of two programs that read the
// same simulated export:
//
//	export -> clientele run        -> customers.csv, customers.parquet
//	       -> duckdb (plain SQL)   -> customers.csv, customers.parquet
//
// The second is this program calling itself: the fewest statements that lead
// from the file to one row per customer and to every column of customers that
// SQL can give. It is the floor under what the first can cost. Both run as
// processes of their own, in turn, and both results are compared, customer by
// customer: a fast program that is wrong fails the benchmark.
package main
