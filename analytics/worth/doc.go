// Package worth is the stage that says what customers were worth and will be.
//
// In come the customers, the models of the night before and the days on which they were
// weighed. Out come, for each customer, past and future value with its interval, the
// chance to be alive and to buy within a quarter, and what a purchase is expected to come
// to; for the shop, customer equity and how well it is known, and which models of
// package clv all that rests on.
//
//	choose.go      which models, weighed by a backtest on fixed days (choicedays.go)
//	models.go      when customers buy and leave: the fits, and the blend of them
//	spend.go       what a purchase comes to
//	past.go        costs and margin; what customers have brought
//	ahead.go       what they are expected to bring, between what bounds (width.go: why so wide)
//	pace.go        what they would bring at a rate of purchases that is given
package worth
