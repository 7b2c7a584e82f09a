// Package revenue is the stage that says where revenue comes from: from first purchases, from
// what customers come back for, from more of the same, from what is new to them, from those
// who were brought by others, and from prices above the list.
//
// In come what customers bought day by day and what came back of it; out come the sources by
// month (revenue_sources.csv) and by customer (revenue.parquet), which add up to net revenue
// exactly.
//
//	sources.go  what the sources are, and how they add up
//	split.go    a customer's purchases by source
//	revenue.go  the stage
//	keeping.go  what winning a customer costs beside keeping one
//	files.go    what is published
package revenue
