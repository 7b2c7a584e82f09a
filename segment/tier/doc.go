// Package tier decides who has which tier of a loyalty programme.
//
//	activity, metrics, last night's state -> Programme.Advance -> tiers, changes, warnings
//
// A tier is earned by reaching thresholds, held for a term, reviewed at its end, and
// may be limited to a share, a count or a budget. Every day since the last night is
// gone through in order, so that nights that were missed make no difference.
//
// What comes in and goes out:
//
//	programme.go   the rules: tiers, criteria, limits, windows
//	criteria.go    thresholds of metrics
//	input.go       customers, their activity, pins, what the night before left
//	state.go       what the next night needs
//	advance.go     what a night decides, and Programme.Advance with the rules as prose
//	validate.go    what is wrong with a programme or an input
//
// One day of one customer, in this order:
//
//	replay.go      the programme and the customers made ready
//	days.go        which days are gone through, and what happens on each
//	agenda.go      who is due on which day
//	span.go        the days that count for a window, a review, a term
//	metric.go      what a metric comes to over them, and which criteria hold
//	reversal.go    a rise whose purchases came back is taken back
//	claim.go       what the rules give
//	limiter.go     what the limits leave of it
//	ranking.go     who is ahead of whom
//	settle.go      the tier that results, and the change it makes
//	change.go      the change's id and its place among the others
//
// What a night says in the end:
//
//	report.go      the columns of the result
//	warning.go     who is about to fall, and what they lack
//	explain.go     why a customer has the tier, and what keeps it
//	reason.go      why it changed, as it is remembered
package tier
