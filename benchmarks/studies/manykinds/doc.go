// Command manykinds asks who is called in decline in shops with many kinds of
// customers: it plays shops whose customers are steady, regular, bursty, stop,
// step down, fade, grow or pause, runs a whole night over each, and counts the
// called of every kind.
//
//	go run -tags duckdb_arrow ./benchmarks/studies/manykinds
//	go run -tags duckdb_arrow ./benchmarks/studies/manykinds --customers 4000 --seed 2029,2030
//
// Data flows through one file after another:
//
//	kinds.go    how customers buy
//	shops.go    which kinds a shop has
//	play.go     dice: a shop's transactions, and who is of which kind
//	study.go    an export, a night, and who was called
//	tables.go   the tables, and the same as JSON
package main
