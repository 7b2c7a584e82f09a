// Package activation says whom the shop contacts tonight, and what earlier contacts brought.
//
// In come the publication of a night, which need not be finished, the night before, which
// remembers arms and contacts, and what the job says of campaigns. Out come lists by
// channel, who is held out, who is left out and why, what campaigns brought, and what the
// next night must know. Who decides is package campaign, and who measures is package
// experiment; here files become what they ask for.
//
//	run.go         Run: a night
//	customers.go   the customers of a publication as package campaign takes them
//	labels.go      by which effects are told apart
//	remembered.go  what the night before remembers, under tonight's ids
//	drawn.go       campaigns as they were when their customers were drawn
//	history.go     purchases as outcomes
//	reason.go      why a customer is contacted, in words that may be said to them
//	lists.go       the lists
//	counts.go      what run.json says; warnings.go: what readers should know
//	ahead.go       Ahead: campaigns before anything is sent
//	budgets.go     Budgets: what money would bring
//
//	lift*.go, uplift.go, sizeahead.go  what contacts brought and may bring
package activation
