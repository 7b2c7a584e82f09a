// Command realshops asks whether what is published of real shops turns out: it
// runs nights of the past, and compares what each said with what the same
// customers did after it.
//
//	go run -tags duckdb_arrow ./benchmarks/studies/realshops ../shared/data
//	go run -tags duckdb_arrow ./benchmarks/studies/realshops ../shared/data --set uci --origins 2
//	go run -tags duckdb_arrow ./benchmarks/studies/realshops ../shared/data --before benchmarks/results/realshops-2026-11-26-before.json
//
// Data flows through one file after another:
//
//	sets.go      how the exports of package published are read here
//	visits.go    an export read by this program itself: who bought when
//	agenda.go    which nights are run, and what they are asked
//	play.go      the nights of a set, one after the other
//	run.go       a night and a horizon against what came after
//	*judge.go    one question each
//	stats.go     the statistics
//	results.go   what is kept of it, as JSON
//	tables.go    the tables
package main
