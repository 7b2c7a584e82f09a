package segment

import "gonum.org/v1/gonum/mathext"

// Rhythm is what a panel of customers says about the time between purchases.
//
// A customer who keeps buying has gaps ~ Gamma(K, λ) in days; rates differ
// between customers as λ ~ Gamma(A, rate B). After the first purchase a share
// 1 − ReturnShare never comes back, after each later one a share QuitShare.
type Rhythm struct {
	// K is the regularity of gaps: 1 is the memoryless Poisson buyer, above it
	// more regular, below it buying in bursts.
	K float64
	// A and B are shape and rate (in days) of the gamma distribution of rates.
	// Both are 0 when too few customers came back to tell; then each repeat
	// buyer is judged by the own gaps alone, and one-time buyers not at all.
	A, B float64
	// ReturnShare is the share of first-time buyers who sooner or later buy
	// again, in (0, 1).
	ReturnShare float64
	// QuitShare is the share of repeat purchases that were the last for good,
	// in (0, 1).
	QuitShare float64
	// Customers, Repeaters (two purchase days or more) and Pairs (three or
	// more) say how much evidence there was.
	Customers, Repeaters, Pairs int
}

// POverdue is the probability that a customer who still buys would be silent
// for longer than silence days, given x repeat purchases that took active
// days in all:
//
//	p = I_u(A + K·x, K),  u = (B + active) / (B + active + silence)
//
// with I the regularised incomplete beta function. It is the tail of the next
// gap when the posterior rate is Gamma(A + K·x, B + active). With K = 1 and
// A = B = 0 it is (active/(active+silence))^x, which is exact for a Poisson
// buyer of any rate. p is 1 at silence 0 and falls with silence.
//
// For x = 0 it is the share of returning first-time buyers who take longer
// than silence to return. It is 1, no evidence, when A = 0.
//
// Source: conjugate gamma updating; Cox and Lewis (1966), The Statistical
// Analysis of Series of Events, chapter 3, for the case K = 1, A = B = 0.
func (r Rhythm) POverdue(x int, active, silence float64) float64 {
	shape := r.A + r.K*float64(x)
	if silence <= 0 || shape <= 0 || r.K <= 0 { // the zero Rhythm knows nothing
		return 1
	}
	past := r.B + active
	return mathext.RegIncBeta(shape, r.K, past/(past+silence))
}

// PReturn is the probability that a one-time buyer who has been silent for
// silence days so far buys again within the next days:
//
//	π·(p(c) − p(c+d)) / (π·p(c) + 1 − π),  π = ReturnShare, p = POverdue at x = 0
//
// The horizon matters. Where rates are widely spread, the ever-patient model
// gives most one-time buyers a return after decades. It is 0 when A = 0, where
// nothing is known.
//
// Source: Berkson and Gage (1952), cure mixture; Bayes' theorem.
func (r Rhythm) PReturn(silence, days float64) float64 {
	p := r.POverdue(0, 0, silence)
	later := r.POverdue(0, 0, silence+days)
	return r.ReturnShare * max(0, p-later) / (r.ReturnShare*p + 1 - r.ReturnShare)
}
