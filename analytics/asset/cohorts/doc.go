// Package cohorts is the stage that says what winning customers cost and pays: by month of
// the first purchase, channel and region of that day.
//
// In come what the reduce found of each month (customers.CohortMonths), what each customer
// cost and is worth, and forecasts of groups; out comes cohorts.csv.
//
//	leaves.go   customers of one month, channel and region, added up: all else is sums of these
//	sums.go     money, exact and rounded
//	groups.go   which sums are published
//	payback.go  in which month a cohort has paid back what it cost, seen or forecast
//	curve.go    what a cohort is expected to bring until the end of each month ahead
//	list.go     the file
package cohorts
