// Command models times the lifetime models beside the packages that others use
// for them.
//
// In comes a number of customers; out go, on standard output, the medians of
// what it takes to fit each model to a table of that size, to score the table,
// and to score customers who stream by:
//
//	simulated purchases -> table (x, t_x, t, m)  -> fit    -> parameters
//	                                             -> score  -> P(alive), ..., value
//	customers made up on the way, in shards      -> stream -> the sum of their value
//
// Every measurement is a process of its own, this program calling itself or a
// peer (peers/), so that peak memory is that of one case. Programs read one
// table and take turns. They count the processor time from the table in memory
// to the result, so that nobody pays for an interpreter or a parser.
//
// What they find is compared. Parameters are judged by one log-likelihood, that
// of package clv, so that nobody wins by stopping early; P(alive), purchases
// and spend ahead are compared customer by customer at the same parameters.
package main
