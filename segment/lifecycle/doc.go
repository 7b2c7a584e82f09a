// Package lifecycle tells the stages of customers' lives with a shop, and who is in
// decline.
//
//	purchase days, last night's record -> Tracker.Follow   -> tonight's record
//	purchase days, record              -> Tracker.Describe -> stage, momentum, decline, reasons
//
// A stage is a base stage, which tells how far the relationship had come at the last
// purchase, overlaid by a decline, which can begin in any base stage.
//
// # How a decline is found
//
// Purchases are non-contractual: nobody says goodbye. What can be told is the
// momentum of a customer: the purchases expected within a quarter, over those at
// the customer's own former rhythm. Tracker.FitPanel learns from all customers how
// fast the shop's own time runs, how regular gaps are, how many have slowed down, and
// has a [Forecaster] fit what is to be expected of them. Tracker.Follow then asks of
// each customer, night by night, whether momentum is below the bound.
//
// # The files
//
// What comes in and goes out:
//
//	purchases.go   purchase days of many customers
//	rules.go       the thresholds
//	stage.go       the stages and kinds of decline
//	forecast.go    what a model of purchases has to say
//	tracker.go     following and describing
//
// What a shop's customers have in common, fitted once a week:
//
//	panel.go       what is fitted
//	panelsample.go the customers it is fitted to
//	clock.go       the shop's own time
//	regularity.go  how regular gaps are
//	bound.go       the momentum below which a customer is in decline
//
// One customer:
//
//	life.go        what is remembered, and how a night changes it
//	basestage.go   the base stage
//	past.go        the purchases so far
//	momentum.go    what is to be expected, put together from
//	surface.go     the forecast, tabled once and looked up many million times
//	slowdown.go    the paces at which the customer may buy now
//	evenness.go, ownregularity.go  what the gaps say of the customer's regularity
//	describe.go    what a report says
//	kind.go        whether a decline was sudden or gradual
//	reason.go      the same in words
//
// # What a night remembers
//
// [Record] is the state: a panel, fitted anew on each Sunday, and a [Life] of each
// customer. It is a function of the purchases and of the record before, so that
// nights that were missed can be followed later, to the same result.
package lifecycle
