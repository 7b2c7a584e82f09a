// Package segment sorts customers into groups that a person can read: named
// segments, tiers and lifecycle stages.
//
// What comes in are columns: one entry per customer, in the caller's order, as
// slices and plain structs. What goes out are columns of the same length and
// order. The package knows no file, no database and no clock, so every result
// is a function of its arguments alone, and the same arguments give the same
// bits whatever the number of workers.
//
// The four parts do not depend on each other:
//
//	r, f, m scores    -> Scheme.Assign             -> name of a segment
//	activity, last night -> Programme.Advance      -> tiers, changes, warnings
//	purchase days     -> Lifecycle.Follow, Describe -> stage, momentum, decline, reasons
//	counts of baskets -> Interests, then Siblings  -> lost interests
//
// Whatever made the groups, [Silhouettes], [Migration] and [Separate] measure
// them, and a [Quality] judges whether they are worth having.
//
// A named segment is a table of boxes over the scores, where the first box
// that holds a customer wins. A tier is earned by reaching thresholds and may
// be capped. A lifecycle stage is a base stage, which tells how far the
// relationship had come at the last purchase, overlaid by a decline that can
// begin in any base stage.
//
// # How a decline is found
//
// Purchases are non-contractual: nobody says goodbye. What can be told is the
// momentum of a customer: the purchases expected within a quarter, over those at
// the customer's own former rhythm. Lifecycle.FitPanel learns from all
// customers how fast the shop's own time runs (Clock), how regular gaps are, how
// many have slowed down, and has a Forecaster fit what is to be expected of them.
// Lifecycle.Follow then asks of each customer, night by night, whether momentum is
// below the bound.
//
// A momentum rests on the customer's past (past.go), the paces at which the customer
// may buy now (slowdown.go), what the gaps say of the customer's regularity
// (ownregularity.go, evenness.go) and the Forecast, which is tabled once (surface.go)
// and looked up many million times; momentum.go puts them together. The bound is such
// that few of those on the list go on as before (bound.go).
//
// # How a lost interest is found
//
// Interests asks of each customer and thing (a category or a product) whether
// the share of baskets that hold it has fallen more than everybody else's, given
// how many baskets there were: Fisher's non-central hypergeometric
// distribution, with the odds by which the panel moved. False discoveries are
// held at a stated share of the findings of a night.
//
// # What a night remembers
//
// Record is the state: a panel, fitted anew on each Sunday, and a Life of each
// customer. It is a function of the purchases and of the record before, so that
// nights that were missed can be followed later, to the same result.
package segment
