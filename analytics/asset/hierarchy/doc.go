// Package hierarchy rolls the value of customers up to the accounts above them.
//
// In come which account stands below which (package accounts decides it), and what each
// customer has bought and is worth. Out comes hierarchy.csv: for each account its own, and
// its own with all below it. Nothing is counted twice: the sums over the accounts at the top,
// and over those who are in no hierarchy, are the sums over all customers.
//
// Where the account at the top is the customer, the stages have worked on accounts all
// along; accounts.csv then lists of whom each consists.
//
//	hierarchy.go  the stage
//	rollup.go     sums from below to the top
//	members.go    of whom accounts consist
//	columns.go    the files
package hierarchy
