// Package night is what every stage of a run is given, and none may change.
//
// A stage is a package with a function Run. It takes a [Context] and, as plain
// columns, what it needs of earlier stages; it gives a Result: its columns, what the
// next night is to remember of them, and its part of the manifest. The function that
// reads back what was remembered stands beside the one that writes it. No stage
// imports another, so that the order of a run is what the arguments say and nothing
// else:
//
//	Frame  what is known before the customers are: job, day, the night before
//	Context  the Frame, the customers, and the night before laid beside them
//
// Run takes no context.Context: a stage only computes, and cannot be stopped in the
// middle of a fit. Whoever calls it may stop waiting for it.
package night
