// Package explain says what a publication knows of one customer: the scores and where their
// cut points are, what the models expect, how past and future value add up, the stage and
// the tier with what they rest on, and what changed since the night before and why.
//
// In come a publication and an id; out comes a [Customer], which has every number, and
// [Customer.Text], which has the same in words that can be read out to the customer.
//
//	find.go       from an id, as somebody typed it, to a customer
//	customer.go   Of: all of it
//	scores.go     outlook.go, stage.go, tier.go, purchases.go: a part each; money.go adds up
//	contacts.go   what campaigns have done with the customer
//	night.go      a night by which customers can be valued again (package revaluation)
//	change.go     what changed since the night before; parts.go in parts that add up: future
//	              value by the lines of the equity ledger (package asset/equity)
//	history.go    the customer on all nights beside a publication
//	text*.go      the words
//
// All is read from publications. What one does not hold is not guessed: a part that cannot
// be told apart from another says so.
package explain
