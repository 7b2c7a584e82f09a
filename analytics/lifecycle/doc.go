// Package lifecycle is the stage that places every customer in a stage of the
// relationship, and tells who is in decline.
//
// In come the purchase days of the customers, what the night before remembers of their
// stages, and of the lifetime models the probability to be alive and how much each counts.
// Out come, for each customer, the stage, the decline and their reasons, and what the
// next night goes on from; for the shop, the panel that all are judged by (rhythm.json).
// The rules are those of package segment/lifecycle; what it is judged by, the models of
// package clv, stands in the package outlook below.
package lifecycle
