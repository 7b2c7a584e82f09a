// Package campaign decides whom to contact tonight: who is in which campaign, in which arm
// of its experiment, through which channel, and why others are not.
//
// In come the customers of a night as plain columns, what campaigns, caps and the holdout
// say, and what was decided and done before ([Memory]). Out come tonight's contacts, the
// arms of the experiments, counts of those who are left out by reason, and the new memory.
// The same input gives the same output; nothing here knows a file, a database or a clock.
//
// What comes in and goes out:
//
//	rules.go      what the job says; validate.go: what has no meaning
//	input.go      what a night is
//	memory.go     what the next night must know; remember.go: what becomes of it on that night;
//	              forget.go: what no night will ask for any more
//	plan.go       what comes out
//
// How a night is decided:
//
//	decide.go     campaign by campaign
//	holdout.go    who is contacted by nobody, for a year or so
//	eligible.go   who may enter a campaign, and the reasons of the others
//	caps.go       how many contacts count, of those that were planned and those that were made
//	choose.go     who enters: the budget, the lot, and the arms
//	assemble.go   contacts, counts and memory in order
//	budgets.go    what other budgets would bring
//
// The numbers behind all draws are those of package experiment. docs/activation-rules.md tells
// the same to those who write job files.
package campaign
