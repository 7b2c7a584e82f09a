// Package pictures makes pictures of a publication: for the report, and for
// `clientele plot`.
//
//	publication, the one before -> Album -> Picture: a figure, a caption and the table behind it
//
// An [Album] reads what its pictures need once, and when the first of them asks.
//
//	pictures.go    which pictures there are
//	album.go       what is read of both publications
//	table.go       the table behind a picture
//	worth.go       customer equity and who holds it; bridge.go what changed it
//	atrisk.go      what is at stake with who is slipping
//	stages.go      stages and declines; tiers.go the loyalty programme
//	segments.go    the grid of recency and frequency, segments, where they went; medians.go
//	bars.go        scores of money in that grid; pairs.go two of recency, frequency and money
//	cohorts.go     by month of the first purchase
//	payback.go     what winning customers cost and pays
//	interests.go   lost interests
//	forecasts.go   what models foretold and what came; tracking.go by time
//	matrices.go    what the models say of each frequency and recency
//	shape.go       repeat purchases, gaps and spend, beside what is fitted to them
//	timings.go     some customers; customer.go one
//
// Every number of a picture is one of a file of the publication, a sum or a share of some,
// or what the models of model.json say; its table names it. A picture that a publication
// cannot have is an error, [Missing], that says what it needs.
package pictures
