// Package campaign decides whom to contact tonight: who is in which campaign, in which arm
// of its experiment, through which channel, and why others are not.
//
// In come the customers of a night as plain columns, what campaigns, caps and the holdout
// say, and what was decided and done before ([Memory]). Out come tonight's contacts, the
// arms of the experiments, counts of those who are left out by reason, and the new memory.
// The same input gives the same output; nothing here knows a file, a database or a clock.
//
//	rules.go    what the job says
//	input.go    what a night is
//	memory.go   what the next night must know
//	plan.go     what comes out
package campaign
