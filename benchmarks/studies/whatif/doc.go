// Command whatif counts how often what `clientele whatif` says comes true.
//
// It simulates the history of a shop with package simulate, runs a whole night on its last day,
// asks what would be if customers behaved otherwise from then on, and plays the very customers
// on who then really do: from the truth, by no formula of the program. What they bring is
// compared with the interval of the changed equity, and what the change is worth in the mean
// with the interval of the change.
//
//	world.go  the shops and the changes; play.go: customers after the night
//	study.go  one shop; tables.go: what is printed
package main
