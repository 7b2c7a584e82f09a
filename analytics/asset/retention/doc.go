// Package retention is the stage that has the tables by which finance people look at
// customers: of each month, quarter and year, who of those who bought in the one before did
// again, who came back and who is new, and what that did to revenue.
//
// In come the purchase days of customers, and what they bought and gave back on each; out
// comes retention.csv.
//
//	period.go     months, quarters and years
//	retention.go  the stage: a customer's periods, one after the other
//	row.go        what is counted of a period
//	files.go      what is published
package retention
