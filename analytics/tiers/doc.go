// Package tiers is the stage of the loyalty programme: who has which tier, and why.
//
// In come what customers did by day, tiers given by hand, the numbers of earlier stages by
// which tiers may be earned, and what the night before remembers of its members. Out come,
// for each customer, tier, term, status and reason, and what the next night goes on from;
// for the shop, who rose, fell, came and went (tiers_delta.csv) and who is about to fall
// (tiers_warnings.csv). The rules are those of package segment/tier.
//
//	ask.go          what is needed of each customer, and from when
//	recall.go       what the night before remembers, beside columns.go, which gives it
//	reversible.go   the same of changes that returns may take back
//	rehearsal.go    what changed rules would do, before they do it
package tiers
