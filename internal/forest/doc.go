// Package forest decides who stands above whom, where much may be said and some of it
// cannot be true.
//
// In come words that a node stands below another, each with a day. Out comes a forest: a
// node has one above it or none, and no way up goes round. Who brought whom (referrals) and
// which account belongs to which (accounts) are both decided here.
//
//	forest.go  of all that is said, what counts
//	walk.go    depths, tops, and an order from the tops down
package forest
