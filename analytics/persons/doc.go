// Package persons decides which ids of the exports are one person.
//
// In come the ids that the exports know, with the first day of each, and the keys that
// were seen beside them (an e-mail address, a telephone number). Out comes who is who:
// for each id the customer that it is published under.
//
//	ids -> normal forms -> map -> keys -> customers
//
// The engine reduces the ledger to distinct ids and pairs of id and key; what is one
// person is decided here, by union-find, in an order that depends on nothing but the
// data. The package knows no file, no database and no clock.
//
//	normal.go     the rules by which an id is written in one way
//	key.go        how a key is written in one way
//	joiner.go     what comes in
//	decide.go     who is one person; union.go is the sets
//	conflict.go   what the map keeps apart and a key would join
//	found.go      what comes out
//	lookalike.go  ids that differ only in how they are written
package persons
