// Package interest finds things that a customer used to buy and has dropped.
//
//	counts of baskets -> Find     -> lost interests
//	                  -> Siblings -> what the customer turned to instead
//
// Find tests, for each customer and thing (a category or a product), whether the share of
// baskets with the thing has fallen more than for all others, given the number of
// baskets: Fisher's non-central hypergeometric distribution, with the odds by which the
// thing moved for the others. False discoveries are held at a stated share of the
// findings of a night.
//
//	input.go       what comes in: baskets by window, rules
//	find.go        the test over all pairs, findings, siblings
//	losstest.go    the test of one customer and one thing
//	shift.go       how a thing moved for everybody else
//	tally.go       adding that up over customers, and which pairs are worth a test
//	noncentral.go  the distribution
//	inflation.go   baskets that scatter more than independent ones
//	discovery.go   the share of false discoveries
//	drop.go        the interval of a drop
//	shares.go      whether a group buys a thing more than others
package interest
