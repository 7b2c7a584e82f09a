// Package equity keeps the ledger of customer equity: an analysis of change, as actuaries
// make it of embedded value, from one night to the next.
//
// In come two publications of a job; out comes a [Ledger], which has a line for each cause,
// for all customers, by stage, tier and segment. Equity is the sum of future value. The
// ledger is made customer by customer, of all of them, and is exact: the lines of a customer
// add up to what the closing has more than the opening, and those of a group are sums of
// customers'.
//
//	line.go      the lines, and what they are called where one customer is explained
//	nights.go    two nights by which customers are valued
//	customer.go  one customer of both nights: the way from the opening to the closing
//	between.go   all customers, read from two publications
//	ledger.go    sums by group; who moved from one to another
//	file.go      equity_ledger.csv
//	chain.go     the ledger over many nights
//
// What the older night expected of the newer one is opening + discount + became_past +
// horizon: had its models been right, the rest would be nothing on average.
package equity
