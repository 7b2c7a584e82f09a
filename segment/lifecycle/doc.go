// Package lifecycle finds the stage of each customer's relationship with a shop, and
// which customers are in decline.
//
//	purchase days, last night's record -> Tracker.Follow   -> tonight's record
//	purchase days, record              -> Tracker.Describe -> stage, momentum, decline, reasons
//
// A stage is either a base stage, which says how far the relationship had come by the
// last purchase, or a decline, which can begin in any base stage.
//
// # How a decline is found
//
// Purchases are non-contractual: nobody says goodbye. What can be estimated is the
// momentum of a customer: the number of purchases expected within a quarter, divided by
// that at the customer's own former rate. A [Panel] says, from all customers, how
// fast the shop's own time runs, how regular gaps are and how many customers have slowed
// down; a [Forecaster] fits what is to be expected of them. Tracker.Follow then
// finds, for each customer, the nights on which momentum falls below its threshold.
//
// # The files
//
// What comes in and goes out:
//
//	purchases.go     purchase days of many customers
//	rules.go         the thresholds
//	stage.go         the stages and the kinds of decline
//	forecast.go      what a model of purchases has to say
//	tracker.go       Follow and Describe
//
// What all customers of a shop have in common, fitted once a week:
//
//	panel.go         what is fitted, and how it is checked
//	sample.go        the customers it is fitted to
//	clock.go         the shop's own time
//	regularity.go    how regular gaps are: shares of the shapes of gamma distributions
//	bound.go         which customers below the threshold of momentum are in decline
//	model.go         all of it made ready for use on one customer after another
//	table.go         the forecast at some points, looked up many million times
//
// One customer:
//
//	life.go          what is remembered, and how a night or a purchase changes it
//	history.go       the purchases so far
//	basestage.go     the stage that they reach
//	gapstatistic.go  what the gaps say about their shape
//	posterior.go     how probable each shape is, and what that makes of a silence
//	slowdown.go      the paces at which the customer may buy now
//	momentum.go      what is expected of the customer, from all of these
//
// What is said about one customer:
//
//	describe.go      a row of the result
//	renewals.go      whether a decline was gradual or sudden
//	reason.go        the same in words
//
// # What a night remembers
//
// [Record] is the state: a panel, fitted anew on each Sunday, and a [Life] of each
// customer. It is a function of the purchases and of the record before, so that
// nights that were missed can be followed later, to the same result.
package lifecycle
