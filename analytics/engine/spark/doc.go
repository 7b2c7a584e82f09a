// Package spark runs SQL on a Spark cluster, as an engine.
//
// In come the statements of the ledger and the plan of a reduce, written in Spark's
// dialect; out come the rows of customers. Nothing but small answers passes through the
// server: what a step makes for later is written to the stage as Parquet, a folder that the cluster and
// this machine both reach, and what it hands over is read from there by a DuckDB of its
// own.
//
//	engine.go   the engine: statements that make views, and small answers
//	bring.go    rows of this machine that the cluster reads
//	reduce.go   the plan of a reduce: each step staged or viewed, and read back
//	table.go    a table of the catalogue that shows what a night found
package spark
