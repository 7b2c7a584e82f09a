// Command activation asks whether what is said of campaigns is true.
//
//	go run -tags duckdb_arrow ./benchmarks/studies/activation ../shared/data
//	go run -tags duckdb_arrow ./benchmarks/studies/activation ../shared/data --part forecasts,nothing --repeats 50
//
// Each part prints a table. The same flags give the same tables on any machine.
//
//	main.go       which parts are played
//	shops.go      nights of shops that others publish, and what came after them
//	forecasts.go  which forecast explains most of what came
//	nothing.go    campaigns that do nothing, on those shops
//	world.go      simulated customers, and what contacts do to them
//	planted.go    campaigns of known effects on them
//	small.go      small arms and heavy tails
//	budget.go     what budgets earn by several ways to choose
//	table.go      tables in Markdown
package main
